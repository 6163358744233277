"""The summary workbook: every sheet in its order, stamped as ours."""

from datetime import date, datetime, time
from pathlib import Path

from .. import theme
from ..contract.contract import Contract
from ..contract.stamp import META_SHEET, Stamp
from ..merging.merged import Merged
from ..metrics.results import Results
from ..template.stamp import write_stamp
from ..template.strict import StrictWorkbook, writing
from ..words import Language
from . import series
from .calculation import Sheet
from .cards import live_figures
from .customers import TITLE as CUSTOMERS
from .customers import write_customers
from .dashboard import Series, write_dashboard
from .definitions import TITLE as DEFINITIONS
from .definitions import write_definitions
from .details import TITLES, known_until, table_rows, write_details
from .doubts import CONFLICTS, REJECTED, write_conflicts, write_rejected
from .live import Detail
from .money import money_for
from .sources import TITLE as SOURCES
from .sources import write_sources
from .table import HOME
from .writer import Live, Report, rows_of

SHEETS = (HOME, CUSTOMERS, *TITLES.values(), SOURCES, CONFLICTS, REJECTED, DEFINITIONS)
"""The sheets that people see, in their order."""
_NO_DAY = date(2024, 1, 1)


def write_summary(
    path: Path, merged: Merged, results: Results, contract: Contract, *, language: Language = "zh"
) -> None:
    """Write the summary of a merge to exactly that path; the same arguments always give the same parts."""
    with writing(path) as workbook:
        _write(workbook, Report(workbook, language), merged, results, contract)


def _write(workbook: StrictWorkbook, report: Report, merged: Merged, results: Results, contract: Contract) -> None:
    customers = rows_of(results.frames["customers"])
    known = known_until(results.as_of, customers, results.settings.on_time_tolerance_days)
    home = report.page(HOME, theme.BRAND)
    listing = report.page(CUSTOMERS, theme.SERIES[3])
    details = write_details(report, merged, contract, known)
    registered = {row["customer_id"]: row for row in table_rows(merged, "customers")}
    listed = write_customers(listing, customers, registered, details)
    write_sources(report, merged, contract)
    write_conflicts(report, merged, contract)
    write_rejected(report, merged, contract)
    definitions = report.page(DEFINITIONS, theme.SERIES[4])
    sheet = Sheet(report, results, details)
    live = {name for name, value in live_figures(sheet, results).items() if isinstance(value, Live)}
    write_definitions(definitions, results, live)
    charted = _series(sheet, results, customers, listed)
    write_dashboard(home, results, merged, sheet, charted, [report.say(title) for title in SHEETS[1:]])
    sheet.finish()
    _identify(workbook, report, results, contract)


def _series(sheet: Sheet, results: Results, customers: list[dict[str, object]], listed: Detail) -> Series:
    amounts = [*results.frames["months"].get("amount_fen", ()), *(row["window_fen"] for row in customers)]
    money = money_for(max(amounts, default=0))
    return Series(
        months=series.months(sheet, results, money), customers=series.top_customers(sheet, customers, listed, money),
        lifecycle=series.lifecycle(sheet, results, listed), scores=series.scores(sheet, results),
        issues=series.issues(sheet, results), states=series.states(sheet, results), money=money)  # fmt: skip


def _identify(workbook: StrictWorkbook, report: Report, results: Results, contract: Contract) -> None:
    """Say whose workbook this is and of when; the clock has no part in it."""
    meta = workbook.add_worksheet(META_SHEET)
    as_of = results.as_of or _NO_DAY
    write_stamp(workbook, meta, Stamp.of(contract, "summary", report.language), {"as_of": as_of.isoformat()}, [])
    workbook.set_properties({
        "title": report.say("客户管理汇总"), "subject": report.say("截至 {day}", day=as_of), "author": "factory_crm",
        "keywords": "factory_crm", "created": datetime.combine(as_of, time())})  # fmt: skip
