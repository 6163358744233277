"""One small workbook a person (``--by 负责人``): their customers, their overdue lines, the calls that are due."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, NamedTuple

from ..crm.metrics.reminders import DELIVERY, REVISIT
from ..crm.pages.helper_columns import Row
from ..crm.pages.names import named
from ..crm.settings import Settings
from ..crm.summary import SUMMARY
from ..i18n.translate import Language, LazyText, translate
from ..merge.result import MergeResult
from ..metrics.results import Results
from ..report.data import ReportTexts, table_columns
from ..report.outcome import MergeOutcome
from ..report.page import PageColumn, Table, Tables
from ..report.render.cells import SummaryReport
from ..report.render.table_page import write_tables
from ..report.values import FrameRow, abridged, only_day, rows_of, yuan
from ..schema.stamp import META_SHEET, Stamp
from ..schema.workbook import WorkbookSchema
from ..storage.atomic import atomic_save
from ..template.stamp import write_stamp
from ..xlsx import theme
from ..xlsx.writer import writing

CUSTOMERS, OVERDUE, CALLS = "我的客户", "逾期未交", "该联系的客户"
NOBODY = LazyText("未指定负责人")
_FORBIDDEN = re.compile(r'[\x00-\x1f<>:"/\\|?*.]+')
_LONGEST_NAME = 40


def export_people(
    outcome: MergeOutcome, language: Language, inputs: Sequence[Path], target: Path
) -> Iterator[tuple[bool, str]]:
    """Write a workbook for each person into a folder beside ``target``, the summary."""
    if outcome.results is None:
        return
    people = write_people(target, inputs, outcome.merged, outcome.results, outcome.schema, language)
    if people:
        told = translate("√ 另有 {count} 份个人工作簿，在 {path}", language, count=len(people), path=people[0].parent)
        yield True, told


def write_people(
    output: Path,
    inputs: Sequence[Path],
    merged: MergeResult,
    results: Results,
    schema: WorkbookSchema,
    language: Language,
) -> tuple[Path, ...]:
    """Write the workbooks into a folder beside the summary; return their paths."""
    folder = output.with_name(translate("{name}_按负责人", language, name=output.stem))
    written = []
    known = _known(merged, results)
    for name, own in sorted(_by_owner(results, language).items()):
        path = folder / f"{_file_name(name)}.xlsx"
        with atomic_save(path, inputs=inputs, backup=False) as temporary:
            _write(temporary, name, own, known, schema, language)
        written.append(path)
    return tuple(written)


class _Known(NamedTuple):
    """What every workbook is written from, gathered once."""

    as_of: date
    settings: Settings
    customers: Mapping[str, Row]
    reminders: Mapping[str, Sequence[Row]]
    """By customer."""


def _known(merged: MergeResult, results: Results) -> _Known:
    reminders: dict[str, list[Row]] = defaultdict(list)
    for row in rows_of(results.frames["reminders"]):
        reminders[row["customer_id"]].append(row)
    columns = table_columns(merged, "customers")
    customers = {number: FrameRow(columns, at) for at, number in enumerate(columns["customer_id"])}
    return _Known(results.as_of or date(2024, 1, 1), results.settings, customers, reminders)


def _file_name(name: str) -> str:
    return _FORBIDDEN.sub("_", name).strip()[:_LONGEST_NAME] or "_"


def _by_owner(results: Results, language: Language) -> dict[str, list[Row]]:
    """Return each person's customers, those of one file name together."""
    found: dict[str, list[Row]] = defaultdict(list)
    same: dict[str, str] = {}
    for row in rows_of(results.frames["customers"]):
        owner = row["owner"] or NOBODY.in_language(language)
        found[same.setdefault(_file_name(owner).casefold(), owner)].append(row)
    return found


