"""The summary workbook: every sheet in its order, stamped as ours."""

from datetime import date, datetime, time
from pathlib import Path

from ..i18n.translate import Language, OwnText
from ..merge.previous import CONFLICTS, DUPLICATES
from ..merge.result import Merged
from ..report.formulas.cached import SheetTable
from ..report.formulas.calc_sheet import TITLE as CALCULATION
from ..report.formulas.calc_sheet import CalculationSheet
from ..report.money_scale import money_for
from ..report.pages.changes import TITLE as CHANGES
from ..report.pages.changes import write_changes, write_marks
from ..report.pages.conflicts import REJECTED, write_conflicts, write_rejected
from ..report.pages.definitions import TITLE as DEFINITIONS
from ..report.pages.definitions import write_definitions
from ..report.pages.duplicates import write_duplicates
from ..report.pages.quality import TITLE as QUALITY
from ..report.pages.quality import write_quality
from ..report.pages.sources import TITLE as SOURCES
from ..report.pages.sources import write_sources
from ..report.pages.submissions import TITLE as CALLING
from ..report.pages.submissions import write_calling
from ..report.render.cells import ROWS_A_SHEET, CachedFormula, SummaryReport, rows_of
from ..report.render.table import HOME
from ..schema.stamp import META_SHEET, Stamp
from ..schema.workbook import WorkbookSchema
from ..template.stamp import write_stamp
from ..xlsx import theme
from ..xlsx.writer import StrictWorkbook, writing
from .metrics.results import Results
from .pages import chart_data
from .pages.cards import live_figures
from .pages.customer_360 import TITLE as PORTRAIT
from .pages.customer_360 import write_portrait
from .pages.customers import TITLE as CUSTOMERS
from .pages.customers import write_customers
from .pages.dashboard import Series, write_dashboard
from .pages.details import TITLES, table_rows, write_details, write_own_sheets
from .pages.helper_columns import helper_inputs
from .pages.latest import EVENTS, write_latest
from .pages.registry import PageInputs, add_pages, titles, write_pages

_NO_DAY = date(2024, 1, 1)


def sheets(schema: WorkbookSchema) -> tuple[str, ...]:
    """Return the sheets that people see, in their order; a factory's own stand behind 反馈, 变化 stands behind the first where there was a summary before."""
    return (HOME, PORTRAIT, CUSTOMERS, *TITLES.values(), *titles(schema),
            CALLING, CONFLICTS, DUPLICATES, REJECTED, SOURCES, QUALITY, DEFINITIONS)  # fmt: skip


def write_summary(
    path: Path,
    merged: Merged,
    results: Results,
    schema: WorkbookSchema,
    *,
    language: Language = "zh",
    rows_a_sheet: int = ROWS_A_SHEET,
) -> None:
    """Write the summary of a merge to exactly that path; the same arguments always give the same parts."""
    with writing(path, large=True) as workbook:
        own = (word for choices in schema.choices.values() for word in choices.values if isinstance(word, OwnText))
        _write(workbook, SummaryReport(workbook, language, rows_a_sheet, own), merged, results, schema)


def _write(
    workbook: StrictWorkbook, report: SummaryReport, merged: Merged, results: Results, schema: WorkbookSchema
) -> None:
    customers = rows_of(results.frames["customers"])
    known = helper_inputs(results.as_of, customers, results.settings)
    home = report.page(HOME, theme.BRAND)
    write_changes(report, merged, schema)
    portrait = report.page(PORTRAIT, theme.SERIES[3])
    listing = report.page(CUSTOMERS, theme.SERIES[3])
    details = write_details(report, merged, schema, known)
    own = write_own_sheets(
        report, merged, schema, [report.translate(title) for title in (*sheets(schema), EVENTS, CALCULATION)]
    )
    registered = {row["customer_id"]: row for row in table_rows(merged, "customers")}
    listed = write_customers(listing, customers, registered, details)
    pages = add_pages(report, schema)
    write_calling(report, merged, schema)
    write_conflicts(report, merged, schema)
    write_duplicates(report, merged)
    write_rejected(report, merged, schema)
    write_sources(report, merged, schema)
    quality = report.page(QUALITY, theme.SERIES[4])
    definitions = report.page(DEFINITIONS, theme.SERIES[4])
    sheet = CalculationSheet(report, results, details)
    live = {
        name for name, value in live_figures(sheet, results).items() if isinstance(value, CachedFormula) and value.holds
    }
    write_definitions(definitions, results, live)
    charted = _series(sheet, results, customers, listed)
    sheet.months = charted.months
    write_portrait(portrait, sheet, listed, write_latest(report, results, known.numbers))
    write_pages(pages, PageInputs(sheet, results, merged, schema))
    write_quality(quality, results)
    shown = [report.translate(title) for title in (*([CHANGES] if merged.changes else []), *sheets(schema)[1:])]
    beyond = shown.index(report.translate(titles(schema)[0]))
    write_dashboard(home, results, merged, sheet, charted, [*shown[:beyond], *own, *shown[beyond:]])
    sheet.finish()
    write_marks(report, merged, schema)
    _identify(workbook, report, results, schema)


def _series(
    sheet: CalculationSheet, results: Results, customers: list[dict[str, object]], listed: SheetTable
) -> Series:
    amounts = [*results.frames["months"].get("amount_fen", ()), *(row["window_fen"] for row in customers)]
    money = money_for(max(amounts, default=0))
    return Series(
        months=chart_data.months(sheet, results, money), customers=chart_data.top_customers(sheet, customers, listed, money),
        lifecycle=chart_data.lifecycle(sheet, results, listed), scores=chart_data.scores(sheet, results),
        issues=chart_data.issues(sheet, results), states=chart_data.states(sheet, results), money=money)  # fmt: skip


def _identify(workbook: StrictWorkbook, report: SummaryReport, results: Results, schema: WorkbookSchema) -> None:
    """Say whose workbook this is and of when; the clock has no part in it."""
    meta = workbook.add_worksheet(META_SHEET)
    as_of = results.as_of or _NO_DAY
    write_stamp(workbook, meta, Stamp.of(schema, "summary", report.language), {"as_of": as_of.isoformat()}, [])
    workbook.set_properties({
        "title": report.translate("客户管理汇总"), "subject": report.translate("截至 {day}", day=as_of), "author": "factory_crm",
        "keywords": "factory_crm", "created": datetime.combine(as_of, time())})  # fmt: skip
