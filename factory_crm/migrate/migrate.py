"""Migrate a filled workbook into the newest template, with everything in it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import NamedTuple

from ..i18n.translate import Language
from ..reading.access import Access, Passwords
from ..schema.workbook import WorkbookSchema
from ..storage.atomic import atomic_save
from ..template.workbook import write_template
from ..validation.workbook import WorkbookResult, validate_workbook
from .log import Note, write_notes
from .new_errors import new_problems
from .open_only import still_open
from .source import read_old
from .transfer import TransferredRows, transfer

MOST_ROWS = 20_000
"""Rows that one sheet of a template may be prepared for."""
_ROOM = 50
"""Rows that stay free at least."""


class TemplateJob(NamedTuple):
    """What is asked for."""

    output: Path
    old: Path
    """The workbook whose contents are wanted."""
    language: Language = "zh"
    rows: int | None = None
    office: str = ""
    open_only: bool = False
    passwords: Passwords = Passwords()
    """To try on the old workbook."""


@dataclass(frozen=True)
class TemplateOutcome:
    """What came of it."""

    book: WorkbookResult = field(default_factory=partial(WorkbookResult, ""))
    """The old workbook, checked."""
    written: Path | None = None
    """Nothing is written of a workbook that is refused."""
    transferred: TransferredRows = field(default_factory=TransferredRows)
    notes: tuple[Note, ...] = ()
    encrypted: bool = False
    """Whether it took a password to read the old workbook; the new one has none."""
    too_many: int = 0
    """Rows of the longest table where they are more than one workbook can be prepared for."""


def schema_of(book: WorkbookResult, schemas: Iterable[WorkbookSchema]) -> WorkbookSchema | None:
    """Return the schema that a workbook's stamp names, ``None`` for another version's and where there is no stamp."""
    return next((one for one in schemas if book.stamp and one.fingerprint == book.stamp.fingerprint), None)


def edition_of(
    book: WorkbookResult, own: WorkbookSchema | None, editions: Mapping[str, WorkbookSchema]
) -> WorkbookSchema:
    """Return the edition that a workbook belongs to: of the schema it was made from, else the smallest with its sheets."""
    if own:
        return editions[own.edition]
    every = list(editions.values())
    return next(
        (one for one in every if book.sheets.keys() <= {sheet.table for sheet in one.sheets}),
        every[-1],
    )


def make(
    task: TemplateJob,
    schema: WorkbookSchema | None,
    editions: Mapping[str, WorkbookSchema],
    earlier: Sequence[WorkbookSchema] = (),
) -> TemplateOutcome:
    """Write a template that holds what the old workbook holds; without a schema, that decides which of the editions it is.

    ``editions``: by their names, the smallest first; the old workbook is read by the last, which knows the most columns ·
    ``earlier``: other schemas it may have been made from. Raises NotSaved where it can't be written, Refused where the
    old one changes under our hands.
    """
    access = Access(task.passwords)
    old = read_old(task.old, list(editions.values())[-1], access)
    if old.book.skipped or not old.book.readable:
        return TemplateOutcome(old.book)
    was = schema_of(old.book, (*editions.values(), *earlier))
    new = schema or edition_of(old.book, was, editions)
    filled = transfer(old, new, task.language, still_open(old.book.sheets) if task.open_only else None)
    longest = max(map(len, filled.rows.values()), default=0)
    if longest > MOST_ROWS:
        return TemplateOutcome(old.book, too_many=longest)
    with atomic_save(task.output, inputs=(task.old,)) as temporary:
        write = partial(_write, temporary, task, new, filled)
        write(filled.notes)
        before = validate_workbook(task.old, was, access=access) if was else None
        arisen = tuple(new_problems(old, filled, before, validate_workbook(temporary, new)))
        if arisen:
            write((*filled.notes, *arisen))
    return TemplateOutcome(old.book, task.output, filled, (*filled.notes, *arisen), old.encrypted)


def _write(
    path: Path, task: TemplateJob, schema: WorkbookSchema, filled: TransferredRows, notes: tuple[Note, ...]
) -> None:
    cover = dict(filled.cover) | ({"office": task.office} if task.office else {})
    if task.open_only:  # the next period is another one
        cover.pop("period", None)
    write_template(
        path,
        schema,
        language=task.language,
        rows=max(task.rows or schema.prepared_rows, *(len(rows) + _ROOM for rows in filled.rows.values())),
        cover=cover,
        filled=filled.rows,
        notes=partial(write_notes, notes=notes, file=task.old.name, language=task.language) if notes else None,
    )
