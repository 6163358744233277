"""What to do next for a customer, by stage of life and value class (下一步建议)."""

from .lifecycle import ACTIVE, ASLEEP, LOST, NEW, POTENTIAL, STAGES, UNKNOWN
from .value import CLASSES

_STEPS: dict[int, tuple[str, ...]] = {
    POTENTIAL: ("首次联系：了解需求，寄样品或报价",),
    NEW: (
        "首单跟进：一周内回访交付和质量，安排专人对接",
        "首单跟进：回访使用情况，介绍相关产品",
        "首单跟进：电话回访一次，了解后续需求",
    ),
    ACTIVE: (
        "重点维护：每月拜访，优先排产，商谈年度协议",
        "稳步提升：每两个月联系一次，推荐配套产品",
        "保持服务：每季度联系一次，引导合并下单",
    ),
    ASLEEP: (
        "尽快挽回：负责人本周上门，问清停单原因并拿出方案",
        "主动唤醒：电话了解近期计划，提供新品或优惠",
        "低成本唤醒：发送新品和活动信息",
    ),
    LOST: (
        "重点挽回：由主管约谈，查清流失原因，拿出挽回方案",
        "尝试挽回：电话回访流失原因，邀请试单",
        "归档观察：每半年问候一次",
    ),
    UNKNOWN: ("补齐下单日期或发货日期，再判断客户状态",),
}


def _sentence(stage: int, value: int) -> str:
    """Of a stage and a class by their numbers; a class without a sentence of its own has the stage's last."""
    return _STEPS[stage][min(value, len(_STEPS[stage]) - 1)]


NEXT_STEPS: dict[tuple[str, str], str] = {
    (stage, value): _sentence(at, of) for at, stage in enumerate(STAGES) for of, value in enumerate(CLASSES)
}
"""By stage and value class, in the words that sheets show."""
