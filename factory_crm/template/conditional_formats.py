"""Conditional formats of an entry sheet: colour the cells whose problems the row's message names."""

from ..i18n.translate import translate
from ..problems import codes
from ..problems.problem import column_letters
from ..xlsx import theme
from ..xlsx.backend import Format
from ..xlsx.formula import quote_text
from ..xlsx.writer import StrictWorksheet
from .formulas import unknown_text
from .live.cells import LiveProblem
from .live.checks import BAD, GOOD, PageCheck
from .page import CHECK_COLUMN, FIRST_ROW, EntryPage


def write_marks(sheet: StrictWorksheet, page: EntryPage, formats: theme.Formats, live: PageCheck) -> None:
    """Paint each cell that the row's words name, names that were not found, and the check."""
    first, last = FIRST_ROW - 1, page.last_row - 1
    grid = {"border": 1, "border_color": theme.GRID}  # only the first rule that holds paints, borders too

    def mark(place: int, condition: str, style: Format, *, stop: bool = False) -> None:
        options = {"type": "formula", "criteria": f"={condition}", "format": style, "stop_if_true": stop}
        sheet.conditional_format(first, place - 1, last, place - 1, options)

    for column in page.sheet.columns:
        place = page.place(column.name)
        looks: dict[str, list[str]] = {"missing": [], "bad": [], "warns": []}
        for item in live.items:
            if item.column == column:
                look = "missing" if item.code is codes.BLANK else "warns" if _warns(item) else "bad"
                looks[look].append(item.in_language(page.language) if look == "missing" else item.mark(page.language))
        styles = {"missing": formats.missing(), "bad": formats.bad(**grid), "warns": formats.missing()}
        for look, begun in looks.items():
            for words in dict.fromkeys(begun):
                mark(place, _has_word(page, words), styles[look], stop=True)
        if column.lookup:
            mark(place, f"{page.at(column.name)}={quote_text(unknown_text(page, column))}", formats.bad(**grid))
    mark(CHECK_COLUMN, f'$A{FIRST_ROW}="{GOOD}"', formats.good(**grid))
    mark(CHECK_COLUMN, f'$A{FIRST_ROW}="{BAD}"', formats.bad(**grid))
    lines = {"type": "formula", "criteria": "=TRUE", "format": formats.mark(**grid)}
    sheet.conditional_format(first, 0, last, page.message_column - 1, lines)


def _warns(item: LiveProblem) -> bool:
    return item.code.severity is codes.Severity.WARNING


def _has_word(page: EntryPage, words: str) -> str:
    """Return the condition that the message of the row has a problem that begins with these words."""
    between = translate("{problem}；", page.language, problem="")
    cell = f"${column_letters(page.message_column)}{FIRST_ROW}"
    return f"ISNUMBER(FIND({quote_text(between + words)},{quote_text(between)}&{cell}))"
