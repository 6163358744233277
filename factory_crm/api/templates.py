"""Templates to fill in: blank, or with what an older workbook holds."""

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..i18n.translate import Language, translate
from ..migrate.log import Note
from ..migrate.migrate import TemplateJob, TemplateOutcome, make
from ..problems.code import Severity
from ..problems.problem import Problem
from ..reading.access import Passwords
from ..schema.workbook import WorkbookSchema
from ..storage.atomic import atomic_save
from ..template.workbook import write_template
from .inputs import One, Workbooks


def template(
    schema: WorkbookSchema,
    output: str | os.PathLike[str],
    *,
    rows: int | None = None,
    office: str = "",
    language: Language = "zh",
) -> Path:
    """Write a blank template and return its path; a folder as ``output`` gives it the product's name.

    ``rows``: how many are prepared on each sheet, by default as many as the schema says · ``office``: filled in as 填报单位.
    Raises NotSaved where it cannot be written, ValueError for an office that the schema does not list and for no rows.
    """
    require_office(schema, office)
    target = Path(output)
    if target.is_dir():
        name = "_".join(filter(None, (translate(schema.product, language), office)))
        target /= f"{name}.xlsx"
    with atomic_save(target) as temporary:
        write_template(temporary, schema, language=language, rows=rows, office=office)
    return target


def require_office(schema: WorkbookSchema, office: str) -> None:
    """Raise ValueError where offices are listed and it is none of them."""
    names = [one.name for one in schema.offices]
    if office and names and office not in names:
        raise ValueError(f"no office {office!r}; there are {', '.join(names)}")


@dataclass(frozen=True, slots=True)
class Migration:
    """What came of moving a workbook into a new template."""

    outcome: TemplateOutcome
    """All that is known of it: the old workbook as it was checked, rows moved and left by table."""

    @property
    def path(self) -> Path | None:
        """The new workbook; ``None`` where the old one could not be read, or has more rows than one can be prepared for."""
        return self.outcome.written

    @property
    def notes(self) -> tuple[Note, ...]:
        """What was left behind, changed or is wrong now; it stands on a sheet of the new workbook too."""
        return self.outcome.notes

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Why the old workbook could not be read."""
        fatal = tuple(problem for problem in self.outcome.book.problems if problem.severity is Severity.ERROR)
        return () if self.path or self.too_many else fatal

    @property
    def too_many(self) -> int:
        """Rows of the longest table, where those are too many."""
        return self.outcome.too_many


def migrate(  # noqa: PLR0913 - what may be asked of it, each by its name
    source: One,
    schema: WorkbookSchema | None,
    output: str | os.PathLike[str],
    *,
    editions: Sequence[WorkbookSchema] = (),
    earlier: Sequence[WorkbookSchema] = (),
    open_only: bool = False,
    rows: int | None = None,
    office: str = "",
    passwords: str | Iterable[str] = (),
    language: Language = "zh",
) -> Migration:
    """Write a new template that holds what a filled-in workbook holds; the old one is only read.

    A folder as ``output`` gives it the old one's name with 新 · ``editions``: where a trade has several, the smallest first:
    the last, which knows the most columns, reads the old workbook, and without a ``schema`` that decides which of them the
    new one is · ``earlier``: schemas that it may have been made from, so that columns that are gone are named ·
    ``open_only``: take along only what goes into the next period.
    Raises NotSaved where it cannot be written, Refused where the old one changes meanwhile, ValueError for neither schema nor
    editions, for several workbooks and for an office that is not listed.
    """
    known = {str(number): one for number, one in enumerate((*earlier, *((schema,) if schema else ())))}
    read_by = {one.edition: one for one in editions} or known
    if not (schema or editions):
        raise ValueError("a schema or editions are needed to move a workbook to")
    require_office(schema or editions[0], office)
    workbooks = Workbooks(source, passwords)
    if len(workbooks.files) != 1:
        raise ValueError(f"one workbook is moved at a time, not {len(workbooks.files)}")
    found, target = workbooks.files[0], Path(output)
    if target.is_dir():
        called = translate("{name}_新", language, name=found.path.stem)
        target /= "_".join(filter(None, (called, office))) + ".xlsx"
    job = TemplateJob(target, found.path, language, rows, office, open_only, Passwords(found.access.passwords))
    return Migration(make(job, schema, read_by, earlier))
