"""What only shows when a whole workbook is seen: repeated keys, strays, lines that disagree, echoes written over."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .. import codes
from ..codes import Code
from ..contract.contract import Contract
from ..contract.nearest import nearest_keys
from ..contract.sheet import Column, Sheet
from ..contract.spellings import narrow, shown
from ..problems import Place, Problem
from ..reading.headers import Layout
from ..words import Listed, Phrase, Word
from .rows import Row

Key = tuple[str, ...]
_HINTED = 200


@dataclass(frozen=True, slots=True)
class Checked:
    """One sheet of a workbook, its rows checked one by one."""

    sheet: type[Sheet]
    layout: Layout
    place: Place
    rows: tuple[Row, ...]
    wanted: int = 0
    """How many cells its rows should have filled (★☆)."""
    blanks: int = 0
    """How many of them are blank."""

    @property
    def key_indexes(self) -> list[int]:
        """Return where the parts of the key stand in a row."""
        return [i for i, column in enumerate(self.sheet.columns) if column.key]

    def value(self, row: Row, name: str) -> Any:
        """Return a row's value in a column."""
        return row.values[self.index(name)]

    def index(self, name: str) -> int:
        """Return where a column's values stand in a row."""
        return next(i for i, column in enumerate(self.sheet.columns) if column.name == name)

    def problem(self, code: Code, row: Row, name: str, **facts: Any) -> Problem:
        """Return a problem at the row's cell in a column."""
        at = self.layout.position(name)
        header = self.layout.headers.get(at) or Word(self.sheet.column(name).header)
        return Problem(code, Place(self.place.file, self.place.sheet, row.number, at), {"header": header, **facts})


def folded(number: object) -> str:
    """Return a number (编号) as it is compared: Excel does not tell ``cus1`` from ``CUS1`` either."""
    if type(number) is str:
        return number.casefold()
    return shown(number).casefold() if number is not None else ""  # type: ignore[arg-type]


def numbers(checked: Checked) -> dict[str, Row]:
    """Return the rows by the first column of their key; a rejected row still registers its number."""
    first = checked.index(checked.sheet.key()[0].name)
    return {folded(row.values[first]): row for row in reversed(checked.rows) if row.values[first] is not None}


def keys_of(checked: Checked) -> Iterator[Key]:
    """Yield the key of each row, made from its content where its number is blank; parts are folded."""
    made_from = [checked.index(name) for name in checked.sheet.key()[0].made_from]
    first, *others = checked.key_indexes
    for row in checked.rows:
        values = row.values
        if values[first] is None and made_from:
            content = "\x1f".join([folded(values[i]) for i in made_from])
            yield ("auto-" + hashlib.sha256(content.encode()).hexdigest()[:12],)
        else:
            yield (folded(values[first]), *[folded(values[i]) for i in others])


def repeated(checked: Checked) -> Iterator[tuple[Row, Problem]]:
    """Yield the rows whose key stands further up already."""
    seen: dict[Key, Row] = {}
    columns = checked.sheet.key()
    for row, key in zip(checked.rows, keys_of(checked), strict=True):
        if not all(key):
            continue
        first = seen.setdefault(key, row)
        if first is row:
            continue
        if checked.value(row, columns[0].name) is None:
            if not row.rejected_for:  # a bad number is no blank one
                yield row, checked.problem(codes.LOOKS_REPEATED, row, columns[0].made_from[0], first=first.number)
        else:
            line = next((column for column in columns if column.blank is not None), None)
            facts = {"line": Word(line.header)} if line else {}
            yield (
                row,
                checked.problem(
                    codes.LINE_REPEATED if line else codes.REPEATED,
                    row,
                    columns[0].name,
                    first=first.number,
                    **facts,
                    **_named(checked, columns, row),
                ),
            )


def _named(checked: Checked, columns: Sequence[Column], row: Row) -> dict[str, Any]:
    there = [column for column in columns if checked.layout.position(column.name)]
    return {
        "headers": " + ".join(checked.layout.headers[checked.layout.position(c.name)] for c in there),
        "value": " + ".join(shown(checked.value(row, c.name)) for c in there),
    }


