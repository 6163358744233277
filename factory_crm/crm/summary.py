"""The summary workbook of the customer workbook: the generic one with the pages of the trade."""

from collections.abc import Sequence
from pathlib import Path

from ..i18n.translate import Language
from ..merge.result import MergeResult
from ..metrics.results import Results
from ..report.data import ROWS_A_SHEET, Mismatch
from ..report.page import Page
from ..report.pages.details import DetailPages
from ..report.summary import write_summary as write_generic
from ..schema.workbook import WorkbookSchema
from .pages import PAGES
from .pages.cards import live_figures

SUMMARY = "客户管理汇总"
"""What the summary is called."""


def write_summary(  # noqa: PLR0913 - what a summary is made from, each by its name
    path: Path,
    merged: MergeResult,
    results: Results,
    schema: WorkbookSchema,
    *,
    pages: Sequence[Page | DetailPages] = PAGES,
    language: Language = "zh",
    rows_a_sheet: int = ROWS_A_SHEET,
) -> tuple[Mismatch, ...]:
    """Write the summary of a merge to exactly that path; the same arguments always give the same parts.

    Returns the formulas that do not come to their figure, as ``report.summary.write_summary`` does.
    """
    return write_generic(
        path,
        merged,
        results,
        schema,
        pages=pages,
        live=live_figures,
        name=SUMMARY,
        language=language,
        rows_a_sheet=rows_a_sheet,
    )
