"""One small workbook a person (``--by 负责人``): their customers, their overdue lines, the calls that are due."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from .. import theme
from ..contract.choices import CANCELLED
from ..contract.contract import Contract
from ..contract.stamp import META_SHEET, Stamp
from ..merging.merged import Merged
from ..metrics.results import Results
from ..saving import saved
from ..template.stamp import write_stamp
from ..template.strict import writing
from ..words import Language, Word, say
from .customers import named
from .details import Row, table_rows
from .table import FIRST_ROW, Column, head, set_columns, set_up, write_table
from .writer import Report, abridged, only_day, rows_of, yuan

CUSTOMERS, OVERDUE, CALLS = "我的客户", "逾期未交", "该联系的客户"
NOBODY = Word("未指定负责人")
CALL_AFTER: Mapping[str, int] = {"A": 30, "B": 60}
"""Days without contact after which a customer of that value class is due for a call; others after ``CALL_ELSE``."""
CALL_ELSE = 90
_CONTACTS = (("orders", "ordered_on"), ("services", "received_at"), ("feedbacks", "given_on"))
_FORBIDDEN = re.compile(r'[\x00-\x1f<>:"/\\|?*.]+')
_LONGEST_NAME = 40


def write_people(
    output: Path, inputs: Sequence[Path], merged: Merged, results: Results, contract: Contract, language: Language
) -> tuple[Path, ...]:
    """Write the workbooks into a folder beside the summary; return their paths."""
    folder = output.with_name(say("{name}_按负责人", language, name=output.stem))
    written = []
    known = _known(merged, results)
    for name, own in sorted(_by_owner(known, results, language).items()):
        path = folder / f"{_file_name(name)}.xlsx"
        with saved(path, inputs=inputs, backup=False) as temporary:
            _write(temporary, name, own, known, contract, language)
        written.append(path)
    return tuple(written)


class _Known(NamedTuple):
    """What all the workbooks are written from."""

    as_of: date
    customers: Mapping[str, Row]
    late: Mapping[str, Sequence[Row]]
    """By customer, the order lines whose day has passed."""
    contacts: Mapping[str, date]


def _known(merged: Merged, results: Results) -> _Known:
    as_of = results.as_of or date(2024, 1, 1)
    late: dict[str, list[Row]] = defaultdict(list)
    for row in overdue(table_rows(merged, "orders"), as_of):
        late[row["customer_id"]].append(row)
    customers = {row["customer_id"]: row for row in table_rows(merged, "customers")}
    return _Known(as_of, customers, late, last_contacts(merged, as_of))


def _file_name(name: str) -> str:
    return _FORBIDDEN.sub("_", name).strip()[:_LONGEST_NAME] or "_"


def _by_owner(known: _Known, results: Results, language: Language) -> dict[str, list[Row]]:
    """Return each person's customers, those of one file name together."""
    owners = {number: row["owner"] for number, row in known.customers.items()}
    found: dict[str, list[Row]] = defaultdict(list)
    same: dict[str, str] = {}
    for row in rows_of(results.frames["customers"]):
        owner = owners.get(row["customer_id"]) or NOBODY.say(language)
        found[same.setdefault(_file_name(owner).casefold(), owner)].append(row)
    return found


def overdue(rows: Sequence[Row], as_of: date) -> list[Row]:
    """Return the order lines whose day has passed without delivery, the oldest first."""
    late = [
        row
        for row in rows
        if row["due_on"] and row["due_on"].date() <= as_of and row["status"] != CANCELLED
        and not (row["received_on"] and row["received_on"].date() <= as_of)
    ]  # fmt: skip
    return sorted(late, key=lambda row: (row["due_on"], row["order_id"], row["line"] or 0))


def last_contacts(merged: Merged, as_of: date) -> dict[str, date]:
    """Return each customer's latest order, service or feedback."""
    found: dict[str, date] = {}
    for table, column in _CONTACTS:
        for row in table_rows(merged, table):
            if row[column] and (day := row[column].date()) <= as_of:
                found[row["customer_id"]] = max(day, found.get(row["customer_id"], day))
    return found


def calls(customers: Sequence[Row], contacts: Mapping[str, date], as_of: date) -> list[tuple[Row, date | None, int]]:
    """Return the customers due for a call, the longest overdue first: who, the last contact, days overdue."""
    due = []
    for row in customers:
        last = contacts.get(row["customer_id"])
        wait = timedelta(days=CALL_AFTER.get(row["value_class"], CALL_ELSE))
        if last is None or last + wait <= as_of:
            due.append((row, last, (as_of - last - wait).days if last else 0))
    return sorted(due, key=lambda one: (-one[2], one[0]["customer_id"]))


