"""沟通记录, 任务提醒, 销售机会 and 销售目标: what sales people do, and what should come of it."""

from datetime import date

from ...schema.column import column
from ...schema.rule import rule
from ...schema.types import Choice, Day, LongText, Moment, Month, RecordId, Text, Yuan
from .common import BY_CONTENT, CUSTOMER_ALIASES, NAME_ALIASES, PICK_CUSTOMER, CustomerSheet


class ContactLog(
    CustomerSheet,
    table="contact_logs",
    title="沟通记录",
    purpose="一行一次与客户的沟通：拜访、电话、展会、活动等。",
    edition="full",
):
    """One row for each time somebody talked with a customer."""

    may_be_absent = True
    happened_on = ("held_at",)

    aliases = ("拜访记录", "跟进记录")

    log_id: RecordId | None = column(
        "沟通编号", BY_CONTENT, key=True, example="LOG001", key_from=("customer_id", "held_at", "way", "summary")
    )
    customer_id: RecordId = column(
        "客户编号", PICK_CUSTOMER, references="customers", example="CUS001", aliases=CUSTOMER_ALIASES
    )
    customer_name: Text | None = column("客户名称", lookup="customer_id", aliases=NAME_ALIASES)
    held_at: Moment = column(
        "沟通日期", "日期，可带时间", event_date=True, example=date(2023, 3, 15), aliases=("沟通时间", "日期")
    )
    way: Choice = column("沟通方式", "可选可填", choices="channel", example="拜访", aliases=("方式",))
    owner: Text = column("沟通人", "本厂的人", example="李四", aliases=("跟进人", "拜访人"))
    contact: Text | None = column("客户联系人", example="张三")
    summary: LongText = column("沟通内容", example="介绍新产品，客户有意试用", aliases=("内容", "摘要"))
    activity: Text | None = column("活动名称", "属于哪次活动", example="春季展会")
    next_on: Day | None = column("下次跟进日期", example=date(2023, 4, 15), aliases=("下次跟进", "下次联系"))

    rules = (rule("R511", "next_on >= held_at"),)


class Task(
    CustomerSheet, table="tasks", title="任务提醒", purpose="一行一件要做的事。做完填完成日期。", edition="full"
):
    """One row for each thing to do for a customer."""

    may_be_absent = True
    open_while = "not done_on"

    aliases = ("任务", "待办事项")

    task_id: RecordId | None = column(
        "任务编号", BY_CONTENT, key=True, example="TSK001", key_from=("customer_id", "due_on", "owner", "what")
    )
    customer_id: RecordId = column(
        "客户编号", PICK_CUSTOMER, references="customers", example="CUS001", aliases=CUSTOMER_ALIASES
    )
    customer_name: Text | None = column("客户名称", lookup="customer_id", aliases=NAME_ALIASES)
    due_on: Day = column("截止日期", example=date(2023, 4, 30), aliases=("到期日期",))
    owner: Text = column("负责人", example="李四")
    what: LongText = column("任务内容", example="寄送样品", aliases=("内容", "事项"))
    done_on: Day | None = column("完成日期", "做完才填", example=date(2023, 4, 28), ends=True)


class Opportunity(
    CustomerSheet,
    table="opportunities",
    title="销售机会",
    purpose="一行一个销售机会。有了结果就填结果和结束日期。",
    edition="full",
):
    """One row for each chance of a sale."""

    may_be_absent = True
    open_while = "not result and not ended_on"

    aliases = ("商机", "商机记录")

    opportunity_id: RecordId = column("机会编号", "每个机会唯一", key=True, example="OPP001", aliases=("商机编号",))
    customer_id: RecordId = column(
        "客户编号", PICK_CUSTOMER, references="customers", example="CUS001", aliases=CUSTOMER_ALIASES
    )
    customer_name: Text | None = column("客户名称", lookup="customer_id", aliases=NAME_ALIASES)
    what: Text | None = column("机会名称", example="新生产线配套", aliases=("商机名称",))
    owner: Text | None = column("负责人", example="李四")
    stage: Choice = column("阶段", "走到过的最后一步；输单也不改", choices="stage", example="方案制定")
    amount: Yuan | None = column(
        "预计金额(元)", recommended_for="销售漏斗", example=200000, aliases=("预计金额", "金额")
    )
    expected_on: Day | None = column("预计成交日期", example=date(2023, 6, 30))
    result: Choice | None = column("结果", "有了结果才填", choices="sale_result", example="赢单")
    ended_on: Day | None = column("结束日期", "有了结果才填", example=date(2023, 6, 20), ends=True)
    lost_for: Choice | None = column("输单原因", "可选可填", choices="lost_for", example="价格")

    rules = (
        rule("R561", "not result or ended_on", at="ended_on", remedy="有了结果，请填结束日期"),
        rule("R562", "not ended_on or result", at="result", remedy="填了结束日期，请选赢单或输单"),
        rule("R563", "result != '输单' or lost_for", at="lost_for", severity="warning", remedy="请填为什么输单"),
    )


class Target(
    CustomerSheet, table="sales_targets", title="销售目标", purpose="一行一个人一个月的销售目标。", edition="full"
):
    """One row for each person and month."""

    may_be_absent = True

    owner: Text = column("负责人", "与订单的业务员同名", key=True, example="李四", aliases=("业务员",))
    month: Month = column("月份", "如 2023-04", key=True, example=date(2023, 4, 1))
    amount: Yuan = column("目标金额(元)", example=500000, aliases=("目标金额", "目标"))

    rules = (rule("R571", "day(month) == 1", remedy="月份只写年和月，如 2023-04"),)
