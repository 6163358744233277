"""What only shows when a whole workbook is seen: repeated keys, strays, lines that disagree, echoes written over."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple

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
_HINTED, _REMEMBERED = 200, 10_000


class Checked(NamedTuple):
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
        return row.values[self.slot(name)]

    def slot(self, name: str) -> int:
        """Return where a column's values stand in a row."""
        return next(i for i, column in enumerate(self.sheet.columns) if column.name == name)

    def problem(self, code: Code, row: Row, name: str, **facts: Any) -> Problem:
        """Return a problem at the row's cell in a column."""
        at = self.layout.position(name)
        header = self.layout.headers.get(at) or Word(self.sheet.column(name).header)
        return Problem(code, Place(self.place.file, self.place.sheet, row.number, at), {"header": header, **facts})


class Folds(dict[str, list[str]]):
    """The values of one sheet's columns as they are compared, by the column's name; worked out where they are asked for."""

    def __init__(self, checked: Checked) -> None:
        super().__init__()
        self.checked = checked

    def __missing__(self, name: str) -> list[str]:
        at = self.checked.slot(name)
        values = [row.values[at] for row in self.checked.rows]
        # a key hardly comes twice
        fold = folded if self.checked.sheet.columns[at].key else _Folded().__getitem__
        found = self[name] = list(map(fold, values))
        return found

    @cached_property
    def keys_of_rows(self) -> list[Key]:
        """The key of each row, made from its content where its number is blank."""
        first, *others = self.checked.sheet.key()
        keys = list(zip(self[first.name], *(self[column.name] for column in others), strict=True))
        at = self.checked.key_indexes[0]
        blank = [i for i, row in enumerate(self.checked.rows) if row.values[at] is None] if first.made_from else ()
        for i in blank:
            content = "\x1f".join([self[name][i] for name in first.made_from])
            keys[i] = ("auto-" + hashlib.sha256(content.encode()).hexdigest()[:12],)
        return keys

    @cached_property
    def numbers(self) -> dict[str, Row]:
        """The rows by the first column of their key; a rejected row still registers its number."""
        named = zip(self[self.checked.sheet.key()[0].name], self.checked.rows, strict=True)
        found = dict(reversed(list(named)))
        found.pop("", None)
        return found


def folded(number: Any) -> str:
    """Return a number (编号) as it is compared: Excel does not tell ``cus1`` from ``CUS1`` either."""
    text = number if isinstance(number, str) else "" if number is None else shown(number)
    return text.casefold()


class _Folded(dict[Any, str]):
    """Folded values by what they were, most of the equal ones folded once."""

    def __missing__(self, value: Any) -> str:
        found = folded(value)
        if len(self) < _REMEMBERED:
            self[value] = found
        return found


def keys_of(checked: Checked) -> list[Key]:
    """Return the key of each row, made from its content where its number is blank; parts are folded."""
    return Folds(checked).keys_of_rows


def numbers(checked: Checked) -> dict[str, Row]:
    """Return the rows by the first column of their key, folded; a rejected row still registers its number."""
    return Folds(checked).numbers


def repeated(folds: Folds) -> Iterator[tuple[Row, Problem]]:
    """Yield the rows whose key stands further up already."""
    checked, columns = folds.checked, folds.checked.sheet.key()
    if len(set(folds[columns[0].name])) == len(checked.rows):
        return
    keys = folds.keys_of_rows
    if len(set(keys)) == len(keys):
        return
    seen: dict[Key, Row] = {}
    for row, key in zip(checked.rows, keys, strict=True):
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


