"""Checks across rows and sheets: duplicate keys, unknown references, inconsistent rows, overwritten lookups."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple

from ..i18n.translate import LazyFormat, LazyText, TextList
from ..problems import codes
from ..problems.declare import ColumnCode, P
from ..problems.problem import Location, Problem
from ..schema.column import Column
from ..schema.model import Sheet
from ..schema.parsers.suggest import nearest_keys
from ..schema.parsers.text import display_text, to_halfwidth
from ..schema.record.header_layout import HeaderLayout
from ..schema.record.not_records import key_texts
from ..schema.record.row import ValidatedRow
from ..schema.workbook import WorkbookSchema

RowKey = tuple[str, ...]
_HINTED, _REMEMBERED = 200, 10_000


class SheetResult(NamedTuple):
    """One sheet of a workbook, its rows checked one by one."""

    sheet: type[Sheet]
    layout: HeaderLayout
    location: Location
    rows: tuple[ValidatedRow, ...]
    expected_cells: int = 0
    """How many cells its rows should have filled (★☆)."""
    blanks: int = 0
    """How many of them are blank."""

    def value(self, row: ValidatedRow, name: str) -> Any:
        """Return a row's value in a column."""
        return row.values[self.sheet.record_layout.index[name]]

    def problem(
        self, code: ColumnCode[P], row: ValidatedRow, name: str, /, *args: P.args, **params: P.kwargs
    ) -> Problem:
        """Return a problem at the row's cell in a column."""
        at = self.layout.position(name)
        header = self.layout.headers.get(at) or LazyText(self.sheet.column(name).header)
        location = Location(self.location.file, self.location.sheet, row.number, at)
        return code.at(location, header, *args, **params).about(
            self.sheet.table, name, key_texts(self.sheet, row.values)
        )


class NormalizedColumns(dict[str, list[str]]):
    """The values of one sheet's columns as they are compared, by the column's name; worked out where they are asked for."""

    def __init__(self, checked: SheetResult) -> None:
        super().__init__()
        self.checked = checked

    def __missing__(self, name: str) -> list[str]:
        at = self.checked.sheet.record_layout.index[name]
        values = [row.values[at] for row in self.checked.rows]
        # a key hardly comes twice
        fold = normalize_id if self.checked.sheet.columns[at].key else _NormalizedIds().__getitem__
        normalized = self[name] = list(map(fold, values))
        return normalized

    @cached_property
    def keys_of_rows(self) -> list[RowKey]:
        """The key of each row, made from its content where its number is blank."""
        first, *others = self.checked.sheet.key()
        keys = list(zip(self[first.name], *(self[column.name] for column in others), strict=True))
        at = self.checked.sheet.record_layout.id
        blank = [i for i, row in enumerate(self.checked.rows) if row.values[at] is None] if first.key_from else ()
        for i in blank:
            content = "\x1f".join([self[name][i] for name in first.key_from])
            keys[i] = ("auto-" + hashlib.sha256(content.encode()).hexdigest()[:12],)
        return keys

    @cached_property
    def rows_by_id(self) -> dict[str, ValidatedRow]:
        """The rows by the first column of their key; a rejected row still registers its number."""
        named = zip(self[self.checked.sheet.key()[0].name], self.checked.rows, strict=True)
        by_id = dict(reversed(list(named)))
        by_id.pop("", None)
        return by_id


def normalize_id(number: Any) -> str:
    """Return a number (编号) as it is compared: Excel does not tell ``cus1`` from ``CUS1`` either."""
    text = number if isinstance(number, str) else "" if number is None else display_text(number)
    return text.casefold()


class _NormalizedIds(dict[Any, str]):
    """Folded values by what they were, most of the equal ones folded once."""

    def __missing__(self, value: Any) -> str:
        normalized = normalize_id(value)
        if len(self) < _REMEMBERED:
            self[value] = normalized
        return normalized


def keys_of(checked: SheetResult) -> list[RowKey]:
    """Return the key of each row, made from its content where its number is blank; parts are folded."""
    return NormalizedColumns(checked).keys_of_rows


def rows_by_id(checked: SheetResult) -> dict[str, ValidatedRow]:
    """Return the rows by the first column of their key, folded; a rejected row still registers its number."""
    return NormalizedColumns(checked).rows_by_id


def duplicate_keys(folds: NormalizedColumns) -> Iterator[tuple[ValidatedRow, Problem]]:
    """Yield the rows whose key stands further up already."""
    checked, columns = folds.checked, folds.checked.sheet.key()
    if len(set(folds[columns[0].name])) == len(checked.rows):
        return
    keys = folds.keys_of_rows
    if len(set(keys)) == len(keys):
        return
    seen: dict[RowKey, ValidatedRow] = {}
    for row, key in zip(checked.rows, keys, strict=True):
        if not all(key):
            continue
        first = seen.setdefault(key, row)
        if first is row:
            continue
        if checked.value(row, columns[0].name) is None:
            if not row.rejected_for:  # a bad number is no blank one
                yield row, checked.problem(codes.POSSIBLE_DUPLICATE, row, columns[0].key_from[0], first=first.number)
        else:
            line = next((column for column in columns if column.default is not None), None)
            facts = {"line": LazyText(line.header)} if line else {}
            yield (
                row,
                checked.problem(
                    codes.DUPLICATE_LINE if line else codes.DUPLICATE_KEY,
                    row,
                    columns[0].name,
                    first=first.number,
                    **facts,
                    **_named(checked, columns, row),
                ),
            )


