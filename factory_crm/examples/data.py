"""Invented data of three factories over eighteen months, the same on every run and every machine."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from random import Random

from .care import feedbacks, numbered, services
from .companies import CITIES, COMPANIES, Company
from .days import workday
from .goods import CALLED, SURNAMES
from .orders import PREFIXES, Row, orders

SEED = 20240628
SAME, DIFFERENT = "JT001", "JT002"
"""Two customers that two offices serve: one noted alike by both, one not."""
_PEOPLE = {"华东": ("张三", "李四", "王五"), "华南": ("赵六", "孙七", "周八"), "华北": ("吴九", "郑十")}
_CLERKS = {"华东": "陈一", "华南": "林二", "华北": "何三"}
_SERVICES = {"华东": 65, "华南": 50, "华北": 35}
_FEEDBACKS = {"华东": 52, "华南": 40, "华北": 28}
_NEEDS = ("重视品质", "注重交期", "价格敏感", "需要定制")
_STREET = "样板工业园{}路{}号"
_MAILBOXES = ("cg", "lx", "bg", "sc")
_NOTES = {0: "月结 30 天", 13: "发货前须电话通知", 26: "年度框架协议客户", 41: "开票信息见合同附件"}


@dataclass(frozen=True, slots=True)
class OfficeWorkbook:
    """What one factory sends in: its name, the cover's values by column name, the rows of each table."""

    name: str
    cover: Mapping[str, str]
    rows: Mapping[str, Sequence[Row]]


@cache
def offices() -> tuple[OfficeWorkbook, ...]:
    """Return the three factories and all they have noted."""
    rng = Random(SEED)  # noqa: S311 - the same on every run is the point
    bought = orders(rng)
    everyone = {row["customer_id"]: row for row in _customers(rng, bought)}
    return tuple(_office(rng, place, everyone, bought[place]) for place in PREFIXES)


def _office(rng: Random, place: str, everyone: Mapping[str, Row], lines: Sequence[Row]) -> OfficeWorkbook:
    customers = [everyone[company.number] for company in COMPANIES if place in company.offices]
    if place == "华北":
        customers = [_seen_otherwise(row) if row["customer_id"] == DIFFERENT else row for row in customers]
    asked = services(rng, customers, lines, _PEOPLE[place], _SERVICES[place])
    said = feedbacks(rng, lines, _FEEDBACKS[place])
    if place != "华北":  # the smallest office leaves these numbers blank, as it may
        asked = numbered(asked, "service_id", PREFIXES[place] + "-S")
        said = numbered(said, "feedback_id", PREFIXES[place] + "-F")
    name = place + "分厂"
    return OfficeWorkbook(
        name,
        {"office": name, "filled_by": _CLERKS[place], "period": "2023-01 至 2024-06"},
        {"customers": customers, "orders": lines, "services": asked, "feedbacks": said},
    )


def _seen_otherwise(row: Row) -> Row:
    """The same customer as another office knows it: another contact, number and address."""
    return {
        **row,
        "contact": "金女士",
        "phone": "13800000099",
        "address": "江苏省苏州市样板工业园二期9号",
        "owner": "吴九",
    }


def _customers(rng: Random, bought: Mapping[str, Sequence[Row]]) -> Iterator[Row]:
    first: dict[str, date] = {}
    for line in (line for lines in bought.values() for line in lines):
        first[line["customer_id"]] = min(line["ordered_on"], first.get(line["customer_id"], line["ordered_on"]))
    for index, company in enumerate(COMPANIES):
        yield _customer(rng, index, company, first.get(company.number))


def _customer(rng: Random, index: int, company: Company, first_order: date | None) -> Row:
    city = CITIES[company.city]
    owners = _PEOPLE[company.offices[0]]
    row: Row = {
        "customer_id": company.number,
        "name": company.name,
        "contact": SURNAMES[index] + CALLED[index % len(CALLED)],
        "phone": _phone(index, company),
        "address": city.address + _STREET.format(index % 9 + 1, index * 7 % 90 + 1),
        "registered_on": _registered(rng, company, first_order),
        "customer_type": "个人" if company.person else "企业",
        "industry": company.industry,
        "region": city.region,
        "needs": _needs(rng, company),
        "owner": owners[index % len(owners)],
    }
    if company.size:
        row["size"] = company.size
    if index % 6 != 5:  # noqa: PLR2004 - one in six has no address of its own
        row["email"] = f"{_MAILBOXES[index % len(_MAILBOXES)]}@{company.slug}-demo.cn"
    if index in _NOTES:
        row["note"] = _NOTES[index]
    return row


def _phone(index: int, company: Company) -> str:
    """A number that nobody has: mobiles of zeros, landlines of fives."""
    city, mobile = CITIES[company.city], f"138000000{index + 1:02}"
    if not city.area or company.person:
        return mobile
    landline = "{}-{}{:04}".format(city.area, "5" * (city.digits - 4), index + 101)
    if index % 30 == 7:  # noqa: PLR2004 - a few have an extension
        return landline + "-801"
    return landline if index % 3 == 0 else mobile


def _registered(rng: Random, company: Company, first_order: date | None) -> date:
    """Long ago for most; shortly before the first order for those who are new."""
    if first_order is None:
        return workday(rng, date(2023, 9, 1), date(2024, 6, 14))
    if company.habit in ("new", "once"):
        return first_order - timedelta(days=rng.randint(5, 40))
    return workday(rng, date(2019, 3, 1), date(2022, 12, 30))


def _needs(rng: Random, company: Company) -> str:
    chosen = set(rng.sample(_NEEDS, rng.randint(1, 2)))
    return "、".join((["采购量大"] if company.habit == "whale" else []) + [need for need in _NEEDS if need in chosen])
