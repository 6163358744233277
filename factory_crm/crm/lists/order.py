"""The steps and states of an order, and what happens to it."""

from ...schema.column_type import Choices

STEPS = ("接单确认", "订单审核", "任务分配", "备料准备", "生产制造", "质量检验", "包装发货", "物流跟踪")
"""The eight steps of an order, in order."""
DONE, PAUSED, CANCELLED = "已完成", "已暂停", "已取消"

OUR_SIDE, THEIR_SIDE = "我方", "客户"

_STATUS_ALIASES = {
    "接单": "接单确认",
    "已接单": "接单确认",
    "待审核": "订单审核",
    "审核中": "订单审核",
    "备料": "备料准备",
    "备料中": "备料准备",
    "生产": "生产制造",
    "生产中": "生产制造",
    "质检": "质量检验",
    "质检中": "质量检验",
    "包装": "包装发货",
    "待发货": "包装发货",
    "已发货": "物流跟踪",
    "运输中": "物流跟踪",
    "在途": "物流跟踪",
    "已签收": DONE,
    "已交货": DONE,
    "已收货": DONE,
    "完成": DONE,
    "已完结": DONE,
    "暂停": PAUSED,
    "取消": CANCELLED,
    "作废": CANCELLED,
    "已作废": CANCELLED,
}

CHOICES: dict[str, Choices] = {
    "status": Choices(
        (*STEPS, DONE, PAUSED, CANCELLED),
        aliases=_STATUS_ALIASES,
        fixed=True,
    ),
    "step": Choices(STEPS, aliases={k: v for k, v in _STATUS_ALIASES.items() if v in STEPS}, fixed=True),
    "unit": Choices(
        ("件", "个", "套", "台", "只", "箱", "千克", "吨", "米", "平方米", "立方米", "升"),
        aliases={"kg": "千克", "公斤": "千克", "t": "吨", "m": "米", "pcs": "件"},
        open_list=True,
    ),
    "changed_by": Choices((THEIR_SIDE, OUR_SIDE), aliases={"客户原因": THEIR_SIDE, "我方原因": OUR_SIDE}, fixed=True),
    "return_reason": Choices(
        ("质量问题", "发错货", "数量不符", "运输损坏", "客户原因", "其他"), aliases={"质量": "质量问题", "其它": "其他"}
    ),
    "return_way": Choices(
        ("退货退款", "换货", "维修", "补发", "折价"), aliases={"退货": "退货退款", "退款": "退货退款"}, fixed=True
    ),
}