def disagreeing(folds: Folds) -> Iterator[Problem]:
    """Yield the cells in which rows of one key part differ, such as two customers on one order."""
    checked = folds.checked
    for part, names in checked.sheet.same_for.items():
        header, parts = Word(checked.sheet.column(part).header), folds[part]
        for name in names if len(set(parts)) < len(parts) else ():
            first: dict[str, int] = {}
            values = folds[name]
            for i, (number, value) in enumerate(zip(parts, values, strict=True)):
                other = first.setdefault(number, i) if number and value else i
                if values[other] != value:
                    row, above = checked.rows[i], checked.rows[other]
                    yield checked.problem(
                        codes.DISAGREEING,
                        row,
                        name,
                        key=header,
                        value=shown(checked.value(row, part)),
                        first=above.number,
                        other=shown(checked.value(above, name)),
                    )


def strays(contract: Contract, folds: Folds, others: Mapping[str, Folds]) -> Iterator[Problem]:
    """Yield the references to a number that no row of the workbook registers; where a sheet is missing, nothing is said."""
    checked = folds.checked
    for column in checked.sheet.columns:
        if column.refers not in others:
            continue
        known, numbers = others[column.refers].numbers, folds[column.name]
        if not set(numbers) - known.keys() - {""}:
            continue
        title = Word(contract.sheet(column.refers).title)
        at, hints = checked.slot(column.name), _Hints(contract.sheet(column.refers), known)
        for row, number in zip(checked.rows, numbers, strict=True):
            if number and number not in known:
                facts = {"value": row.values[at], "title": title, **hints[number]}
                yield checked.problem(codes.STRAY, row, column.name, **facts)


def stray_lines(contract: Contract, folds: Folds, others: Mapping[str, Folds]) -> Iterator[Problem]:
    """Yield the line numbers (行号) that an order which is there has not."""
    checked = folds.checked
    for name, reference in checked.sheet.line_of.items():
        table = checked.sheet.column(reference).refers
        if table not in others:
            continue
        known, key = set(others[table].keys_of_rows), Word(checked.sheet.column(reference).header)
        facts = {"title": Word(contract.sheet(table).title), "key": key}
        at, line_at = checked.slot(reference), checked.slot(name)
        for row, number, line in zip(checked.rows, folds[reference], folds[name], strict=True):
            if line and number in others[table].numbers and (number, line) not in known:
                yield checked.problem(
                    codes.STRAY_LINE, row, name, value=row.values[at], line=row.values[line_at], **facts
                )


class _Hints(dict[str, dict[str, Phrase]]):
    """What a stray number may have been meant as: looked for once a number, and only for the first of very many."""

    def __init__(self, sheet: type[Sheet], known: Mapping[str, Row]) -> None:
        self._known, self._at = known, sheet.columns.index(sheet.key()[0])

    def __missing__(self, number: str) -> dict[str, Phrase]:
        near = nearest_keys(number, self._known) if len(self) < _HINTED else []
        told = Listed(shown(self._known[key].values[self._at]) for key in near)
        self[number] = {"hint": Phrase("最接近的编号是 {nearest}", {"nearest": told})} if near else {}
        return self[number]


def overwritten_echoes(folds: Folds, others: Mapping[str, Folds]) -> Iterator[Problem]:
    """Yield the echoes (客户名称) over which another text was typed."""  # zh only
    checked = folds.checked
    for row in (row for row in checked.rows if row.echoed):
        for name, written in row.echoed.items():
            reference = checked.sheet.column(name).echoes
            target = others.get(checked.sheet.column(reference).refers)
            label = _label(target, checked.value(row, reference)) if target else ""
            if label and not _same_name(written, label):
                yield checked.problem(codes.OVERWRITTEN, row, name, value=written, after=label)


def _label(target: Folds, number: object) -> str:
    """Return what people know the row of that number by, empty where there is none."""
    owner, label = target.numbers.get(folded(number)), target.checked.sheet.label
    return shown(target.checked.value(owner, label) or "") if owner and label else ""


def _same_name(one: str, other: str) -> bool:
    """Whether two names differ in width, case and blanks at most."""
    return "".join(narrow(one).split()).casefold() == "".join(narrow(other).split()).casefold()
