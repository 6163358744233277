"""What is different from the summary before: lines new, changed, vanished; alarms; who has not handed in."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import PurePath
from typing import Any

from .. import codes
from ..contract.contract import Contract
from ..contract.sheet import Column, Sheet
from ..problems import Place, Problem
from ..words import Word
from .conflicts import key_text, shown_cell
from .lines import Line, Origin
from .merged import Change, Changes, Duty
from .previous import DETAILS, Key, Previous

_UNUSUAL, _ENOUGH = 0.3, 10
"""Share of the lines, filled both times, whose cell in one column changed at once; and how many such lines tell anything."""
_SAME_CONTENT = 0.8
_MARK = 4
"""Hex digits of a mark: enough to see a change, too few to find a phone number by trying."""


def mark(number: str, column: str, text: str) -> str:
    """Return the mark of a customer's cell: it changes with the text and does not tell it."""
    return hashlib.sha256(f"{number}\x1f{column}\x1f{text}".encode()).hexdigest()[:_MARK] if text else ""


def marked(sheet: type[Sheet]) -> list[Column]:
    """Return the columns of a customer that are marked."""
    return [column for column in sheet.columns if not (column.key or column.automatic)]


def changes(
    contract: Contract,
    lines: Sequence[Line],
    previous: Previous,
    duties: Iterable[Duty],
    left_out: Collection[tuple[str, Key]] = (),
) -> Changes:
    """Compare the lines that count with those of the summary before; ``left_out`` are there and do not count."""
    found: list[Change] = []
    compared: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for sheet in contract.sheets:
        of_table = [line for line in lines if line.table == sheet.table]
        if sheet.label:
            before: dict[Key, Mapping[str, str]] = {
                (number.casefold(),): texts for number, texts in previous.marks.items()
            }
            found += _compared(sheet, of_table, before, compared, marks=True)
        elif sheet.table in DETAILS:
            found += _compared(sheet, of_table, previous.lines.get(sheet.table, {}), compared, marks=False)
    alarms = [alarm for key, cells in sorted(compared.items()) if (alarm := _alarm(contract, key, cells))]
    missing = [
        Problem(codes.OFFICE_MISSING, Place(previous.name), {"office": duty.office, "rows": rows})
        for duty in duties
        if not duty.sent and (rows := previous.offices.get(duty.office, 0))
    ]
    told = (c._replace(kind="out") if c.kind == "vanished" and (c.table, c.parts) in left_out else c for c in found)
    return Changes(previous.name, tuple(told), (*missing, *alarms))


def _compared(
    sheet: type[Sheet],
    lines: Iterable[Line],
    before: Mapping[Key, Mapping[str, str]],
    compared: dict[tuple[str, str], list[tuple[str, str]]],
    *,
    marks: bool,
) -> Iterator[Change]:
    seen: set[Key] = set()
    columns = [(i, column) for i, column in enumerate(sheet.columns) if not (column.key or column.automatic)]
    for line in sorted(lines, key=lambda line: (line.key, line.place)):
        seen.add(line.key)
        key = key_text(sheet, line)
        old = before.get(line.key)
        if old is None:
            yield Change(sheet.table, "new", key, line.place)
            continue
        changed: list[tuple[Column, str, str]] = []
        for i, column in columns:
            text = shown_cell(line.cells[i])
            now = mark(line.key[0], column.name, text) if marks else text
            was = old.get(column.name, "")
            if was and now:
                compared[sheet.table, column.name].append((_plain(was), _plain(now)))
            if _plain(was) != _plain(now):
                changed.append((column, was, text))
        if changed:
            headers, befores, afters = zip(*((column.header, was, now) for column, was, now in changed), strict=True)
            told = tuple(None if was else "" for was in befores) if marks else befores
            yield Change(sheet.table, "changed", key, line.place, headers, told, afters)
    for gone, old in sorted(before.items()):
        if gone not in seen:
            named = [old.get(column.name) or part for column, part in zip(sheet.key(), gone, strict=False)]
            yield Change(sheet.table, "vanished", " + ".join(named), None, parts=gone)


def _plain(text: str) -> str:
    """Return a text as it is compared: ``2.50`` is ``2.5``, and blanks don't count."""
    told = "".join(text.split())
    if "." in told and told.replace(".", "", 1).lstrip("-").isdigit():
        return told.rstrip("0").rstrip(".")
    return told


def _alarm(contract: Contract, key: tuple[str, str], cells: Sequence[tuple[str, str]]) -> Problem | None:
    """An unusual share of a column changed at once. Steps and states change all the time; days and names do not."""
    sheet = contract.sheet(key[0])
    column = sheet.column(key[1])
    changed = [(was, now) for was, now in cells if was != now]
    if len(cells) < _ENOUGH or len(changed) < _UNUSUAL * len(cells):
        return None
    were, are = Counter(was for was, _ in changed), Counter(now for _, now in changed)
    shuffled = not sheet.label and (were & are).total() >= _SAME_CONTENT * len(changed)
    if column.choices and not shuffled:
        return None
    code = codes.ONLY_SORTED if shuffled else codes.ALL_CHANGED
    facts: dict[str, Any] = {"title": Word(sheet.title), "header": Word(column.header), "changed": len(changed)}
    return Problem(code, Place(sheet.title), facts if shuffled else {**facts, "compared": len(cells)})


def duties(contract: Contract, origins: Iterable[Origin], previous: Previous | None) -> tuple[Duty, ...]:
    """Return who was expected or has handed in: those of the summary before, of factory.toml, and of the files."""
    found = {office: Duty(office) for office in (*_named(contract), *(previous.offices if previous else ()))}
    for origin in origins:
        if origin.status == "skipped":
            continue
        office = origin.office or _guessed(origin.file, found)
        duty = found.get(office, Duty(office))
        counts = origin.counts.values()
        merged = origin.status == "merged"
        found[office] = duty._replace(
            files=(*duty.files, origin.file),
            period=origin.period if merged else duty.period,
            read=duty.read + (sum(c.read.rows for c in counts) if merged else 0),
            rejected=duty.rejected + (sum(c.rejected.rows for c in counts) if merged else 0),
            unreadable=(duty.unreadable or not duty.files) and origin.status == "unreadable",
        )
    return tuple(sorted(found.values(), key=lambda duty: (duty.sent, duty.office)))


def _named(contract: Contract) -> list[str]:
    return [office.name for office in contract.offices]


def _guessed(file: str, known: Iterable[str]) -> str:
    """Return whose file it is where it does not say so: the office whose name stands in its name, else the file's name."""
    stem = PurePath(file).stem
    return max((office for office in known if office and office in file), key=len, default=stem)
