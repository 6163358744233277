"""The sheets that only the full edition has, and all of its sheets. A workbook may lack those that are no core sheets."""

from datetime import date

from ...schema.model import Sheet, column, rule
from ...schema.types import (
    Birthday,
    Choice,
    Count,
    Day,
    Email,
    Grade,
    Integer,
    LongText,
    Moment,
    Month,
    Phone,
    Recommendation,
    RecordId,
    Score,
    Text,
    Yuan,
)
from .full import FullCustomer, FullFeedback, FullOrder, FullService
from .full_orders import OrderStep, Return, Shipment

_CUSTOMER = "从下拉选择；须先登记在「客户信息」"
_BY_CONTENT = "可不填，由系统按内容编号"
_NAME_ALIASES = ("客户", "公司名称", "企业名称", "单位名称")
_CUSTOMER_ALIASES = ("客户号", "客户代码", "客户ID")


class Extra(Sheet):
    """Base of the sheets that a workbook may lack."""

    may_be_absent = True


class Contact(
    Extra, table="contacts", title="联系人", purpose="一行一位联系人。主要联系人填在「客户信息」，其他的填在这里。"
):
    """One row for each further person at a customer."""

    aliases = ("联系人名单", "联系人信息")

    contact_id: RecordId | None = column(
        "联系人编号", _BY_CONTENT, key=True, example="CT001", key_from=("customer_id", "name", "phone")
    )
    customer_id: RecordId = column(
        "客户编号", _CUSTOMER, references="customers", example="CUS001", aliases=_CUSTOMER_ALIASES
    )
    customer_name: Text | None = column("客户名称", lookup="customer_id", aliases=_NAME_ALIASES)
    name: Text = column("姓名", example="赵六")
    department: Text | None = column("部门", example="采购部")
    position: Text | None = column("职务", example="采购经理", aliases=("职位",))
    role: Choice | None = column("决策角色", "可选可填", choices="decision_role", example="采购")
    phone: Phone | None = column("联系电话", example="13700000000", aliases=("电话", "手机"))
    email: Email | None = column("电子邮箱", example="zhaoliu@abc.com", aliases=("邮箱",))
    wechat: Text | None = column("微信", example="wx_zhaoliu", aliases=("微信号",))
    birthday: Birthday | None = column("联系人生日", "征得同意后再填", example=date(1985, 6, 1), aliases=("生日",))
    note: LongText | None = column("备注")

    rules = (
        rule(
            "R501",
            "phone or email or wechat",
            at="phone",
            severity="warning",
            remedy="联系电话、电子邮箱、微信至少填一项",
        ),
    )


class ContactLog(
    Extra, table="contact_logs", title="沟通记录", purpose="一行一次与客户的沟通：拜访、电话、展会、活动等。"
):
    """One row for each time somebody talked with a customer."""

    aliases = ("拜访记录", "跟进记录")

    log_id: RecordId | None = column(
        "沟通编号", _BY_CONTENT, key=True, example="LOG001", key_from=("customer_id", "held_at", "way", "summary")
    )
    customer_id: RecordId = column(
        "客户编号", _CUSTOMER, references="customers", example="CUS001", aliases=_CUSTOMER_ALIASES
    )
    customer_name: Text | None = column("客户名称", lookup="customer_id", aliases=_NAME_ALIASES)
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


class Task(Extra, table="tasks", title="任务提醒", purpose="一行一件要做的事。做完填完成日期。"):
    """One row for each thing to do for a customer."""

    aliases = ("任务", "待办事项")

    task_id: RecordId | None = column(
        "任务编号", _BY_CONTENT, key=True, example="TSK001", key_from=("customer_id", "due_on", "owner", "what")
    )
    customer_id: RecordId = column(
        "客户编号", _CUSTOMER, references="customers", example="CUS001", aliases=_CUSTOMER_ALIASES
    )
    customer_name: Text | None = column("客户名称", lookup="customer_id", aliases=_NAME_ALIASES)
    due_on: Day = column("截止日期", example=date(2023, 4, 30), aliases=("到期日期",))
    owner: Text = column("负责人", example="李四")
    what: LongText = column("任务内容", example="寄送样品", aliases=("内容", "事项"))
    done_on: Day | None = column("完成日期", "做完才填", example=date(2023, 4, 28))


class Opportunity(
    Extra, table="opportunities", title="销售机会", purpose="一行一个销售机会。有了结果就填结果和结束日期。"
):
    """One row for each chance of a sale."""

    aliases = ("商机", "商机记录")

    opportunity_id: RecordId = column("机会编号", "每个机会唯一", key=True, example="OPP001", aliases=("商机编号",))
    customer_id: RecordId = column(
        "客户编号", _CUSTOMER, references="customers", example="CUS001", aliases=_CUSTOMER_ALIASES
    )
    customer_name: Text | None = column("客户名称", lookup="customer_id", aliases=_NAME_ALIASES)
    what: Text | None = column("机会名称", example="新生产线配套", aliases=("商机名称",))
    owner: Text | None = column("负责人", example="李四")
    stage: Choice = column("阶段", "走到过的最后一步；输单也不改", choices="stage", example="方案制定")
    amount: Yuan | None = column(
        "预计金额(元)", recommended_for="销售漏斗", example=200000, aliases=("预计金额", "金额")
    )
    expected_on: Day | None = column("预计成交日期", example=date(2023, 6, 30))
    result: Choice | None = column("结果", "有了结果才填", choices="sale_result", example="赢单")
    ended_on: Day | None = column("结束日期", "有了结果才填", example=date(2023, 6, 20))
    lost_for: Choice | None = column("输单原因", "可选可填", choices="lost_for", example="价格")

    rules = (
        rule("R561", "not result or ended_on", at="ended_on", remedy="有了结果，请填结束日期"),
        rule("R562", "not ended_on or result", at="result", remedy="填了结束日期，请选赢单或输单"),
        rule("R563", "result != '输单' or lost_for", at="lost_for", severity="warning", remedy="请填为什么输单"),
    )


