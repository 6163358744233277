"""发货记录 and 退换货记录: what left, and what came back."""

from datetime import date
from typing import ClassVar

from ...schema.column import column
from ...schema.rule import rule
from ...schema.types import Choice, Count, Day, Measurement, Quantity, RecordId, Text, Yuan
from .common import (
    BY_CONTENT,
    CUSTOMER_ALIASES,
    NAME_ALIASES,
    ORDER_ALIASES,
    PICK_CUSTOMER,
    PICK_ORDER,
    WHICH_LINE,
    CustomerSheet,
)


class Shipment(
    CustomerSheet, table="shipments", title="发货记录", purpose="一行一次发货。分几批发的，一批一行。", edition="full"
):
    """One row for each shipment of an order line."""

    may_be_absent = True
    happened_on = ("shipped_on",)
    aliases = ("发货", "发货明细")
    line_reference: ClassVar = {"line": "order_id"}

    shipment_id: RecordId | None = column(
        "发货编号",
        BY_CONTENT,
        key=True,
        example="SHP001",
        aliases=("发货单号",),
        key_from=("order_id", "line", "shipped_on", "quantity"),
    )
    order_id: RecordId = column("订单编号", PICK_ORDER, references="orders", example="ORD001", aliases=ORDER_ALIASES)
    line: Count = column("行号", WHICH_LINE, default=1)
    customer_id: RecordId = column(
        "客户编号", PICK_CUSTOMER, references="customers", example="CUS001", aliases=CUSTOMER_ALIASES
    )
    customer_name: Text | None = column("客户名称", lookup="customer_id", aliases=NAME_ALIASES)
    shipped_on: Day = column("发货日期", event_date=True, example=date(2023, 2, 1))
    quantity: Quantity = column("发货数量", example=1000, aliases=("数量",))
    received: Measurement | None = column("实收数量", "客户清点后填", example=998, aliases=("实收",))
    tracking: Text | None = column("物流单号", example="SF1234567890", aliases=("快递单号", "运单号"))

    rules = (rule("R541", "received <= quantity", severity="warning", remedy="实收多于发货，核对这两格"),)


class Return(
    CustomerSheet, table="returns", title="退换货记录", purpose="一行一次退货或换货。数量写正数。", edition="full"
):
    """One row for each time goods came back."""

    may_be_absent = True
    happened_on = ("returned_on",)
    aliases = ("退货记录", "退换货")
    line_reference: ClassVar = {"line": "order_id"}

    return_id: RecordId | None = column(
        "退换编号", BY_CONTENT, key=True, example="RET001", key_from=("order_id", "line", "returned_on", "quantity")
    )
    order_id: RecordId = column("订单编号", PICK_ORDER, references="orders", example="ORD001", aliases=ORDER_ALIASES)
    line: Count = column("行号", WHICH_LINE, default=1)
    customer_id: RecordId = column(
        "客户编号", PICK_CUSTOMER, references="customers", example="CUS001", aliases=CUSTOMER_ALIASES
    )
    customer_name: Text | None = column("客户名称", lookup="customer_id", aliases=NAME_ALIASES)
    returned_on: Day = column("退换日期", example=date(2023, 3, 5), aliases=("退货日期",))
    quantity: Quantity = column("退换数量", example=2, aliases=("数量", "退货数量"))
    refund: Yuan | None = column("退款金额(元)", "没有退款时留空", example=100, aliases=("退款金额", "金额"))
    reason: Choice = column("退换原因", choices="return_reason", example="运输损坏", aliases=("原因",))
    way: Choice = column("处理方式", choices="return_way", example="退货退款")

    rules = (
        rule("R551", "way != '退货退款' or refund", at="refund", severity="warning", remedy="退了款的，请填退款金额"),
    )
