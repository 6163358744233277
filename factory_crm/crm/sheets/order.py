"""订单记录 and 订单进度: what was ordered, and how far it is."""

from datetime import date
from typing import ClassVar

from ...schema.column import column
from ...schema.rule import Rule, rule
from ...schema.types import (
    Choice,
    Count,
    Day,
    LongText,
    Money,
    Percent,
    Quantity,
    Rate,
    RecordId,
    Text,
    UnitPrice,
    Yuan,
)
from ..lists.order import CANCELLED, DONE
from .common import CUSTOMER_ALIASES, NAME_ALIASES, ORDER_ALIASES, PICK_CUSTOMER, PICK_ORDER, WHICH_LINE, CustomerSheet


class Order(
    CustomerSheet,
    table="orders",
    title="订单记录",
    purpose="一行一种产品。同一订单有几种产品或分几批发货时，订单编号相同，行号填 1、2、3……",
):
    """One row for each product line of an order; a split shipment is one line a batch."""

    edition_docs: ClassVar = {
        "full": "An order line with its currency and tax, who is in charge, what has changed and what has been paid."
    }
    happened_on = ("ordered_on", "shipped_on")
    open_while = f"status not in {(DONE, CANCELLED)!r}"
    detail_title = "订单"

    aliases = ("订单", "订单信息", "订单表", "订单明细")
    consistent_within: ClassVar = {"order_id": ("customer_id", "ordered_on")}

    order_id: RecordId = column("订单编号", "每个订单唯一", key=True, example="ORD001", aliases=("订单号", "订单ID"))
    line: Count = column("行号", "同一订单有几行时填 1、2……", key=True, default=1, aliases=("行", "行次"))
    customer_id: RecordId = column(
        "客户编号", PICK_CUSTOMER, references="customers", example="CUS001", aliases=CUSTOMER_ALIASES
    )
    customer_name: Text | None = column("客户名称", lookup="customer_id", aliases=NAME_ALIASES)
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
        "发货日期", "未发货时留空", event_date=True, example=date(2023, 2, 1), aliases=("发货时间",), ends=True
    )
    received_on: Day | None = column(
        "收货日期",
        "未收货时留空",
        event_date=True,
        example=date(2023, 2, 10),
        aliases=("签收日期", "到货日期"),
        ends=True,
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
    unit: Choice | None = column(
        "单位", "可选可填", choices="unit", example="件", aliases=("计量单位",), edition="full"
    )
    tax_rate: Percent | None = column("税率", example="13%", aliases=("增值税率",), edition="full")
    currency: Choice | None = column("币种", "外币订单才填", choices="currency", example="USD", edition="full")
    foreign_price: UnitPrice | None = column(
        "原币单价", "外币订单的单价", example=7, aliases=("外币单价",), edition="full"
    )
    exchange_rate: Rate | None = column("汇率", "1 外币合多少元", example="7.1234", edition="full")
    salesperson: Text | None = column(
        "业务员", "谈成此单的人", example="李四", aliases=("销售员", "销售"), edition="full"
    )
    responsible: Text | None = column("责任人", "负责交付此单的人", example="王五", edition="full")
    changed_due_on: Day | None = column(
        "变更后交期", "交期改过才填", example=date(2023, 2, 20), aliases=("新交期",), edition="full"
    )
    changed_by: Choice | None = column("变更原因", "谁要求改的", choices="changed_by", example="客户", edition="full")
    paid: Yuan | None = column(
        "已收金额(元)", "累计已收", example=20000, aliases=("已收金额", "已付款", "已收款"), edition="full"
    )
    payment_due_on: Day | None = column(
        "付款到期日", example=date(2023, 3, 10), aliases=("应收日期", "到期日"), edition="full"
    )
    tracking: Text | None = column("物流单号", example="SF1234567890", aliases=("快递单号", "运单号"), edition="full")

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


class OrderStep(
    CustomerSheet, table="order_steps", title="订单进度", purpose="一行一个订单的一步。做完填完成日期。", edition="full"
):
    """One row for each step of an order line."""

    may_be_absent = True
    consistent_within: ClassVar = {"order_id": ("customer_id",)}
    line_reference: ClassVar = {"line": "order_id"}

    order_id: RecordId = column(
        "订单编号", PICK_ORDER, key=True, references="orders", example="ORD001", aliases=ORDER_ALIASES
    )
    line: Count = column("行号", WHICH_LINE, key=True, default=1)
    step: Choice = column("步骤", key=True, choices="step", example="生产制造", aliases=("工序",))
    customer_id: RecordId = column(
        "客户编号", PICK_CUSTOMER, references="customers", example="CUS001", aliases=CUSTOMER_ALIASES
    )
    customer_name: Text | None = column("客户名称", lookup="customer_id", aliases=NAME_ALIASES)
    place: Text | None = column("产线", "在哪条线做", example="一号线", aliases=("生产线",))
    owner: Text | None = column("负责人", example="王五")
    due_on: Day | None = column("计划完成日期", example=date(2023, 1, 30), aliases=("计划日期",))
    done_on: Day | None = column(
        "完成日期", "做完才填", recommended_for="各步用时", example=date(2023, 1, 29), ends=True
    )
