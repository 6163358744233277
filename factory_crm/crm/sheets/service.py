"""服务记录: questions, complaints and after-sales work."""

from datetime import date
from typing import ClassVar

from ...schema.column import column
from ...schema.rule import Rule, rule
from ...schema.types import Choice, Day, LongText, Moment, RecordId, Text, YesNo
from .common import CUSTOMER_ALIASES, NAME_ALIASES, PICK_CUSTOMER, CustomerSheet


class Service(
    CustomerSheet,
    table="services",
    title="服务记录",
    purpose="一行一次咨询、投诉或售后服务。处理完填处理日期，即表示已办结。",
):
    """One row for each contact: a question, a complaint or after-sales work."""

    edition_docs: ClassVar = {"full": "A contact with its urgency, and what came after it was closed."}
    happened_on = ("received_at", "responded_at", "closed_at")
    open_while = "not closed_at"
    detail_title = "服务"

    aliases = ("服务", "客户服务", "服务表", "售后记录")

    service_id: RecordId | None = column(
        "服务编号",
        "可不填，由系统按内容编号",
        key=True,
        example="SRV001",
        aliases=("服务单号",),
        key_from=("customer_id", "event", "description", "received_at"),
    )
    customer_id: RecordId = column(
        "客户编号", PICK_CUSTOMER, references="customers", example="CUS001", aliases=CUSTOMER_ALIASES
    )
    customer_name: Text | None = column("客户名称", lookup="customer_id", aliases=NAME_ALIASES)
    order_id: RecordId | None = column(
        "订单编号", "与订单有关时填", references="orders", example="ORD001", aliases=("订单号", "订单ID")
    )
    event: Choice = column("事件类型", choices="event", example="咨询", aliases=("类型", "服务类型"))
    description: LongText = column(
        "描述", "客户说了什么", example="询问产品详细规格", aliases=("事件描述", "内容", "问题描述")
    )
    issue: Choice | None = column("问题类别", choices="issue", example="产品质量")
    product: Text | None = column("产品型号", "有关的产品", example="X100", aliases=("型号", "产品", "产品名称"))
    received_at: Moment | None = column(
        "受理时间",
        "日期，可带时间",
        event_date=True,
        recommended_for="首次响应、解决时间",
        example=date(2023, 3, 1),
        aliases=("受理日期", "登记时间", "来电时间"),
    )
    responded_at: Moment | None = column(
        "首次响应时间",
        "第一次答复客户的时间",
        event_date=True,
        example=date(2023, 3, 1),
        aliases=("响应时间", "首次响应"),
        ends=True,
    )
    handler: Text = column("处理人员", example="李四", aliases=("处理人", "经办人"))
    outcome: Choice | None = column("处理结果", "可选可填", choices="outcome", example="已答复", aliases=("结果",))
    closed_at: Moment | None = column(
        "处理日期",
        "处理完才填",
        event_date=True,
        example=date(2023, 3, 1),
        aliases=("处理时间", "办结日期", "完成日期"),
        ends=True,
    )
    first_contact: YesNo | None = column(
        "一次解决", "一次就解决填“是”", choices="yes_no", example="是", aliases=("一次解决(是/否)",)
    )
    channel: Choice | None = column("服务渠道", "可选可填", choices="channel", example="电话", edition="full")
    priority: Choice | None = column("优先级", choices="priority", example="中", aliases=("紧急程度",), edition="full")
    told_on: Day | None = column(
        "告知日期", "把结果告诉客户的日子", example=date(2023, 3, 2), edition="full", ends=True
    )
    reopened_on: Day | None = column(
        "重开日期", "办结后又来找才填", example=date(2023, 3, 8), edition="full", ends=True
    )
    repair: LongText | None = column(
        "维修进度/配件", example="已更换电源板", aliases=("维修进度", "配件"), edition="full"
    )

    rules: ClassVar[tuple[Rule, ...]] = (
        rule("R201", "responded_at >= received_at"),
        rule("R202", "closed_at >= received_at"),
        rule("R203", "not closed_at or outcome", at="outcome", remedy="填上处理结果；还没处理完就清空处理日期"),
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
