"""The cover that every workbook has unless its schema brings another: who filled it in, for which period."""

from .model import Sheet, column
from .types import Text


class Cover(Sheet, table="cover", title="填写说明"):
    """What the workbook says of itself: label and value, side by side."""

    office: Text | None = column(
        "填报单位", "本表由哪个单位填报", recommended_for="按单位汇总", example="一分厂", aliases=("填表单位", "单位")
    )
    filled_by: Text | None = column("填表人", "谁填的", example="李四")
    period: Text | None = column("报送期间", "哪个月或哪一段时间", example="2023-04", aliases=("期间", "报送月份"))