def _write(path: Path, name: str, own: list[Row], known: _Known, contract: Contract, language: Language) -> None:
    as_of = known.as_of
    late = overdue([line for row in own for line in known.late.get(row["customer_id"], ())], as_of)
    due = calls(own, known.contacts, as_of)
    with writing(path) as workbook:
        report = Report(workbook, language)
        facts = {"name": abridged(name, language, 60), "day": as_of.isoformat()}
        _table(
            report,
            CUSTOMERS,
            report.say("{name} 的客户，截至 {day}。", **facts),
            _customers(report, own, known.customers),
        )
        _table(
            report,
            OVERDUE,
            report.say("{name} 的客户里约定交期已到、还没有收货的订单行，截至 {day}。", **facts),
            _overdue(report, late, own, as_of),
        )
        _table(
            report,
            CALLS,
            report.say("{name} 该联系的客户：A 级 30 天、B 级 60 天、其他 90 天没有往来，截至 {day}。", **facts),
            _calls(report, due, known.customers),
        )
        stamp = Stamp.of(contract, "personal", language)
        write_stamp(workbook, workbook.add_worksheet(META_SHEET), stamp, {"as_of": as_of.isoformat()}, [])
        workbook.set_properties(
            {"title": f"{name}", "author": "factory_crm", "created": datetime.combine(as_of, time())}
        )


def _table(report: Report, title: str, told: str, columns: list[Column]) -> None:
    page = report.page(title, theme.BRAND)
    rows = len(columns[0].values)
    head(page, page.title, told, len(columns) - 1, home=CUSTOMERS)
    set_columns(page, columns)
    write_table(page, columns)
    if not rows:
        page.text(FIRST_ROW, 0, report.say("√ 没有。"), report.style(font_color=theme.GOOD))
    set_up(page, rows=rows, columns=len(columns), frozen=3)


def _person(report: Report, rows: Sequence[Row], known: Mapping[str, Row]) -> list[Column]:
    def of(name: str) -> list[Any]:
        return [known.get(row["customer_id"], {}).get(name) for row in rows]

    return [
        Column(report.say("序号"), "count", 44, list(range(1, len(rows) + 1))),
        Column(report.say("客户编号"), "number", 80, [row["customer_id"] for row in rows]),
        Column(report.say("客户名称"), "text", 178, [named(report, row) for row in rows]),
        Column(report.say("联系人姓名"), "text", 80, of("contact")),
        Column(report.say("联系电话"), "text", 120, of("phone")),
    ]


def _customers(report: Report, rows: Sequence[Row], known: Mapping[str, Row]) -> list[Column]:
    return [
        *_person(report, rows, known),
        Column(report.say("价值等级"), "centre", 60, [report.say(row["value_class"]) for row in rows]),
        Column(report.say("生命周期"), "centre", 66, [report.say(row["lifecycle"]) for row in rows]),
        Column(report.say("订单金额(元)"), "money", 106, [yuan(row["amount_fen"] or 0) for row in rows]),
        Column(report.say("最近下单"), "day", 88, [only_day(row["last_order"]) for row in rows]),
        Column(report.say("下一步建议"), "text", 320, [report.say(row["next_step"]) for row in rows]),
    ]


def _overdue(report: Report, late: Sequence[Row], own: Sequence[Row], as_of: date) -> list[Column]:
    names = {row["customer_id"]: named(report, row) for row in own}
    return [
        Column(report.say("序号"), "count", 44, list(range(1, len(late) + 1))),
        Column(report.say("订单编号"), "number", 96, [row["order_id"] for row in late]),
        Column(report.say("行号"), "count", 50, [row["line"] for row in late]),
        Column(report.say("客户名称"), "text", 178, [names.get(row["customer_id"]) for row in late]),
        Column(report.say("产品型号"), "text", 90, [row["product"] for row in late]),
        Column(report.say("总金额(元)"), "money", 106, [None if row["amount"] is None else yuan(row["amount"]) for row in late]),
        Column(report.say("约定交期"), "day", 88, [only_day(row["due_on"]) for row in late]),
        Column(report.say("逾期天数"), "whole", 66, [(as_of - row["due_on"].date()).days for row in late]),
        Column(report.say("订单状态"), "centre", 80, [report.say(row["status"]) if row["status"] else None for row in late]),
    ]  # fmt: skip


def _calls(report: Report, due: Sequence[tuple[Row, date | None, int]], known: Mapping[str, Row]) -> list[Column]:
    return [
        *_person(report, [row for row, _, _ in due], known),
        Column(report.say("最近往来"), "day", 88, [last for _, last, _ in due]),
        Column(report.say("超过天数"), "whole", 66, [days for _, _, days in due]),
        Column(report.say("下一步建议"), "text", 320, [report.say(row["next_step"]) for row, _, _ in due]),
    ]
