"""The sheets of the factory customer workbook. This file is their only declaration."""

from datetime import date
from typing import ClassVar

from ...schema.model import Rule, Sheet, column, rule
from ...schema.types import (
    Choice,
    Count,
    Day,
    Email,
    LongText,
    Moment,
    Money,
    MultipleChoice,
    Phone,
    Quantity,
    RecordId,
    Score,
    Text,
    UnitPrice,
    YesNo,
)
from ..lists.core import DONE

_CUSTOMER = "从下拉选择；须先登记在「客户信息」"
_NAME_ALIASES = ("客户", "公司名称", "企业名称", "单位名称")
_CUSTOMER_ALIASES = ("客户号", "客户代码", "客户ID")


class Customer(
    Sheet, table="customers", title="客户信息", purpose="一行一个客户。其他几张表都用这里的客户编号，请先填本表。"
):
    """One row for each customer."""

    aliases = ("客户资料", "客户基本信息", "基本信息", "客户表", "客户")
    display_column = "name"

    customer_id: RecordId = column("客户编号", "每个客户唯一", key=True, example="CUS001", aliases=_CUSTOMER_ALIASES)
    name: Text = column("客户名称", "公司全称", example="ABC有限公司", aliases=_NAME_ALIASES)
    contact: Text = column("联系人姓名", "主要联系人", example="张三", aliases=("联系人",))
    phone: Phone | None = column(
        "联系电话",
        "手机或带区号的座机",
        recommended_for="回访",
        example="13800000000",
        aliases=("电话", "手机", "手机号", "联系方式"),
    )
    email: Email | None = column("电子邮箱", example="zhangsan@abc.com", aliases=("邮箱", "电子邮件", "E-mail"))
    address: LongText | None = column(
        "公司地址", "省市区和街道门牌", example="北京市朝阳区XX街道XX号", aliases=("地址", "办公地址")
    )
    registered_on: Day | None = column(
        "注册日期",
        "首次接触或签约的日期",
        recommended_for="新客户数",
        example=date(2023, 1, 1),
        aliases=("登记日期", "建档日期"),
    )
    customer_type: Choice | None = column("客户类型", "企业或个人", choices="customer_type", example="企业")
    industry: Choice | None = column("所属行业", "可选可填", choices="industry", example="电子制造", aliases=("行业",))
    size: Choice | None = column("企业规模", choices="size", example="中型", aliases=("规模",))
    region: Choice | None = column(
        "所在地区", "省级地区或海外", choices="region", example="北京", aliases=("地区", "区域", "省份")
    )
    needs: MultipleChoice | None = column(
        "需求偏好", "可填几项，用顿号隔开", choices="needs", example="重视品质、注重交期"
    )
    owner: Text | None = column("负责人", "本厂跟进此客户的人", example="李四", aliases=("客户经理", "跟进人"))
    note: LongText | None = column("备注", aliases=("说明",))

    rules: ClassVar[tuple[Rule, ...]] = (
        rule("R001", "phone or email", at="phone", remedy="联系电话、电子邮箱至少填一项"),
    )


class Order(
    Sheet,
    table="orders",
    title="订单记录",
    purpose="一行一种产品。同一订单有几种产品或分几批发货时，订单编号相同，行号填 1、2、3……",
):
    """One row for each product line of an order; a split shipment is one line a batch."""

    aliases = ("订单", "订单信息", "订单表", "订单明细")
    consistent_within: ClassVar = {"order_id": ("customer_id", "ordered_on")}

    order_id: RecordId = column("订单编号", "每个订单唯一", key=True, example="ORD001", aliases=("订单号", "订单ID"))
    line: Count = column("行号", "同一订单有几行时填 1、2……", key=True, default=1, aliases=("行", "行次"))
    customer_id: RecordId = column(
        "客户编号", _CUSTOMER, references="customers", example="CUS001", aliases=_CUSTOMER_ALIASES
    )
    customer_name: Text | None = column("客户名称", lookup="customer_id", aliases=_NAME_ALIASES)
    product: Text = column("产品型号", example="X100", aliases=("型号", "产品", "产品名称"))
    quantity: Quantity = column("数量", example=1000, aliases=("订购数量", "订单数量"))
    unit_price: UnitPrice = column("单价(元)", "每件多少元", example=50, aliases=("单价", "价格", "价格(元)"))
    amount: Money | None = column(
        "总金额(元)",
        "数量 × 单价",
        formula="round(quantity * unit_price, 2)",
        aliases=("总金额", "金额", "金额(元)", "总价", "总价(元)"),
    )
    ordered_on: Day | None = column(
        "下单日期",
        event_date=True,
        recommended_for="按月销售、生命周期、复购率",
        example=date(2023, 1, 20),
        aliases=("订单日期", "下单时间"),
    )
    due_on: Day | None = column(
        "约定交期",
        "与客户约定的交货日",
        recommended_for="准时交付率",
        example=date(2023, 2, 12),
        aliases=("交期", "承诺交期", "交货日期", "约定交货日期"),
    )
    shipped_on: Day | None = column(
        "发货日期", "未发货时留空", event_date=True, example=date(2023, 2, 1), aliases=("发货时间",)
    )
    received_on: Day | None = column(
        "收货日期", "未收货时留空", event_date=True, example=date(2023, 2, 10), aliases=("签收日期", "到货日期")
    )
    status: Choice | None = column(
        "订单状态",
        "现在走到哪一步",
        choices="status",
        recommended_for="在制订单",
        example=DONE,
        aliases=("状态", "订单进度"),
    )
    note: LongText | None = column("备注", aliases=("说明",))

    rules: ClassVar[tuple[Rule, ...]] = (
        rule("R101", "received_on >= shipped_on"),
        rule("R102", "received_on >= ordered_on"),
        rule("R103", "status != '已完成' or received_on", at="received_on", remedy="填上收货日期，或改订单状态"),
        rule("R104", "status != '物流跟踪' or shipped_on", at="shipped_on", remedy="填上发货日期，或改订单状态"),
        rule("R105", "shipped_on >= ordered_on", severity="warning"),
        rule(
            "R106",
            "not received_on or status == '已完成'",
            at="status",
            severity="warning",
            remedy="收货后请把订单状态改为“已完成”",
        ),
    )


