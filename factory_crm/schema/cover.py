"""The cover that every workbook has unless its schema brings another: who filled it in, for which period."""

from typing import ClassVar

from .column import column
from .model import Sheet
from .types import Text


class Cover(Sheet, table="cover", title="填写说明"):
    """What the workbook says of itself: label and value, side by side. Below stands how it is filled in."""

    steps_title: ClassVar[str] = "两步完成"
    steps: ClassVar[tuple[tuple[str, str], ...]] = (
        ("① 逐表填写", "一行填一条；编号自己定，同一张表里不重复。"),
        ("② 看检查列", "每行最左边显示 √ 就是没有问题；显示 × 时看最右边的说明，改到变 √。"),
    )
    """What to do, in order, and how; ``{entity}`` stands for the title of the entity sheet, ``{rows}`` for prepared rows."""
    questions: ClassVar[tuple[tuple[str, str], ...]] = (
        ("从别处粘贴", "用右键“选择性粘贴 → 数值”；直接粘贴会丢失下拉和颜色，检查仍有效。"),
        ("日期", "写 2023-01-31；按 Ctrl+; 填入今天。不要写 2023.1.31 或“1月31日”。"),
        ("行不够用", "每张表预留了 {rows} 行；超出时请再用一份模板。"),
    )
    """What people ask, and the answers, likewise."""

    office: Text | None = column(
        "填报单位", "本表由哪个单位填报", recommended_for="按单位汇总", example="一分厂", aliases=("填表单位", "单位")
    )
    filled_by: Text | None = column("填表人", "谁填的", example="李四")
    period: Text | None = column("报送期间", "哪个月或哪一段时间", example="2023-04", aliases=("期间", "报送月份"))
