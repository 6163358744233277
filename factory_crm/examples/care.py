"""Invented services and feedback: who asked, complained or praised, and how soon somebody answered."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import count
from random import Random

from .days import FIRST, LAST, at_work, in_hours, next_workday, works
from .goods import ANSWERS, CATEGORIES, COMPLAINTS, GRUMBLES, PRAISE, PRODUCTS, QUESTIONS, REPAIRS, THANKS, TROUBLED
from .orders import Row

_EVENTS, _SHARES = ("咨询", "售后服务", "投诉"), (50, 27, 23)
_DAYS_TO_CLOSE = {"咨询": (0, 1), "售后服务": (1, 6), "投诉": (1, 9)}
_AT_ONCE = {"咨询": 0.88, "售后服务": 0.6, "投诉": 0.45}
_MINUTES_TO_ANSWER = 4.5  # the logarithm: an hour and a half
_QUICK, _NEVER = 3, 2880
_TIMED, _ANSWERED, _JUDGED = 0.85, 0.9, 0.92
_PLEASED = 4


def services(
    rng: Random, customers: Sequence[Row], lines: Sequence[Row], people: Sequence[str], wanted: int
) -> list[Row]:
    """Return an office's services by time of receipt: questions of anybody, the rest about what was delivered."""
    delivered = [line for line in lines if _settled(line, 10)]
    rows = [_service(rng, rng.choices(_EVENTS, _SHARES)[0], customers, delivered, people) for _ in range(wanted)]
    return sorted(rows, key=lambda row: (_day(row["received_at"]), str(row["received_at"]), row["customer_id"]))


def feedbacks(rng: Random, lines: Sequence[Row], wanted: int) -> list[Row]:
    """Return an office's feedback by day, each about another delivered order."""
    delivered = {line["order_id"]: line for line in lines if _settled(line, 20)}
    chosen = rng.sample(list(delivered.values()), wanted)
    return sorted((_feedback(rng, line) for line in chosen), key=lambda row: (row["given_on"], row["order_id"]))


def numbered(rows: Sequence[Row], name: str, prefix: str) -> list[Row]:
    """Give every row a number of its own."""
    numbers = count(1)
    return [{name: f"{prefix}{next(numbers):03}", **row} for row in rows]


def _settled(line: Row, days: int) -> bool:
    """Whether the line was received at least so many days before the last one."""
    received = line.get("received_on")
    return isinstance(received, date) and received <= LAST - timedelta(days=days)


def _day(moment: date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _service(rng: Random, event: str, customers: Sequence[Row], delivered: Sequence[Row], people: Sequence[str]) -> Row:
    if event == "咨询":
        day = next_workday(FIRST + timedelta(days=rng.randrange((LAST - FIRST).days)))
        product = rng.choices(list(PRODUCTS), [product.weight for product in PRODUCTS.values()])[0]
        text, issue = rng.choice(QUESTIONS), rng.choice(CATEGORIES)
        known = [customer["customer_id"] for customer in customers if customer["registered_on"] <= day]
        about: Row = {"customer_id": rng.choice(known)}
        about |= {"product": product} if "{product}" in text else {}
    else:
        line = rng.choices(delivered, [_trouble(line, event) for line in delivered])[0]
        product, day = line["product"], _after(rng, line["received_on"], 30)
        text, issue = (rng.choice(REPAIRS), "产品质量") if event == "售后服务" else _complaint(rng, line)
        about = {"customer_id": line["customer_id"], "order_id": line["order_id"], "product": product}
    return {
        **about,
        "event": event,
        "description": text.format(product=product),
        "issue": issue,
        "handler": rng.choice(people),
        **_handled(rng, event, min(day, LAST)),
    }


def _after(rng: Random, day: date, days: int) -> date:
    """Return a working day soon after that day, and not after the last one."""
    found = min(next_workday(day + timedelta(days=rng.randint(2, days))), LAST)
    while not works(found):
        found -= timedelta(days=1)
    return found


def _trouble(line: Row, event: str) -> int:
    """How likely a delivered line is to be complained about."""
    troubled: bool = line["product"] == TROUBLED
    return 1 + troubled * (13 if event == "投诉" else 1) + _late(line) * 2


def _complaint(rng: Random, line: Row) -> tuple[str, str]:
    """What is complained of, and its class: a troubled product's quality, a late delivery, or anything but that."""
    troubled = line["product"] == TROUBLED and rng.random() < 0.85  # noqa: PLR2004 - mostly what it is known for
    issue = (
        "产品质量"
        if troubled
        else "交期"
        if _late(line)
        else rng.choice([issue for issue in COMPLAINTS if issue != "交期"])
    )
    return rng.choice(COMPLAINTS[issue]), issue


def _late(line: Row) -> bool:
    return bool(line["received_on"] > line["due_on"])


def _handled(rng: Random, event: str, day: date) -> Row:
    """When it came in, when it was answered and closed, and how it ended."""
    received: date = at_work(rng, day) if rng.random() < _TIMED else day
    minutes = min(max(int(rng.lognormvariate(_MINUTES_TO_ANSWER, 1.1)), _QUICK), _NEVER)
    responded = in_hours(received + timedelta(minutes=minutes)) if isinstance(received, datetime) else received
    row: Row = {"received_at": received}
    if rng.random() < _ANSWERED and _day(responded) <= LAST:
        row["responded_at"] = responded
    days = rng.randint(*_DAYS_TO_CLOSE[event])
    closed = next_workday(_day(responded) + timedelta(days=days))
    if closed > LAST or rng.random() < 0.03:  # noqa: PLR2004 - a few stay open for long
        return {**row, "outcome": rng.choice(("处理中", "待客户确认"))}
    row["closed_at"] = closed
    if isinstance(responded, datetime) and closed == responded.date():
        row["closed_at"] = responded + timedelta(minutes=rng.randint(1, 40))
    row["outcome"] = "已答复" if event == "咨询" else "无法解决" if rng.random() < 0.04 else "已解决"  # noqa: PLR2004 - hardly ever
    if rng.random() < _JUDGED:
        row["first_contact"] = "是" if rng.random() < _AT_ONCE[event] else "否"
    return row


def _feedback(rng: Random, line: Row) -> Row:
    late, troubled = _late(line), line["product"] == TROUBLED
    weights = (12, 22, 26, 20, 20) if troubled else (2, 8, 20, 45, 25) if late else (1, 2, 7, 36, 54)
    score = rng.choices((1, 2, 3, 4, 5), weights)[0]
    row = {
        "customer_id": line["customer_id"],
        "order_id": line["order_id"],
        "score": score,
        "given_on": _after(rng, line["received_on"], 35),
    }
    if score >= _PLEASED:
        said, issue, answers = PRAISE, "产品质量" if troubled else rng.choice(("产品质量", "服务")), THANKS
    else:
        issue = (
            "产品质量" if troubled else "交期" if late else rng.choice([issue for issue in GRUMBLES if issue != "交期"])
        )
        said, answers = GRUMBLES[issue], ANSWERS
    answer = rng.choice(answers)
    return {
        **row,
        "text": rng.choice(said).format(product=line["product"]),
        "issue": issue,
        **({"outcome": answer} if answer else {}),
    }
