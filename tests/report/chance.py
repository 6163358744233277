"""Workbooks drawn by lot: gaps, zeros, returns to one customer, texts that formulas might take for something else."""

from datetime import datetime, timedelta
from random import Random

from tests.merge.builders import customer, feedback, order, service
from tests.report.builders import Rows

_DAY = datetime(2023, 1, 2)
_ODD = ("=1+1", "a*b", "~?", '"', "00123", "TRUE", "1e5", "数据不足", "'", "C1")


def drawn(seed: int) -> Rows:
    """Rows of up to eight customers; every cell that may be blank sometimes is."""
    chance = Random(seed)
    numbers = [f"C{at}" for at in range(chance.choice((1, 2, 8)))]

    def sometimes(value: object) -> object:
        return None if chance.random() < 0.2 else value

    def day() -> datetime:
        return _DAY + timedelta(days=chance.randint(0, 540))

    def line(at: int) -> dict[str, object]:
        placed, sent = day(), chance.randint(0, 30)
        shipped = sometimes(placed + timedelta(days=sent))
        received = shipped and sometimes(placed + timedelta(days=sent + chance.randint(0, 20)))
        return order(
            f"O{at // 2}", numbers[at // 2 % len(numbers)], line=at % 2 + 1, product=chance.choice(("X", "Y", *_ODD)),
            quantity=chance.choice((1, 10, 2.5, 0.0001)), unit_price=chance.choice((0, 0.000001, 19.9, 12345.678901)),
            ordered_on=None if at < 4 else _DAY + timedelta(days=at // 2), due_on=sometimes(day()), shipped_on=shipped,
            received_on=received, status="已完成" if received else chance.choice(("生产制造", "已取消", "接单确认", None)),
        )  # fmt: skip

    def case() -> dict[str, object]:
        asked = day() + timedelta(hours=9)
        answered = sometimes(asked + timedelta(minutes=chance.randint(0, 3000)))
        return service(
            chance.choice(numbers), event=chance.choice(("投诉", "咨询", "售后服务")), received_at=sometimes(asked),
            responded_at=answered, issue=sometimes("交期"), handler=chance.choice(("李四", "李四 ", *_ODD)),
        )  # fmt: skip

    return {
        "customers": [customer(number, f"{number}厂", owner=sometimes(chance.choice(_ODD))) for number in numbers],
        "orders": [line(at) for at in range(chance.choice((0, 1, 60)))],
        "services": [case() for _ in range(chance.choice((0, 1, 20)))],
        "feedbacks": [
            feedback(chance.choice(numbers), given_on=day(), score=sometimes(chance.randint(1, 5)), text=chance.choice(_ODD))
            for _ in range(chance.choice((0, 1, 20)))
        ],
    }  # fmt: skip
