"""Writes the summary workbook of a merge: every page of a registry that applies to the schema, stamped as ours."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, time
from pathlib import Path

from ..i18n.translate import Language
from ..merge.result import MergeResult
from ..metrics.results import Results
from ..schema.stamp import META_SHEET, Stamp
from ..schema.workbook import WorkbookSchema
from ..template.stamp import write_stamp
from ..xlsx.writer import writing
from .data import ROWS_A_SHEET, LiveValue, Mismatch, ReportData, ReportTexts
from .page import Calculation, Content, Drawing, FrameTable, Page, Table, Tables
from .pages import PAGES
from .pages.changes import write_marks
from .pages.details import DetailPages
from .render.cells import SummaryReport
from .render.xlsx import Rendered, render

FIRST = 0
"""The place of the page that is made last, for it links to all others."""
_NO_DAY = date(2024, 1, 1)
PageRegistry = Sequence[Page | DetailPages]


def write_summary(  # noqa: PLR0913 - what a summary is made from, each by its name
    path: Path,
    merged: MergeResult,
    results: Results,
    schema: WorkbookSchema,
    *,
    pages: PageRegistry = PAGES,
    live: Callable[[ReportData], Mapping[str, LiveValue]] | None = None,
    name: str = "",
    language: Language = "zh",
    rows_a_sheet: int = ROWS_A_SHEET,
) -> tuple[Mismatch, ...]:
    """Write the summary of a merge to exactly that path; the same arguments always give the same parts.

    ``pages`` are in the order in which they are made; ``name`` stands at the foot of every page, else what the schema calls
    its workbook; ``live`` says which figures stand as formulas on cards. Returns the
    formulas that do not come to their figure: none, unless the program counts something in two ways.
    """
    data = ReportData(merged, results, schema, ReportTexts.of(language, schema), rows_a_sheet, live)
    sheets = built(data, pages)
    with writing(path, large=True) as workbook:
        report = SummaryReport(workbook, data.texts, name or schema.product)
        render(report, data, sheets)
        write_marks(report, data)
        meta = workbook.add_worksheet(META_SHEET)
        as_of = results.as_of or _NO_DAY  # the clock has no part in it
        write_stamp(workbook, meta, Stamp.of(schema, "summary", language), {"as_of": as_of.isoformat()}, [])
        workbook.set_properties({
            "title": report.name, "subject": data.translate("截至 {day}", day=as_of), "author": "factory_crm",
            "keywords": "factory_crm", "created": datetime.combine(as_of, time())})  # fmt: skip
    return tuple(data.mismatches)


def applying(data: ReportData, pages: PageRegistry) -> list[Page]:
    """Return the pages that the schema and the figures have; of two pages of one title, the first."""
    declared = [
        page
        for page in pages
        if isinstance(page, DetailPages)
        or (
            data.has(page.needs)
            and _has_all(page.figures, data.results.figures)
            and _has_all(page.frames, data.results.frames)
        )
    ]
    plain = [page for page in declared if isinstance(page, Page)]
    shown = {table for page in plain for table in page.shows}
    taken = {data.translate(page.title).casefold() for page in plain}
    taken |= {data.translate(sheet.detail_title).casefold() for sheet in data.schema.sheets if sheet.detail_title}
    chosen: dict[tuple[str, bool], Page] = {}
    for page in declared:
        for one in page.pages(data, shown, taken) if isinstance(page, DetailPages) else [page]:
            chosen.setdefault((data.title(one.title, one.first_number), one.own_sheet), one)
    return sorted(chosen.values(), key=lambda page: page.place == FIRST)  # it links to all others


def _has_all(names: Sequence[str], existing: Mapping[str, object]) -> bool:
    return all(name in existing for name in names)


def built(data: ReportData, pages: PageRegistry) -> list[Rendered]:
    """Return the sheets of the summary in the order in which they are written."""
    sheets: list[Rendered] = []
    for page in applying(data, pages):
        for number, content in enumerate(contents(data, page), page.first_number):
            title = data.title(page.title, number)
            if page.own_sheet and not page.hidden and number == page.first_number:
                data.add_title(title, page.place)
            data.exposed.update(content.exposes)
            sheets.append(Rendered(title, page.place, page.tab, content, page.hidden, page.own_sheet))
    charted = any(_stands_on_calculation(sheet.content) for sheet in sheets)
    return [sheet for sheet in sheets if charted or not isinstance(sheet.content, Calculation)]


def _stands_on_calculation(content: Content) -> bool:
    return (
        content.has_charts
        if isinstance(content, Drawing)
        else isinstance(content, Calculation) and bool(content.blocks)
    )


def contents(data: ReportData, page: Page) -> Iterator[Content]:
    """Yield what a page comes to: one content for each of its sheets."""
    content = page.content(data) if callable(page.content) else page.content
    match content:
        case None:
            return
        case Tables() | Drawing() | Calculation():
            yield content
        case _:
            parts = list(content)
            frames = [part for part in parts if isinstance(part, FrameTable)]
            if frames:
                yield Tables(data.translate(page.sentence), [_of_frame(data, part) for part in frames])
            yield from (part for part in parts if not isinstance(part, FrameTable))


def _of_frame(data: ReportData, table: FrameTable) -> Table:
    columns = data.columns_for(data.rows(table.frame), table.columns)
    return Table(columns, data.translate(table.empty), data.translate(table.title) if table.title else "", table.paints)
