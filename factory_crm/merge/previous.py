"""Read the previous summary: its records, its offices, and what people decided on its sheets."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from ..i18n.translate import LANGUAGES, translate
from ..problems import codes
from ..problems.problem import Location, Problem
from ..reading.grid import BrokenCell, Cell, GridRow
from ..reading.guard import Refused
from ..reading.headers import find_layout
from ..reading.limits import ReaderLimits
from ..reading.opening import open_workbook
from ..reading.reader import WorkbookReader
from ..schema.layout import SEARCHED_ROWS
from ..schema.model import Sheet
from ..schema.parsers.text import display_text
from ..schema.record.cell import CellValidator
from ..schema.workbook import WorkbookSchema
from ..validation.stamps import read_stamp
from .conflicts import Decision
from .result import Verdict

CONFLICTS, DUPLICATES, SOURCES = "冲突", "疑似重复", "数据来源"
MARKS = "_marks"
"""The hidden sheet that tells which cells of a customer changed, without telling what they hold."""
IDENTITY, CHOSEN, ORIGIN = "识别码", "选定", "来源文件"
VERDICTS: Mapping[Verdict, str] = {
    "first": "是同一家，用编号一",
    "second": "是同一家，用编号二",
    "different": "不是同一家",
}
FILE, OFFICE, STATUS, READ, MERGED = "文件", "填报单位", "状态", "读入行数", "已汇总"
_LIMITS = ReaderLimits(
    file_bytes=1 << 30, unpacked_bytes=8 << 30, part_bytes=4 << 30, cells=200_000_000, elements=1_000_000_000, seconds=1800,
    shared_strings=30_000_000, shared_characters=1 << 30,
)  # fmt: skip
"""A summary is as large as all its workbooks together, and it is ours."""
_FIRST_HEAD = 4

RecordKey = tuple[str, ...]
CellTexts = Mapping[str, str]


@dataclass(frozen=True)
class Previous:
    """What a summary tells the merge after it."""

    name: str
    records: Mapping[str, Mapping[RecordKey, CellTexts]] = field(default_factory=dict)
    """By table and key, the text of each column."""
    marks: Mapping[str, CellTexts] = field(default_factory=dict)
    """By number of a customer, the mark of each column."""
    offices: Mapping[str, int] = field(default_factory=dict)
    """Those that had handed in, and how many rows."""
    choices: Mapping[tuple[str, RecordKey], Decision] = field(default_factory=dict)
    verdicts: Mapping[str, Verdict] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


def read_previous(path: Path, schema: WorkbookSchema) -> Previous:
    """Read a summary. Raises ``Refused`` for a file that can't be read or is none."""
    with open_workbook(path, _LIMITS) as source:
        stamp = read_stamp(source)
        if stamp is None or stamp.kind != "summary":
            raise Refused(codes.NOT_A_SUMMARY(Location(str(path))))
        choices, unclear = _choices(source, path.name)
        return Previous(
            path.name,
            {
                table: dict(_lines(source, schema, schema.sheet(table), title))
                for table, title in schema.detail_titles().items()
            },
            dict(_marks(source)),
            _offices(source),
            choices,
            _verdicts(source),
            unclear,
        )


def _titled(source: WorkbookReader, title: str) -> str | None:
    names = {translate(title, language) for language in LANGUAGES}
    return next((info.name for info in source.sheets if info.name in names), None)


def _text(cell: Cell) -> str:
    return cell.value.text if isinstance(cell.value, BrokenCell) else display_text(cell.value)


def _table(source: WorkbookReader, title: str, headers: tuple[str, ...]) -> Iterator[tuple[int, CellTexts]]:
    """Yield the rows of a table below its fourth row, by header; headers are known in either language."""
    name = _titled(source, title)
    meant = {translate(header, language): header for language in LANGUAGES for header in headers}
    at: dict[int, str] = {}
    for row in source.grid(name).rows() if name else ():
        texts = {cell.column: _text(cell) for cell in row.cells}
        if row.number == _FIRST_HEAD:
            at = {column: meant[text] for column, text in texts.items() if text in meant}
        elif row.number > _FIRST_HEAD:
            yield row.number, {at[column]: text for column, text in texts.items() if column in at}


