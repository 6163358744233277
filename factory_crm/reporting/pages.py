"""The further pages between the details and the sources: how they follow each other, and what each is written from."""

from collections.abc import Mapping

from .. import theme
from ..merging.merged import Merged
from ..metrics.results import Results
from .calculation import Sheet
from .contentment import TITLE as CONTENTMENT
from .contentment import write_contentment
from .facts import facts_of
from .flow import TITLE as FLOW
from .flow import write_flow
from .forecast import errors, likely
from .journey import TITLE as JOURNEY
from .journey import write_journey
from .live import Detail
from .performance import TITLE as PEOPLE
from .performance import write_people
from .structure import TITLE as STRUCTURE
from .structure import write_structure
from .todo import todos
from .todo_page import FORECAST, write_forecast, write_todos
from .todo_page import TITLE as TO_DO
from .writer import Page, Report

PAGES = (JOURNEY, STRUCTURE, FLOW, CONTENTMENT, FORECAST, PEOPLE, TO_DO)
"""Their titles, in their order."""


def add_pages(report: Report) -> Mapping[str, Page]:
    """Add the sheets where they are to stand; ``write_pages`` fills them once everything they name stands."""
    return {title: report.page(title, theme.SERIES[2]) for title in PAGES}


def write_pages(pages: Mapping[str, Page], sheet: Sheet, merged: Merged, results: Results, listed: Detail) -> None:
    """Write them all."""
    facts = facts_of(merged, results)
    write_journey(pages[JOURNEY], sheet, facts, results.settings)
    write_structure(pages[STRUCTURE], facts, merged)
    write_flow(pages[FLOW], sheet, results, facts)
    write_contentment(pages[CONTENTMENT], sheet, results, facts)
    write_forecast(pages[FORECAST], likely(facts), errors(facts), facts)
    write_people(pages[PEOPLE], sheet, listed, facts)
    write_todos(pages[TO_DO], todos(facts, results.settings), facts)
