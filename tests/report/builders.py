"""Small workbooks to merge, and summaries made from them."""

import warnings
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache, cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from lxml import etree
from openpyxl import Workbook, load_workbook

from factory_crm.crm import schema as standard
from factory_crm.crm.metrics.registry import compute
from factory_crm.crm.pages.cards import live_figures
from factory_crm.crm.settings import SalesTargets, Settings
from factory_crm.crm.summary import write_summary
from factory_crm.engine.engines import LocalEngine
from factory_crm.examples.data import offices
from factory_crm.i18n.translate import Language
from factory_crm.merge.merge import merge
from factory_crm.merge.result import MergeResult
from factory_crm.merge.tables import collect_tables
from factory_crm.metrics.results import Results
from factory_crm.reading.folder import find_workbooks
from factory_crm.report.data import Mismatch, ReportData, ReportTexts
from factory_crm.schema.workbook import WorkbookSchema
from tests.merge.builders import customer, feedback, order, service

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
Rows = Mapping[str, Sequence[Mapping[str, Any]]]


def loaded(path: Path, *, values: bool = False) -> Workbook:
    """Open a workbook with openpyxl, which warns that it does not know data bars of 2010."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        return load_workbook(path, data_only=values)


@dataclass(frozen=True)
class Summary:
    """A summary workbook, and what it was written from."""

    path: Path
    merged: MergeResult
    results: Results
    mismatches: tuple[Mismatch, ...] = ()

    @cached_property
    def _written(self) -> Workbook:
        return loaded(self.path)

    @cached_property
    def _shown(self) -> Workbook:
        return loaded(self.path, values=True)

    def data(self, language: Language = "zh", schema: WorkbookSchema | None = None) -> ReportData:
        """What its pages are made from."""
        whole = schema or standard()
        return ReportData(self.merged, self.results, whole, ReportTexts.of(language, whole), live=live_figures)

    def book(self) -> Workbook:
        return self._written

    def values(self) -> Workbook:
        return self._shown

    def parts(self) -> dict[str, bytes]:
        with zipfile.ZipFile(self.path) as file:
            return {name: file.read(name) for name in file.namelist()}

    def formulas(self, title: str) -> list[str]:
        return [cell.value for row in self.book()[title].iter_rows() for cell in row if cell.data_type == "f"]


def write_book(
    path: Path, rows: Rows, *, cover: Mapping[str, str] | None = None, further: Mapping[str, str] | None = None,
    schema: WorkbookSchema | None = None,
) -> Path:  # fmt: skip
    """Write plain tables under the schema's headers; ``further`` is an unknown column of 订单记录 with one text for each row."""
    schema, book = schema or standard("full"), Workbook()
    book.remove(book.worksheets[0])
    if cover:
        sheet = book.create_sheet(schema.cover.title)
        for name, value in cover.items():
            sheet.append([schema.cover.column(name).header, value])
    for table, lines in rows.items():
        sheet = book.create_sheet(schema.sheet(table).title)
        names = list(dict.fromkeys(name for line in lines for name in line))
        more = further or {} if table == "orders" else {}
        sheet.append([*(schema.sheet(table).column(name).header for name in names), *more])
        for line in lines:
            sheet.append([line.get(name) for name in names] + list(more.values()))
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    cell.data_type = "s"
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)
    return path


def summarised(
    paths: Sequence[Path],
    target: Path,
    language: Language = "zh",
    *,
    schema: WorkbookSchema | None = None,
    **options: int,
) -> Summary:
    """Merge the workbooks and write their summary."""
    whole = schema or standard()
    merged = merge(find_workbooks(paths), whole, LocalEngine())
    results = compute(merged.tables, merged.as_of, whole.extension(Settings),
                      calendar=whole.calendar, plan=whole.extension(SalesTargets).months, origins=merged.origins)  # fmt: skip
    merged = replace(merged, tables=collect_tables(whole, merged.tables))
    mismatches = write_summary(target, merged, results, whole, language=language, **options)
    return Summary(target, merged, results, mismatches)


