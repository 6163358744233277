"""Write the list of what could not be transferred unchanged, on a sheet of the new workbook."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from ..i18n.translate import Language, LazyText, Translatable, to_text, translate
from ..problems.problem import Problem
from ..schema.layout import MIGRATION_LOG_TITLE
from ..xlsx.formula import link_to
from ..xlsx.theme import CANVAS, LINE, MUTED, Formats, letters_pixels, pixels
from ..xlsx.writer import StrictWorkbook

TITLE = MIGRATION_LOG_TITLE
LEFT, UNCHANGED, RENAMED, REWRITTEN = KINDS = tuple(map(LazyText, ("未带入", "原样带入，待改", "改了名称", "已改写")))
"""What became of it: it stands on this sheet only, it stands there as it was, it is called otherwise, it reads otherwise."""
HEADER_ROW = 4
"""Of the sheet, counted from 1."""
_HEADS = ("情况", "原来的位置", "列", "原来的内容", "现在的内容", "现在的位置", "说明")
_CHARACTERS = (18, 22, 20, 40, 28, 22, 62)
_PURPOSE = "旧工作簿「{file}」没有改动。写着“未带入”的内容只保存在本表；其余都已在各表里。"
_PADDING, _LINE, _TALLEST = 24, 20, 500  # pixels
_LONGEST = 32_767  # characters of a cell
_MOST_LINKS = 60_000  # Excel takes 65,530 on a sheet


class NewCell(NamedTuple):
    """A cell of the new workbook."""

    sheet: str
    cell: str


class Note(NamedTuple):
    """One thing to know about the move."""

    kind: LazyText
    location: str
    """Where it stood: ``客户信息!H5``."""
    header: str
    before: str
    after: str | Translatable = ""
    why: str | Translatable = ""
    spot: NewCell | None = None
    """Where it stands now."""
    row: int = 0
    """Where it stood."""


@dataclass(frozen=True, slots=True)
class NoteProblem:
    """What a problem says, and how to mend it."""

    problem: Problem

    def in_language(self, language: Language) -> str:
        """Return both in that language."""
        what, remedy = self.problem.message(language), self.problem.hint(language)
        return translate("{what}；{remedy}", language, what=what, remedy=remedy) if remedy else what


def ordered(notes: Iterable[Note]) -> list[Note]:
    """Return the notes, what matters most ahead; otherwise as they came."""
    return sorted(notes, key=lambda note: KINDS.index(note.kind))


def write_notes(
    workbook: StrictWorkbook, formats: Formats, notes: Iterable[Note], file: str, language: Language
) -> None:
    """Add the sheet."""
    sheet = workbook.add_worksheet(translate(TITLE, language))
    sheet.hide_gridlines(2)
    for column, characters in enumerate(_CHARACTERS):
        sheet.set_column_pixels(column, column, letters_pixels(characters))
    sheet.set_row_pixels(0, 38)
    sheet.write_string(0, 0, translate(TITLE, language), formats.title())
    sheet.write_string(1, 0, translate(_PURPOSE, language, file=file), formats(font_color=MUTED))
    for column, head in enumerate(_HEADS):
        sheet.write_string(HEADER_ROW - 1, column, translate(head, language), formats.head())
    row = HEADER_ROW
    for note in (part for full_note in ordered(notes) for part in _parts(full_note)):
        _write(sheet, row, note, formats, language)
        row += 1
    sheet.freeze_panes(HEADER_ROW, 0)
    sheet.autofilter(HEADER_ROW - 1, 0, max(row - 1, HEADER_ROW), len(_HEADS) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEADER_ROW - 1)


def _parts(note: Note) -> Iterator[Note]:
    """A text that is too long for a cell takes several lines."""
    for start in range(0, max(len(note.before), 1), _LONGEST):
        yield note._replace(before=note.before[start : start + _LONGEST])


def _write(sheet: Any, row: int, note: Note, formats: Formats, language: Language) -> None:
    texts = (
        note.location,
        note.header,
        note.before,
        note_value(note.after, language),
        "",
        note_value(note.why, language),
    )
    body = formats.cell(text_wrap=True, indent=1, **({"bg_color": CANVAS} if note.kind == LEFT else {}))
    sheet.write_string(
        row, 0, note.kind.in_language(language), formats.cell(bold=note.kind in (LEFT, UNCHANGED), align="center")
    )
    lines = max(
        -(-pixels(text) // (letters_pixels(wide) - _PADDING)) for text, wide in zip(texts, _CHARACTERS[1:], strict=True)
    )
    sheet.set_row_pixels(row, min(_LINE * lines, _TALLEST))
    for column, text in enumerate(texts, 1):
        sheet.write_string(row, column, text[:_LONGEST], body)
    if note.spot and row < _MOST_LINKS:
        link = formats.link(border=1, border_color=LINE, indent=1)
        sheet.write_url(row, len(texts) - 1, link_to(*note.spot), link, f"{note.spot.sheet}!{note.spot.cell}")


def note_value(text: str | Translatable, language: Language) -> str:
    """Return a text in that language, where it knows one."""
    return to_text(text, language, str)