class Target(Extra, table="sales_targets", title="销售目标", purpose="一行一个人一个月的销售目标。"):
    """One row for each person and month."""

    owner: Text = column("负责人", "与订单的业务员同名", key=True, example="李四", aliases=("业务员",))
    month: Month = column("月份", "如 2023-04", key=True, example=date(2023, 4, 1))
    amount: Yuan = column("目标金额(元)", example=500000, aliases=("目标金额", "目标"))

    rules = (rule("R571", "day(month) == 1", remedy="月份只写年和月，如 2023-04"),)


class Survey(
    Extra, table="surveys", title="满意度调查", purpose="一行一份调查。各项 1–5 分，5 为最满意；推荐意愿 0–10。"
):
    """One row for each answered survey."""

    aliases = ("满意度调查表", "调查")

    survey_id: RecordId | None = column(
        "调查编号",
        _BY_CONTENT,
        key=True,
        example="SUR001",
        key_from=("customer_id", "answered_on", "contact", "overall"),
    )
    customer_id: RecordId = column(
        "客户编号", _CUSTOMER, references="customers", example="CUS001", aliases=_CUSTOMER_ALIASES
    )
    customer_name: Text | None = column("客户名称", lookup="customer_id", aliases=_NAME_ALIASES)
    answered_on: Day = column("调查日期", example=date(2023, 5, 1))
    contact: Text | None = column("受访人", example="张三")
    quality: Score | None = column("产品质量", "1–5 的整数", example=4)
    response: Score | None = column("响应速度", "1–5 的整数", example=3)
    service: Score | None = column("售后服务", "1–5 的整数", example=5)
    overall: Score | None = column("总体满意度", "1–5 的整数", recommended_for="满意度", example=4, aliases=("总体",))
    recommendation: Recommendation | None = column("推荐意愿", "0–10 的整数", recommended_for="净推荐值", example=9)
    comment: LongText | None = column("意见", example="希望加快发货", aliases=("建议",))


class Loyalty(Extra, table="loyalty", title="积分记录", purpose="一行一笔积分。加分写正数，兑换写负数。"):
    """One row for each gain or use of points."""

    aliases = ("积分", "积分明细")

    entry_id: RecordId | None = column(
        "积分编号", _BY_CONTENT, key=True, example="PTS001", key_from=("customer_id", "given_on", "points", "reason")
    )
    customer_id: RecordId = column(
        "客户编号", _CUSTOMER, references="customers", example="CUS001", aliases=_CUSTOMER_ALIASES
    )
    customer_name: Text | None = column("客户名称", lookup="customer_id", aliases=_NAME_ALIASES)
    given_on: Day = column("积分日期", example=date(2023, 5, 10), aliases=("日期",))
    points: Integer = column("积分", "加分为正，兑换为负", example=500, aliases=("分数",))
    reason: Text = column("事由", example="转介绍新客户", aliases=("原因", "说明"))

    rules = (rule("R591", "points != 0", remedy="加分写正数，兑换写负数，不写 0"),)


class Training(
    Extra, table="trainings", title="培训记录", purpose="一行一次培训。培训客户填客户编号，培训自己人填参训团队。"
):
    """One row for each training of a customer or of a team of ours."""

    aliases = ("培训",)

    training_id: RecordId | None = column(
        "培训编号", _BY_CONTENT, key=True, example="TRN001", key_from=("customer_id", "team", "topic", "held_on")
    )
    customer_id: RecordId | None = column(
        "客户编号", "培训客户时填", references="customers", example="CUS001", aliases=_CUSTOMER_ALIASES
    )
    customer_name: Text | None = column("客户名称", lookup="customer_id", aliases=_NAME_ALIASES)
    team: Text | None = column("参训团队", "培训自己人时填", example="客服组", aliases=("团队",))
    topic: Text = column("培训主题", example="新产品操作", aliases=("主题",))
    held_on: Day = column("培训日期", example=date(2023, 5, 20), aliases=("日期",))
    people: Count | None = column("参训人数", example=12, aliases=("人数",))
    before: Grade | None = column("培训前得分", "0–100", example=62, aliases=("培训前",))
    after: Grade | None = column("培训后得分", "0–100", example=85, aliases=("培训后",))

    rules = (rule("R601", "customer_id or team", at="customer_id", remedy="客户编号、参训团队至少填一项"),)


SHEETS: tuple[type[Sheet], ...] = (
    *(FullCustomer, FullOrder, FullService, FullFeedback),
    *(Contact, ContactLog, Task, OrderStep, Shipment, Return, Opportunity, Target, Survey, Loyalty, Training),
)
"""Every sheet of the full edition."""