_DAYS = [datetime(2023, 1, 10) + timedelta(days=30 * at) for at in range(18)]
_BUYERS = ("C1", "C2", "C3")
EVERY_SHEET: Rows = {
    "customers": [
        customer(number, f"{number}机械厂", owner=owner, industry="新能源", size="大型", birthday=datetime(1980, 6, 20))
        for number, owner in zip(_BUYERS, ("李四", "王五", "李四"), strict=True)
    ],
    "orders": [
        order(f"O{at}", _BUYERS[at % 3], ordered_on=day, due_on=day + timedelta(days=20), shipped_on=day + timedelta(days=10),
              received_on=day + timedelta(days=15 + at % 8), status="已完成", salesperson="李四", paid=10 * (at % 3),
              payment_due_on=day + timedelta(days=45))
        for at, day in enumerate(_DAYS)
    ],
    "services": [
        service(_BUYERS[at % 3], event=("投诉", "咨询", "售后服务")[at % 3], issue="交期", received_at=day + timedelta(hours=9),
                responded_at=day + timedelta(hours=10 + at), priority="中")
        for at, day in enumerate(_DAYS)
    ],
    "feedbacks": [
        feedback(_BUYERS[at % 3], given_on=day, score=1 + at % 5, issue=("产品质量", "服务", "价格")[at % 3], cause="排期")
        for at, day in enumerate(_DAYS)
    ],
    "order_steps": [
        {"order_id": f"O{at}", "step": step, "customer_id": _BUYERS[at % 3], "owner": "李四", "due_on": day, "done_on": day + timedelta(days=days)}
        for at, day in enumerate(_DAYS)
        for step, days in (("接单确认", 1), ("订单审核", 3))
    ],
    "opportunities": [
        {"opportunity_id": f"P{at}", "customer_id": _BUYERS[at % 3], "stage": stage, "amount": 1000 * (at + 1)}
        for at, stage in enumerate(("客户识别", "客户接触", "需求分析", "方案制定", "合同签订"))
    ],
    "sales_targets": [{"owner": "李四", "month": datetime(2024, 3, 1), "amount": 100}],
    "surveys": [
        {"customer_id": number, "answered_on": day, "quality": 4, "response": 3, "service": 5, "overall": 4, "recommendation": 9}
        for number, day in zip(_BUYERS, _DAYS[10:], strict=False)
    ],
    "loyalty": [
        {"customer_id": number, "given_on": _DAYS[10], "points": 500, "reason": "转介绍新客户"} for number in _BUYERS[:2]
    ],
    "trainings": [{"customer_id": "C1", "topic": "操作", "held_on": _DAYS[12], "people": 12, "before": 62, "after": 85}],
    "contact_logs": [
        {"customer_id": number, "held_at": _DAYS[14], "way": "拜访", "owner": "李四", "summary": "=介绍新产品"} for number in _BUYERS
    ],
    "tasks": [{"customer_id": "C1", "due_on": datetime(2024, 6, 30), "owner": "李四", "what": "寄送样品"}],
}  # fmt: skip
"""What a factory that fills every sheet hands in."""
_KEPT: list[TemporaryDirectory[str]] = []


@cache
def demo(language: Language = "zh") -> Summary:
    """The summary of the three invented factories, made once."""
    folder = TemporaryDirectory()
    _KEPT.append(folder)
    for office in offices():
        write_book(Path(folder.name, "in", f"{office.name}.xlsx"), office.rows, cover=office.cover)
    return summarised([Path(folder.name, "in")], Path(folder.name, "summary.xlsx"), language)


@cache
def full(language: Language = "zh") -> Summary:
    """The summary of one factory that fills the sheets of the full edition too, made once."""
    folder = TemporaryDirectory()
    _KEPT.append(folder)
    write_book(Path(folder.name, "in", "a.xlsx"), EVERY_SHEET, cover={"office": "一分厂"})
    return summarised([Path(folder.name, "in")], Path(folder.name, "s.xlsx"), language, schema=standard("full"))


def formula_cells(path: Path) -> Iterator[tuple[str, str, Any]]:
    """Yield sheet, cell and stored value of every formula; the value as number where it is one."""
    formulas, values = loaded(path), loaded(path, values=True)
    for sheet in formulas:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    yield sheet.title, cell.coordinate, values[sheet.title][cell.coordinate].value


def parsed(part: bytes) -> Any:
    return etree.fromstring(part)
