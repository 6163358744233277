"""Find probable duplicates: one company under two ids, with score and reasons. Only people's decisions merge them."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import Any, NamedTuple

from ..i18n.translate import LazyFormat, LazyText, TextList
from ..schema.model import Sheet
from ..schema.workbook import WorkbookSchema
from .conflicts import shown_cell
from .id_collisions import bare
from .record import Record
from .result import CustomerEntry, DuplicateCandidate, Verdict

_CITY = re.compile(r"^[\u4e00-\u9fff]{2,3}?(省|市|区|县)")
_NOT_WORD = re.compile(r"[\W_]+")
_POST = frozenset({
    "qq.com", "163.com", "126.com", "sina.com", "sina.cn", "sohu.com", "foxmail.com", "yeah.net", "139.com", "189.cn", "gmail.com",
    "outlook.com", "hotmail.com", "live.com", "icloud.com", "aliyun.com", "yahoo.com", "tom.com", "21cn.com", "vip.163.com",
})  # fmt: skip
"""Where anybody may have a mailbox."""
_COMMON = 40
"""A piece of a name, a phone or a domain that more customers share than this tells nobody apart."""
_ALIKE, _RATHER, _SAME = 86, 55, 100
"""How alike names are (rapidfuzz, 0–100): enough by itself, enough beside another reason, equal."""
_NAME_WEIGHT, _PHONE, _MAIL, _DOMAIN, _ADDRESS = 0.6, 25, 25, 12, 15
_ADDRESS_ALIKE = 90
_CONTAINED_LENGTH, _CONTAINED_SCORE = 4, 0.92
"""From so many characters on, a name that stands inside another counts as nearly the same (a city before it)."""
_LEAST = 55


class _ComparedCustomer(NamedTuple):
    """What a customer is compared by."""

    party: CustomerEntry
    key: str
    name: str
    phones: frozenset[str]
    mail: str
    domain: str
    address: str


def candidates(
    schema: WorkbookSchema, records: Iterable[Record], verdicts: Mapping[str, Verdict] | None = None
) -> tuple[DuplicateCandidate, ...]:
    """Return pairs of customers that are probably one, the likeliest first; ``verdicts`` by ``DuplicateCandidate.identity``."""
    sheet = schema.entity
    if sheet is None or not sheet.display_column:
        return ()
    regions = schema.choices_of(sheet.column(sheet.region_column)).values if sheet.region_column else ()
    customers = [_compared_customer(sheet, record, regions) for record in records if record.table == sheet.table]
    customers.sort(key=lambda customer: customer.key)
    pairs = [
        judged._replace(verdict=(verdicts or {}).get(judged.identity, ""))
        for first, second in sorted(_pairs(customers))
        if (judged := _judged(customers[first], customers[second]))
    ]
    return tuple(sorted(pairs, key=lambda one: (-one.score, one.first.number, one.second.number)))


def _compared_customer(sheet: type[Sheet], record: Record, regions: Iterable[str]) -> _ComparedCustomer:
    layout = sheet.record_layout
    cells = layout.by_name(record.cells)
    number, name = shown_cell(record.cells[layout.id]), shown_cell(layout.display_value(record.cells))
    mail = next((text.casefold() for text in _texts(sheet, record, "email") if text), "")
    domain = mail.rpartition("@")[2]
    phones = (
        part.strip() for text in _texts(sheet, record, "phone") for part in re.split(r"[、;；,，]", text)
    )  # zh only
    return _ComparedCustomer(
        CustomerEntry(number, name, record.location, record.office),
        record.key[0],
        _plain(bare(name), regions),
        frozenset(filter(None, phones)),
        mail,
        "" if domain in _POST else domain,
        _plain(shown_cell(cells.get(sheet.address_column)), regions),
    )


def _texts(sheet: type[Sheet], record: Record, kind: str) -> list[str]:
    """Return what stands in the columns of a type."""
    return [
        shown_cell(cell)
        for column, cell in zip(sheet.columns, record.cells, strict=True)
        if column.column_type.name == kind
    ]


def _plain(name: str, regions: Iterable[str]) -> str:
    """Return a name without its region, without its city and without signs."""
    plain = _NOT_WORD.sub("", name).casefold()
    region = next((r for r in regions if plain.startswith(r) and len(plain) > len(r) + 1), "")
    plain = plain.removeprefix(region)
    return _CITY.sub("", plain) or plain or name


def _pairs(customers: Sequence[_ComparedCustomer]) -> set[tuple[int, int]]:
    """Which customers are worth comparing: those that share something few others have."""
    shared: dict[tuple[str, str], list[int]] = defaultdict(list)
    for at, one in enumerate(customers):
        marks = {("name", one.name), ("address", one.address), ("mail", one.mail), ("domain", one.domain)}
        marks |= {("phone", phone) for phone in one.phones}
        marks |= {("piece", one.name[i : i + 2]) for i in range(len(one.name) - 1)}
        for mark in marks:
            if mark[1]:
                shared[mark].append(at)
    return {pair for group in shared.values() if len(group) <= _COMMON for pair in combinations(group, 2)}


def _judged(first: _ComparedCustomer, second: _ComparedCustomer) -> DuplicateCandidate | None:
    from rapidfuzz import fuzz

    alike = fuzz.ratio(first.name, second.name)
    if min(len(first.name), len(second.name)) >= _CONTAINED_LENGTH:
        alike = max(alike, _CONTAINED_SCORE * fuzz.partial_ratio(first.name, second.name))
    alike = round(alike)
    reasons: list[Any] = []
    score = alike * _NAME_WEIGHT
    if alike >= _ALIKE:
        reasons.append(LazyText("名称相同") if alike == _SAME else LazyFormat("名称相近（{score}%）", {"score": alike}))
    evidence = (
        (first.phones & second.phones, _PHONE, LazyText("电话相同")),
        (first.mail and first.mail == second.mail, _MAIL, LazyText("邮箱相同")),
        (
            first.mail != second.mail and first.domain and first.domain == second.domain,
            _DOMAIN,
            LazyText("邮箱域名相同"),
        ),
        (_same_address(first, second), _ADDRESS, LazyText("地址相同")),
    )
    matching = [(weight, reason) for condition, weight, reason in evidence if condition]
    score += sum(weight for weight, _ in matching)
    reasons += [reason for _, reason in matching]
    if alike < _ALIKE and (not matching or alike < _RATHER) and len(matching) < 2:  # noqa: PLR2004 - two reasons are two
        return None
    score = min(100, round(score if alike < _SAME else max(score, 90)))
    return (
        DuplicateCandidate(first.party, second.party, score, TextList(reasons))
        if score >= _LEAST or len(matching) > 1
        else None
    )


def _same_address(first: _ComparedCustomer, second: _ComparedCustomer) -> bool:
    from rapidfuzz import fuzz

    least = 6
    both = first.address and second.address and min(len(first.address), len(second.address)) >= least
    return bool(both and fuzz.ratio(first.address, second.address) >= _ADDRESS_ALIKE)
