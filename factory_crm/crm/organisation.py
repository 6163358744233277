"""Who does what in looking after customers, as 管理架构 draws it; ``factory.toml`` may say it otherwise."""

from dataclasses import dataclass
from typing import Literal, NamedTuple

Layer = Literal["决策层", "业务层", "支持层"]  # zh only
Counted = Literal["orders", "lines", "waiting", "received", "complaints", "feedbacks", "low", "files", "rows"]
"""What flows are counted by, in the period: orders and their lines, orders ready to leave, orders received, complaints,
feedbacks, ratings of 2 and less, files and accepted rows."""


class Department(NamedTuple):
    """A department: its layer, its duties, the sheets that it fills and reads."""

    name: str
    layer: Layer
    duties: str
    fills: tuple[str, ...]
    reads: tuple[str, ...]


class Flow(NamedTuple):
    """What goes from one department to another, and which count of the period says how much."""

    source: str
    target: str
    what: str
    counted: Counted


LAYERS: tuple[Layer, ...] = ("决策层", "业务层", "支持层")
DEPARTMENTS = (
    Department("管理层", "决策层", "定目标，看经营，处理重大投诉和流失", (), ("经营看板", "客户360", "指标口径")),
    Department(
        "销售部", "业务层", "登记客户，签订单，跟进回访和再订", ("客户信息", "订单记录"), ("客户汇总", "待办", "预测")
    ),
    Department("生产部", "业务层", "审核、备料、生产、质检，更新订单状态", ("订单记录",), ("产能与流程",)),
    Department("仓储物流部", "业务层", "包装发货，登记发货和收货日期", ("订单记录",), ("产能与流程", "订单")),
    Department(
        "客服部", "业务层", "受理咨询、投诉和售后，收集评价", ("服务记录", "反馈评价"), ("服务", "满意度", "待办")
    ),
    Department("质量部", "支持层", "分析投诉原因，提出改进措施", ("反馈评价",), ("满意度", "客户旅程")),
    Department("财务部", "支持层", "核对金额，跟进收款", (), ("订单", "客户汇总")),
    Department(
        "信息汇总人",
        "支持层",
        "发模板，检查，合并，催交，守护数据安全",
        ("填写说明",),
        ("数据质量", "数据来源", "冲突", "被拒行"),
    ),
)
FLOWS = (
    Flow("销售部", "生产部", "新订单", "orders"),
    Flow("生产部", "仓储物流部", "等待发货的订单（现在）", "waiting"),
    Flow("仓储物流部", "客服部", "已收货的订单", "received"),
    Flow("客服部", "质量部", "投诉", "complaints"),
    Flow("质量部", "生产部", "低分评价（2 分及以下）", "low"),
    Flow("客服部", "销售部", "客户反馈", "feedbacks"),
    Flow("销售部", "财务部", "订单行", "lines"),
    Flow("各部门", "信息汇总人", "填报的文件", "files"),
    Flow("信息汇总人", "管理层", "采用的行", "rows"),
)
EVERYONE = "各部门"
"""Stands for all departments as the source of a flow."""


@dataclass(frozen=True, slots=True)
class Organisation:
    """Who does what in a factory, and what goes from one department to another."""

    departments: tuple[Department, ...] = DEPARTMENTS
    """Who fills and reads which sheets."""
    flows: tuple[Flow, ...] = FLOWS
