"""What sheets have to be to stand in one workbook; a mistake is said where the schema is made, not where it is used."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from .column_type import Choices, LiveCheck
from .sheet import DeclaredSheet

_CHOSEN = frozenset({LiveCheck.CHOICE, LiveCheck.MULTIPLE_CHOICE})


def lists_of_sheets(sheets: Iterable[type[DeclaredSheet]], lists: Mapping[str, Choices]) -> dict[str, Choices]:
    """Return the lists that sheets bring along and the schema does not give itself, by name.

    Raises ValueError where two sheets mean different values by one name.
    """
    brought: dict[str, Choices] = {}
    for sheet in sheets:
        for name in dict.fromkeys(column.choices for column in sheet.columns if column.choices in sheet.choice_lists):
            own = sheet.choice_lists[name]
            if name not in lists and brought.setdefault(name, own) != own:
                raise ValueError(
                    f"{sheet.__name__}: there is another list {name!r} with other values; give this one another name"
                )
    return brought


def require_sound(sheets: Iterable[type[DeclaredSheet]], lists: Mapping[str, Choices]) -> None:
    """Raise ValueError with all that is wrong with the sheets, one line each."""
    sheets = tuple(sheets)
    mistakes = [
        *(f"two sheets have the table {table!r}" for table in _repeated(sheet.table for sheet in sheets)),
        *(f"two sheets have the title {title!r}" for title in _repeated(sheet.title for sheet in sheets)),
        *(f"{sheet.__name__}: {mistake}" for sheet in sheets for mistake in _mistakes(sheet, lists)),
    ]
    if mistakes:
        raise ValueError("\n".join(mistakes))


def _mistakes(sheet: type[DeclaredSheet], lists: Mapping[str, Choices]) -> Iterator[str]:
    if not sheet.key():
        yield "no column has key=True; something has to tell its rows apart"
    for header in _repeated(column.header for column in sheet.columns):
        yield f"two columns have the header {header!r}"
    for column in sheet.columns:
        if column.choices and column.choices not in lists:
            yield f"{column.name}: no list is called {column.choices!r}"
        elif not column.choices and column.column_type.live in _CHOSEN:
            yield f"{column.name}: say by choices= which list it is chosen from"


def _repeated(names: Iterable[str]) -> list[str]:
    return [name for name, times in Counter(names).items() if times > 1]