def _write(path: Path, name: str, own: list[Row], known: _Known, schema: WorkbookSchema, language: Language) -> None:
    as_of, settings = known.as_of, known.settings
    reminders = [one for row in own for one in known.reminders.get(row["customer_id"], ())]
    reminders.sort(key=lambda one: (one["due"], one["customer_id"]))
    late = [one for one in reminders if one["kind"] == DELIVERY and one["overdue"]]
    due = [one for one in reminders if one["kind"] == REVISIT]
    with writing(path) as workbook:
        report = SummaryReport(workbook, ReportTexts(language, {}), SUMMARY)
        facts = {"name": abridged(name, language, 60), "day": as_of.isoformat()}
        _table(
            report,
            CUSTOMERS,
            report.translate("{name} 的客户，截至 {day}。", **facts),
            _customers(report, own, known.customers),
        )
        _table(
            report,
            OVERDUE,
            report.translate("{name} 的客户里约定交期已过、还没有交付的订单，截至 {day}。", **facts),
            _overdue(report, late, own),
        )
        _table(
            report,
            CALLS,
            report.translate(
                "{name} 该联系的客户：A 级 {a} 天、B 级 {b} 天、C 级 {c} 天没有往来的，七天内到期的也列出，截至 {day}。",
                a=settings.revisit_a_days,
                b=settings.revisit_b_days,
                c=settings.revisit_c_days,
                **facts,
            ),
            _calls(report, due, own, known.customers),
        )
        stamp = Stamp.of(schema, "personal", language)
        write_stamp(workbook, workbook.add_worksheet(META_SHEET), stamp, {"as_of": as_of.isoformat()}, [])
        workbook.set_properties(
            {"title": f"{name}", "author": "factory_crm", "created": datetime.combine(as_of, time())}
        )


def _table(report: SummaryReport, title: str, told: str, columns: list[PageColumn]) -> None:
    table = Table(columns, report.translate("√ 没有。"), good_if_empty=True)
    write_tables(report.page(report.translate(title), theme.BRAND), Tables(told, (table,), frozen=3, home=CUSTOMERS))


def _person(report: SummaryReport, rows: Sequence[Row], known: Mapping[str, Row]) -> list[PageColumn]:
    def of(name: str) -> list[Any]:
        return [known.get(row["customer_id"], {}).get(name) for row in rows]

    return [
        PageColumn(report.translate("序号"), "count", 44, list(range(1, len(rows) + 1))),
        PageColumn(report.translate("客户编号"), "number", 80, [row["customer_id"] for row in rows]),
        PageColumn(report.translate("客户名称"), "text", 178, [named(report, row) for row in rows]),
        PageColumn(report.translate("联系人姓名"), "text", 80, of("contact")),
        PageColumn(report.translate("联系电话"), "text", 120, of("phone")),
    ]


def _customers(report: SummaryReport, rows: Sequence[Row], known: Mapping[str, Row]) -> list[PageColumn]:
    return [
        *_person(report, rows, known),
        PageColumn(report.translate("价值等级"), "centre", 60, [report.translate(row["value_class"]) for row in rows]),
        PageColumn(report.translate("生命周期"), "centre", 66, [report.translate(row["lifecycle"]) for row in rows]),
        PageColumn(report.translate("订单金额(元)"), "money", 106, [yuan(row["amount_fen"] or 0) for row in rows]),
        PageColumn(report.translate("最近下单"), "day", 88, [only_day(row["last_order"]) for row in rows]),
        PageColumn(report.translate("下一步建议"), "text", 320, [report.translate(row["next_step"]) for row in rows]),
    ]


def _overdue(report: SummaryReport, late: Sequence[Row], own: Sequence[Row]) -> list[PageColumn]:
    names = {row["customer_id"]: named(report, row) for row in own}
    return [
        PageColumn(report.translate("序号"), "count", 44, list(range(1, len(late) + 1))),
        PageColumn(report.translate("订单编号"), "number", 96, [row["number"] for row in late]),
        PageColumn(report.translate("客户名称"), "text", 178, [names.get(row["customer_id"]) for row in late]),
        PageColumn(report.translate("产品型号"), "text", 120, [row["detail"] for row in late]),
        PageColumn(report.translate("约定交期"), "day", 88, [only_day(row["due"]) for row in late]),
        PageColumn(report.translate("逾期天数"), "whole", 66, [row["days"] for row in late]),
    ]


def _calls(report: SummaryReport, due: Sequence[Row], own: Sequence[Row], known: Mapping[str, Row]) -> list[PageColumn]:
    customers = {row["customer_id"]: row for row in own}
    called = [customers[row["customer_id"]] for row in due]
    return [
        *_person(report, called, known),
        PageColumn(report.translate("该联系的日子"), "day", 88, [only_day(row["due"]) for row in due]),
        PageColumn(report.translate("没有往来的天数"), "whole", 66, [row["days"] for row in due]),
        PageColumn(report.translate("下一步建议"), "text", 320, [report.translate(row["next_step"]) for row in called]),
    ]