class Service(
    Sheet, table="services", title="服务记录", purpose="一行一次咨询、投诉或售后服务。处理完填处理日期，即表示已办结。"
):
    """One row for each contact: a question, a complaint or after-sales work."""

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
        "客户编号", _CUSTOMER, references="customers", example="CUS001", aliases=_CUSTOMER_ALIASES
    )
    customer_name: Text | None = column("客户名称", lookup="customer_id", aliases=_NAME_ALIASES)
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
    )
    handler: Text = column("处理人员", example="李四", aliases=("处理人", "经办人"))
    outcome: Choice | None = column("处理结果", "可选可填", choices="outcome", example="已答复", aliases=("结果",))
    closed_at: Moment | None = column(
        "处理日期",
        "处理完才填",
        event_date=True,
        example=date(2023, 3, 1),
        aliases=("处理时间", "办结日期", "完成日期"),
    )
    first_contact: YesNo | None = column(
        "一次解决", "一次就解决填“是”", choices="yes_no", example="是", aliases=("一次解决(是/否)",)
    )

    rules: ClassVar[tuple[Rule, ...]] = (
        rule("R201", "responded_at >= received_at"),
        rule("R202", "closed_at >= received_at"),
        rule("R203", "not closed_at or outcome", at="outcome", remedy="填上处理结果；还没处理完就清空处理日期"),
    )


class Feedback(Sheet, table="feedbacks", title="反馈评价", purpose="一行一条客户反馈。评分为 1–5 的整数，5 为最满意。"):
    """One row for each feedback of a customer."""

    aliases = ("反馈", "客户反馈表", "评价", "反馈与评价")

    feedback_id: RecordId | None = column(
        "反馈编号",
        "可不填，由系统按内容编号",
        key=True,
        example="FB001",
        aliases=("反馈单号",),
        key_from=("customer_id", "given_on", "text"),
    )
    customer_id: RecordId = column(
        "客户编号", _CUSTOMER, references="customers", example="CUS001", aliases=_CUSTOMER_ALIASES
    )
    customer_name: Text | None = column("客户名称", lookup="customer_id", aliases=_NAME_ALIASES)
    order_id: RecordId | None = column(
        "订单编号", "与订单有关时填", references="orders", example="ORD001", aliases=("订单号", "订单ID")
    )
    given_on: Day = column("反馈日期", event_date=True, example=date(2023, 4, 1), aliases=("评价日期", "反馈时间"))
    text: LongText = column("客户反馈", "客户的原话或大意", example="产品交期较慢", aliases=("反馈内容", "反馈意见"))
    issue: Choice | None = column("反馈类别", choices="issue", example="交期")
    outcome: LongText | None = column("处理结果", example="正在改进", aliases=("结果",))
    score: Score | None = column(
        "评分(满分5分)",
        "1–5 的整数",
        recommended_for="满意度",
        example=3,
        aliases=("评分", "满意度", "打分", "满意度评分"),
    )


SHEETS: tuple[type[Sheet], ...] = (Customer, Order, Service, Feedback)
"""Every sheet of the basic edition."""
