"""Write a template: the empty workbook of a schema."""

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

from ..i18n.translate import Language, translate
from ..schema.stamp import META_SHEET, Stamp
from ..schema.workbook import WorkbookSchema
from ..xlsx.theme import SERIES, Formats
from ..xlsx.writer import StrictWorkbook, writing
from .cover import write_cover
from .entry import PageNavigation, write_entry
from .lists import TITLE as LISTS_TITLE
from .lists import write_counters, write_lists
from .live.checks import CHECK_SHEET, PageCheck, live_checks, write_checks
from .page import FIRST_ROW, HEADER_ROW, EntryPage, pages
from .records import PrefilledRows
from .self_check import TITLE as SELF_CHECK
from .self_check import write_self_check
from .stamp import write_stamp

_ALL = 1_000_000
_CREATED = datetime(2024, 1, 1)  # the same in every template, so that equal ones are equal files


def write_template(  # noqa: PLR0913 - all that a template may be given is given here
    path: Path,
    schema: WorkbookSchema,
    *,
    language: Language = "zh",
    rows: int | None = None,
    cover: Mapping[str, str] | None = None,
    filled: Mapping[str, PrefilledRows] | None = None,
    office: str = "",
    notes: Callable[[StrictWorkbook, Formats], None] | None = None,
) -> None:
    """Write the template of a schema to exactly that path; the same arguments always give the same parts.

    ``rows``: how many are prepared on each sheet, the schema's number by default · ``office``: filled in as 填报单位 ·
    ``cover``: what else is filled in there, by column name · ``filled``: the rows filled in already, by table ·
    ``notes``: adds a sheet of its own.
    Raises ValueError for fewer rows than one.
    """
    prepared = schema.prepared_rows if rows is None else rows
    if prepared < 1:
        raise ValueError(f"a template needs at least one row, not {prepared}")
    with writing(path) as workbook:
        values = {**({"office": office} if office else {}), **(cover or {})}
        _write(workbook, pages(schema, language, prepared), values, filled or {}, notes or _no_notes)


def _no_notes(workbook: StrictWorkbook, formats: Formats) -> None:
    """Add nothing."""


def _write(
    workbook: StrictWorkbook,
    every: tuple[EntryPage, ...],
    values: Mapping[str, str],
    filled: Mapping[str, PrefilledRows],
    notes: Callable[[StrictWorkbook, Formats], None],
) -> None:
    schema, language = every[0].schema, every[0].language
    formats, home = Formats(workbook), translate(schema.cover.title, language)
    product, footer = (
        translate(schema.product, language),
        translate("模板 v{version}", language, version=schema.version),
    )
    cover = workbook.add_worksheet(home)
    sheets = [workbook.add_worksheet(page.title) for page in every]
    review = workbook.add_worksheet(translate(SELF_CHECK, language))
    notes(workbook, formats)
    checks = live_checks(every)
    write_cover(cover, every, formats, values=values, footer=f"{product} {footer}")
    following = [*(page.title for page in every[1:]), translate(SELF_CHECK, language)]
    for number, (check, sheet) in enumerate(zip(checks, sheets, strict=True)):
        frame = PageNavigation(SERIES[number % len(SERIES)], f"{product} {footer}", home, following[number])
        write_entry(sheet, check, formats, frame, filled.get(check.plan.page.sheet.table, ()))
    write_self_check(review, checks, formats, home=home, footer=f"{product} {footer}")
    if any(filled.values()):
        for sheet, rows in ((cover, _ALL), (review, _ALL), *((sheet, HEADER_ROW) for sheet in sheets)):
            sheet.forget_results(rows)
    _write_hidden(workbook, every, checks, formats)
    workbook.set_properties({
        "title": product, "subject": footer, "author": "factory_crm", "category": translate("模板", language),
        "keywords": "factory_crm", "comments": translate("填完后各行显示 √ 再提交。", language), "created": _CREATED})  # fmt: skip
    cover.activate()


def _write_hidden(
    workbook: StrictWorkbook, every: tuple[EntryPage, ...], checks: tuple[PageCheck, ...], formats: Formats
) -> None:
    """Add the sheets that nobody fills: the choices, what the checks reckon, and the workbook's identity."""
    schema, language = every[0].schema, every[0].language
    lists, checked = workbook.add_worksheet(translate(LISTS_TITLE, language)), workbook.add_worksheet(CHECK_SHEET)
    meta = workbook.add_worksheet(META_SHEET)
    write_checks(workbook, checked, checks)
    write_lists(workbook, lists, schema, language, formats)
    free = write_stamp(
        workbook,
        meta,
        Stamp.of(schema, "template", language),
        {"rows": every[0].rows, "header_row": HEADER_ROW, "first_row": FIRST_ROW},
        [
            (schema.cover.table, translate(schema.cover.title, language)),
            *((page.sheet.table, page.title) for page in every),
        ],
    )
    write_counters(workbook, meta, free, schema, every)
