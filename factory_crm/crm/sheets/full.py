"""The full edition: the four core sheets with further columns. Its further sheets stand in ``full_sheets``."""

from datetime import date
from typing import ClassVar

from ...schema.model import Rule, column, rule
from ...schema.types import (
    Account,
    Birthday,
    Choice,
    CreditCode,
    Day,
    LongText,
    MultipleChoice,
    Percent,
    Phone,
    Rate,
    Text,
    UnitPrice,
    YesNo,
    Yuan,
)
from .core import Customer, Feedback, Order, Service

_CHANNEL = "可选可填"


class FullCustomer(Customer, table=Customer.table, title=Customer.title, purpose=Customer.purpose):
    """A customer with further ways to be reached, where it trades and what it allows us to do with its data."""

    aliases = Customer.aliases
    display_column = Customer.display_column

    phone2: Phone | None = column("备用电话", "另一个号码", example="13900000000", aliases=("其他电话", "电话2"))
    wechat: Text | None = column("微信", example="wx_zhangsan", aliases=("微信号",))
    qq: Account | None = column("QQ", example="123456789", aliases=("QQ号",))
    source: Choice | None = column(
        "来源渠道", "可选可填", choices="source", example="展会", aliases=("客户来源", "来源")
    )
    credit_code: CreditCode | None = column(
        "统一社会信用代码",
        "营业执照上的 18 位代码",
        example="91350100M000100Y43",
        aliases=("信用代码", "社会信用代码", "税号", "纳税人识别号"),
    )
    country: Choice | None = column("国家", "可选可填", choices="country", example="中国", aliases=("国家/地区",))
    currency: Choice | None = column("币种", "通常用什么货币结算", choices="currency", example="CNY")
    language: Choice | None = column("语言", "可选可填", choices="language", example="中文")
    time_zone: Choice | None = column("时区", choices="time_zone", example="UTC+08:00")
    birthday: Birthday | None = column("联系人生日", "征得同意后再填", example=date(1985, 6, 1), aliases=("生日",))
    anniversary: Day | None = column("合作纪念日", "首次合作的日子", example=date(2023, 1, 20))
    consent: YesNo | None = column("隐私授权", "客户是否同意我们使用其资料", choices="yes_no", example="是")
    purposes: MultipleChoice | None = column(
        "授权用途", "可填几项，用顿号隔开", choices="purpose", example="履行订单、售后服务"
    )
    consented_on: Day | None = column("授权日期", example=date(2023, 1, 1))

    rules: ClassVar[tuple[Rule, ...]] = (
        rule("R001", "phone or email or wechat", at="phone", remedy="联系电话、电子邮箱、微信至少填一项"),
        rule(
            "R011",
            "consent != '是' or consented_on",
            at="consented_on",
            severity="warning",
            remedy="填上客户同意的日期",
        ),
        rule(
            "R012",
            "not purposes or consent == '是'",
            at="purposes",
            remedy="客户同意后才填授权用途；同意了请把隐私授权改为“是”",
        ),
    )