def disagreeing(checked: Checked) -> Iterator[Problem]:
    """Yield the cells in which rows of one key part differ, such as two customers on one order."""
    for part, names in checked.sheet.same_for.items():
        header = Word(checked.sheet.column(part).header)
        for name in names:
            first: dict[str, Row] = {}
            numbers_at, at = checked.index(part), checked.index(name)
            for row in checked.rows:
                number, value = folded(row.values[numbers_at]), row.values[at]
                if not number or value is None:
                    continue
                other = first.setdefault(number, row)
                if other is not row and folded(other.values[at]) != folded(value):
                    yield checked.problem(
                        codes.DISAGREEING,
                        row,
                        name,
                        key=header,
                        value=shown(checked.value(row, part)),
                        first=other.number,
                        other=shown(checked.value(other, name)),
                    )


def strays(contract: Contract, checked: Checked, registered: Mapping[str, Mapping[str, Row]]) -> Iterator[Problem]:
    """Yield the references to a number that no row of the workbook registers; where a sheet is missing, nothing is said."""
    for column in checked.sheet.columns:
        known = registered.get(column.refers)
        if known is None:
            continue
        title = Word(contract.sheet(column.refers).title)
        at, hints = checked.index(column.name), _Hints(contract.sheet(column.refers), known)
        for row in checked.rows:
            number = row.values[at]
            if number is not None and folded(number) not in known:
                yield checked.problem(codes.STRAY, row, column.name, value=number, title=title, **hints[folded(number)])


def stray_lines(
    contract: Contract, checked: Checked, sheets: Mapping[str, Checked], registered: Mapping[str, Mapping[str, Row]]
) -> Iterator[Problem]:
    """Yield the line numbers (行号) that an order which is there has not."""
    for name, reference in checked.sheet.line_of.items():
        table = checked.sheet.column(reference).refers
        if table not in sheets:
            continue
        known, key = set(keys_of(sheets[table])), Word(checked.sheet.column(reference).header)
        facts = {"title": Word(contract.sheet(table).title), "key": key}
        at, number_at = checked.index(reference), checked.index(name)
        for row in checked.rows:
            number, line = row.values[at], row.values[number_at]
            if number is None or line is None or folded(number) not in registered[table]:
                continue
            if (folded(number), folded(line)) not in known:
                yield checked.problem(codes.STRAY_LINE, row, name, value=number, line=line, **facts)


class _Hints(dict[str, dict[str, Phrase]]):
    """What a stray number may have been meant as: looked for once a number, and only for the first of very many."""

    def __init__(self, sheet: type[Sheet], known: Mapping[str, Row]) -> None:
        self._known, self._at = known, sheet.columns.index(sheet.key()[0])

    def __missing__(self, number: str) -> dict[str, Phrase]:
        near = nearest_keys(number, self._known) if len(self) < _HINTED else []
        told = Listed(shown(self._known[key].values[self._at]) for key in near)
        self[number] = {"hint": Phrase("最接近的编号是 {nearest}", {"nearest": told})} if near else {}
        return self[number]


def overwritten_echoes(checked: Checked, target: Checked | None, registered: Mapping[str, Row]) -> Iterator[Problem]:
    """Yield the echoes (客户名称) over which another text was typed."""  # zh only
    if target is None or not target.sheet.label:
        return
    for row in (row for row in checked.rows if row.echoed):
        for name, written in row.echoed.items():
            echo = checked.sheet.column(name)
            owner = registered.get(folded(checked.value(row, echo.echoes)))
            label = shown(target.value(owner, target.sheet.label) or "") if owner else None
            if label and not _same_name(written, label):
                yield checked.problem(codes.OVERWRITTEN, row, name, value=written, after=label)


def _same_name(one: str, other: str) -> bool:
    """Whether two names differ in width, case and blanks at most."""
    return "".join(narrow(one).split()).casefold() == "".join(narrow(other).split()).casefold()