def _choices(source: WorkbookReader, file: str) -> tuple[dict[tuple[str, RecordKey], Decision], tuple[Problem, ...]]:
    decisions: dict[tuple[str, RecordKey], Decision] = {}
    unclear: dict[tuple[str, RecordKey], Problem] = {}
    for number, row in _table(source, CONFLICTS, (IDENTITY, CHOSEN)):
        version = re.search(r"[0-9]+", row.get(CHOSEN, ""))
        identity = _loaded(row.get(IDENTITY, ""))
        if not version or identity is None:
            continue
        table, parts, digests = identity
        key, at = (str(table), tuple(map(str, parts))), int(version[0]) - 1
        choice = Decision(digests[at], frozenset(digests)) if 0 <= at < len(digests) else None
        if choice is None or decisions.setdefault(key, choice) != choice:
            location = Location(file, CONFLICTS, number)
            unclear[key] = codes.UNCLEAR(location, key=" + ".join(key[1]))
    return {key: choice for key, choice in decisions.items() if key not in unclear}, tuple(unclear.values())


def _loaded(text: str) -> tuple[str, list[str], list[str]] | None:
    try:
        table, parts, digests = json.loads(text)
    except ValueError:
        return None
    return (table, parts, digests) if isinstance(parts, list) and isinstance(digests, list) else None


def _verdicts(source: WorkbookReader) -> dict[str, Verdict]:
    said = {translate(text, language): verdict for verdict, text in VERDICTS.items() for language in LANGUAGES}
    return {
        row[IDENTITY]: said[row[CHOSEN]]
        for _, row in _table(source, DUPLICATES, (IDENTITY, CHOSEN))
        if row.get(CHOSEN) in said and IDENTITY in row
    }


def _offices(source: WorkbookReader) -> dict[str, int]:
    merged = {translate(MERGED, language) for language in LANGUAGES}
    rows_by_office: dict[str, int] = {}
    for _, row in _table(source, SOURCES, (FILE, OFFICE, STATUS, READ)):
        if not row.get(FILE) or STATUS not in row:
            break  # the totals: below them stand other tables
        if row[STATUS] in merged:
            office = row.get(OFFICE) or Path(row[FILE]).stem
            rows_by_office[office] = rows_by_office.get(office, 0) + int(float(row.get(READ) or 0))
    return rows_by_office


def _lines(
    source: WorkbookReader, schema: WorkbookSchema, sheet: type[Sheet], title: str
) -> Iterator[tuple[RecordKey, CellTexts]]:
    name = _titled(source, title)
    if name is None:
        return
    rows = source.grid(name).rows()
    layout = find_layout(list(islice(rows, SEARCHED_ROWS)), sheet)
    if layout is None:
        return
    origin = next(
        (at for at, text in layout.headers.items() if text in {translate(ORIGIN, lang) for lang in LANGUAGES}), 0
    )
    judges = {column.name: CellValidator(column, schema.choices_of(column)) for column in sheet.columns}
    for row in source.grid(name).rows():
        if row.number > layout.header_row and any(cell.column == origin for cell in row.cells):
            texts = dict(_texts(row, {at: column.name for at, column in layout.columns.items()}, judges))
            key = tuple(texts.get(c.name, "" if c.default is None else str(c.default)).casefold() for c in sheet.key())
            if key[0]:
                yield key, texts


def _texts(row: GridRow, names: Mapping[int, str], judges: Mapping[str, CellValidator]) -> Iterator[tuple[str, str]]:
    for cell in row.cells:
        if name := names.get(cell.column):
            judged = judges[name](cell.value)
            yield name, _text(cell) if judged.invalid or judged.value is None else display_text(judged.value)


def _marks(source: WorkbookReader) -> Iterator[tuple[str, CellTexts]]:
    if all(info.name != MARKS for info in source.sheets):
        return
    names: dict[int, str] = {}
    for row in source.grid(MARKS).rows():
        texts = {cell.column: _text(cell) for cell in row.cells}
        if not names:
            names = texts
        elif 1 in texts:
            yield texts[1], {names[at]: text for at, text in texts.items() if at > 1 and at in names}