class FullOrder(Order, table=Order.table, title=Order.title, purpose=Order.purpose):
    """An order line with its currency and tax, who is in charge, what has changed and what has been paid."""

    aliases = Order.aliases
    consistent_within: ClassVar = Order.consistent_within

    unit: Choice | None = column("单位", "可选可填", choices="unit", example="件", aliases=("计量单位",))
    tax_rate: Percent | None = column("税率", example="13%", aliases=("增值税率",))
    currency: Choice | None = column("币种", "外币订单才填", choices="currency", example="USD")
    foreign_price: UnitPrice | None = column("原币单价", "外币订单的单价", example=7, aliases=("外币单价",))
    exchange_rate: Rate | None = column("汇率", "1 外币合多少元", example="7.1234")
    salesperson: Text | None = column("业务员", "谈成此单的人", example="李四", aliases=("销售员", "销售"))
    responsible: Text | None = column("责任人", "负责交付此单的人", example="王五")
    changed_due_on: Day | None = column("变更后交期", "交期改过才填", example=date(2023, 2, 20), aliases=("新交期",))
    changed_by: Choice | None = column("变更原因", "谁要求改的", choices="changed_by", example="客户")
    paid: Yuan | None = column("已收金额(元)", "累计已收", example=20000, aliases=("已收金额", "已付款", "已收款"))
    payment_due_on: Day | None = column("付款到期日", example=date(2023, 3, 10), aliases=("应收日期", "到期日"))
    tracking: Text | None = column("物流单号", example="SF1234567890", aliases=("快递单号", "运单号"))

    rules: ClassVar[tuple[Rule, ...]] = (
        *Order.rules,
        rule("R111", "not changed_due_on or changed_by", at="changed_by", remedy="交期改过时，请选是谁要求改的"),
        rule("R112", "changed_due_on >= ordered_on"),
        rule("R113", "paid <= amount", severity="warning", remedy="核对已收金额；多收的请记在备注"),
        rule("R114", "payment_due_on >= ordered_on", severity="warning"),
        rule(
            "R115",
            "abs(unit_price - foreign_price * exchange_rate) <= 0.01",
            severity="warning",
            remedy="单价(元) 应等于原币单价 × 汇率，核对这三格",
        ),
        rule(
            "R116",
            "not foreign_price or exchange_rate",
            at="exchange_rate",
            severity="warning",
            remedy="填了原币单价，请也填汇率",
        ),
    )


class FullService(Service, table=Service.table, title=Service.title, purpose=Service.purpose):
    """A contact with its urgency, and what came after it was closed."""

    aliases = Service.aliases

    channel: Choice | None = column("服务渠道", _CHANNEL, choices="channel", example="电话")
    priority: Choice | None = column("优先级", choices="priority", example="中", aliases=("紧急程度",))
    told_on: Day | None = column("告知日期", "把结果告诉客户的日子", example=date(2023, 3, 2))
    reopened_on: Day | None = column("重开日期", "办结后又来找才填", example=date(2023, 3, 8))
    repair: LongText | None = column("维修进度/配件", example="已更换电源板", aliases=("维修进度", "配件"))

    rules: ClassVar[tuple[Rule, ...]] = (
        *Service.rules,
        rule("R211", "told_on >= received_at"),
        rule("R212", "reopened_on >= closed_at"),
        rule(
            "R213",
            "not reopened_on or closed_at",
            at="closed_at",
            severity="warning",
            remedy="先填处理日期，再填重开日期",
        ),
    )


class FullFeedback(Feedback, table=Feedback.table, title=Feedback.title, purpose=Feedback.purpose):
    """A feedback with what was done about it: 回应, 分析, 改进, 评估."""

    aliases = Feedback.aliases

    product: Text | None = column("产品型号", "有关的产品", example="X100", aliases=("型号", "产品", "产品名称"))
    channel: Choice | None = column("反馈渠道", _CHANNEL, choices="channel", example="微信")
    replied_on: Day | None = column("首次回应日期", example=date(2023, 4, 2), aliases=("回应日期",))
    cause: LongText | None = column("原因分析", example="生产排期不当", aliases=("原因",))
    measures: LongText | None = column("改进措施", example="调整排期", aliases=("措施",))
    responsible: Text | None = column("责任人", example="王五")
    done_on: Day | None = column("完成日期", "改进做完才填", example=date(2023, 4, 20))
    effect: LongText | None = column("效果评估", example="交期缩短 3 天", aliases=("效果",))

    rules: ClassVar[tuple[Rule, ...]] = (
        rule("R411", "replied_on >= given_on"),
        rule("R412", "done_on >= given_on"),
        rule("R413", "not done_on or measures", at="measures", severity="warning", remedy="写下做了哪些改进"),
    )