def _named(checked: SheetResult, columns: Sequence[Column], row: ValidatedRow) -> dict[str, Any]:
    there = [column for column in columns if checked.layout.position(column.name)]
    return {
        "headers": " + ".join(checked.layout.headers[checked.layout.position(c.name)] for c in there),
        "value": " + ".join(display_text(checked.value(row, c.name)) for c in there),
    }


def inconsistent_rows(columns: NormalizedColumns) -> Iterator[Problem]:
    """Yield the cells in which rows of one key part differ, such as two customers on one order."""
    checked = columns.checked
    for part, names in checked.sheet.consistent_within.items():
        header, parts = LazyText(checked.sheet.column(part).header), columns[part]
        for name in names if len(set(parts)) < len(parts) else ():
            first: dict[str, int] = {}
            values = columns[name]
            for i, (number, value) in enumerate(zip(parts, values, strict=True)):
                other = first.setdefault(number, i) if number and value else i
                if values[other] != value:
                    row, above = checked.rows[i], checked.rows[other]
                    yield checked.problem(
                        codes.INCONSISTENT,
                        row,
                        name,
                        key=header,
                        value=display_text(checked.value(row, part)),
                        first=above.number,
                        other=display_text(checked.value(above, name)),
                    )


def unknown_references(
    schema: WorkbookSchema, columns: NormalizedColumns, others: Mapping[str, NormalizedColumns]
) -> Iterator[Problem]:
    """Yield the references to a number that no row of the workbook registers; where a sheet is missing, nothing is said."""
    checked = columns.checked
    for column in checked.sheet.columns:
        if column.references not in others:
            continue
        registered, numbers = others[column.references].rows_by_id, columns[column.name]
        if not set(numbers) - registered.keys() - {""}:
            continue
        title = LazyText(schema.sheet(column.references).title)
        at, hints = checked.sheet.record_layout.index[column.name], _Hints(schema.sheet(column.references), registered)
        for row, number in zip(checked.rows, numbers, strict=True):
            if number and number not in registered:
                facts = {"value": row.values[at], "title": title, **hints[number]}
                yield checked.problem(codes.UNKNOWN_REFERENCE, row, column.name, **facts)


def unknown_lines(
    schema: WorkbookSchema, columns: NormalizedColumns, others: Mapping[str, NormalizedColumns]
) -> Iterator[Problem]:
    """Yield the line numbers (行号) that an order which is there has not."""
    checked = columns.checked
    for name, reference in checked.sheet.line_reference.items():
        table = checked.sheet.column(reference).references
        if table not in others:
            continue
        registered, key = set(others[table].keys_of_rows), LazyText(checked.sheet.column(reference).header)
        facts = {"title": LazyText(schema.sheet(table).title), "key": key}
        at, line_at = (checked.sheet.record_layout.index[one] for one in (reference, name))
        for row, number, line in zip(checked.rows, columns[reference], columns[name], strict=True):
            if line and number in others[table].rows_by_id and (number, line) not in registered:
                yield checked.problem(
                    codes.UNKNOWN_LINE, row, name, value=row.values[at], line=row.values[line_at], **facts
                )


class _Hints(dict[str, dict[str, LazyFormat]]):
    """What a stray number may have been meant as: looked for once a number, and only for the first of very many."""

    def __init__(self, sheet: type[Sheet], rows_by_id: Mapping[str, ValidatedRow]) -> None:
        self._rows_by_id, self._at = rows_by_id, sheet.record_layout.id

    def __missing__(self, number: str) -> dict[str, LazyFormat]:
        near = nearest_keys(number, self._rows_by_id) if len(self) < _HINTED else []
        names = TextList(display_text(self._rows_by_id[key].values[self._at]) for key in near)
        self[number] = {"hint": LazyFormat("最接近的编号是 {nearest}", {"nearest": names})} if near else {}
        return self[number]


def overwritten_lookups(columns: NormalizedColumns, others: Mapping[str, NormalizedColumns]) -> Iterator[Problem]:
    """Yield the echoes (客户名称) over which another text was typed."""  # zh only
    checked = columns.checked
    for row in (row for row in checked.rows if row.overwritten):
        for name, written in row.overwritten.items():
            reference = checked.sheet.column(name).lookup
            target = others.get(checked.sheet.column(reference).references)
            label = _display_text(target, checked.value(row, reference)) if target else ""
            if label and not _same_name(written, label):
                yield checked.problem(codes.OVERWRITTEN, row, name, value=written, after=label)


def _display_text(target: NormalizedColumns, number: object) -> str:
    """Return what people know the row of that number by, empty where there is none."""
    owner = target.rows_by_id.get(normalize_id(number))
    return display_text(target.checked.sheet.record_layout.display_value(owner.values) or "") if owner else ""


def _same_name(one: str, other: str) -> bool:
    """Whether two names differ in width, case and blanks at most."""
    return "".join(to_halfwidth(one).split()).casefold() == "".join(to_halfwidth(other).split()).casefold()
