"""积分记录 and 培训记录: what binds customers to the factory."""

from datetime import date

from ...schema.column import column
from ...schema.rule import rule
from ...schema.types import Count, Day, Grade, Integer, RecordId, Text
from .common import BY_CONTENT, CUSTOMER_ALIASES, NAME_ALIASES, PICK_CUSTOMER, CustomerSheet


class Loyalty(
    CustomerSheet, table="loyalty", title="积分记录", purpose="一行一笔积分。加分写正数，兑换写负数。", edition="full"
):
    """One row for each gain or use of points."""

    may_be_absent = True
    happened_on = ("given_on",)

    aliases = ("积分", "积分明细")

    entry_id: RecordId | None = column(
        "积分编号", BY_CONTENT, key=True, example="PTS001", key_from=("customer_id", "given_on", "points", "reason")
    )
    customer_id: RecordId = column(
        "客户编号", PICK_CUSTOMER, references="customers", example="CUS001", aliases=CUSTOMER_ALIASES
    )
    customer_name: Text | None = column("客户名称", lookup="customer_id", aliases=NAME_ALIASES)
    given_on: Day = column("积分日期", example=date(2023, 5, 10), aliases=("日期",))
    points: Integer = column("积分", "加分为正，兑换为负", example=500, aliases=("分数",))
    reason: Text = column("事由", example="转介绍新客户", aliases=("原因", "说明"))

    rules = (rule("R591", "points != 0", remedy="加分写正数，兑换写负数，不写 0"),)


class Training(
    CustomerSheet,
    table="trainings",
    title="培训记录",
    purpose="一行一次培训。培训客户填客户编号，培训自己人填参训团队。",
    edition="full",
):
    """One row for each training of a customer or of a team of ours."""

    may_be_absent = True
    happened_on = ("held_on",)

    aliases = ("培训",)

    training_id: RecordId | None = column(
        "培训编号", BY_CONTENT, key=True, example="TRN001", key_from=("customer_id", "team", "topic", "held_on")
    )
    customer_id: RecordId | None = column(
        "客户编号", "培训客户时填", references="customers", example="CUS001", aliases=CUSTOMER_ALIASES
    )
    customer_name: Text | None = column("客户名称", lookup="customer_id", aliases=NAME_ALIASES)
    team: Text | None = column("参训团队", "培训自己人时填", example="客服组", aliases=("团队",))
    topic: Text = column("培训主题", example="新产品操作", aliases=("主题",))
    held_on: Day = column("培训日期", example=date(2023, 5, 20), aliases=("日期",))
    people: Count | None = column("参训人数", example=12, aliases=("人数",))
    before: Grade | None = column("培训前得分", "0–100", example=62, aliases=("培训前",))
    after: Grade | None = column("培训后得分", "0–100", example=85, aliases=("培训后",))

    rules = (rule("R601", "customer_id or team", at="customer_id", remedy="客户编号、参训团队至少填一项"),)
