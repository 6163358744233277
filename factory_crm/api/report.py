"""What a check comes to: problems as data, accepted rows as instances or tables."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from ..i18n.translate import Language
from ..problems.problem import Problem
from ..reading.folder import WorkbookFile
from ..schema.model import Sheet
from ..schema.workbook import WorkbookSchema
from ..validation.files import killed_reader_result, validate_file
from ..validation.report import FileReport, verdict
from ..validation.workbook import WorkbookResult
from .checking import Progress, can_travel, each_result
from .inputs import Inputs, Workbooks, find

if TYPE_CHECKING:
    from ..schema.record.row import ValidatedRow

S = TypeVar("S", bound=Sheet)
Backend = Literal["pandas", "polars", "arrow"]


class ReportError(Exception):
    """Workbooks have errors or cannot be read; ``report`` says all of them."""

    def __init__(self, report: "Report") -> None:
        failing = [one for one in report.files if one.fails(strict=False)]
        lines = [f"{p.code.name} {p.location}: {p.message()}" for one in failing for p in one.problems]
        more = f"\n… {len(lines) - _SHOWN} more" if len(lines) > _SHOWN else ""
        super().__init__("\n".join([f"{len(failing)} of {len(report.files)} workbooks fail", *lines[:_SHOWN]]) + more)
        self.report = report


_SHOWN = 20


class CheckedWorkbook:
    """One checked workbook of a report."""

    def __init__(self, schema: WorkbookSchema, found: WorkbookFile, result: WorkbookResult) -> None:
        self.schema, self.found, self.result = schema, found, result
        self.verdict: FileReport = verdict(result)
        """The verdict: file, status, rows read by sheet, problems, quality."""

    @property
    def name(self) -> str:
        """What problems call the file."""
        return self.result.path

    @property
    def ok(self) -> bool:
        """Whether it could be read and has no errors."""
        return not self.verdict.fails(strict=False)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with it, in the order of sheets, rows and columns."""
        return self.result.problems

    def records(self, model: type[S]) -> list[S]:
        """Return the accepted rows of a sheet as instances of its model, in their order; what is not there is no row.

        Computed columns and defaults are filled, blanks are ``None``, and so are lookups: they repeat another table.
        Raises KeyError for a sheet that the schema has not, ValueError for a model with other columns than it has there.
        """
        sheet = self.schema.sheet(model.table)
        if [one.name for one in sheet.columns] != [one.name for one in model.columns]:
            raise ValueError(f"{model.__name__} has other columns than {model.table!r} was checked by")
        return [_instance(model, row.values) for row in self._accepted(model.table)]

    def placed(self, table: str) -> Iterator[tuple[Sequence[Any], tuple[str, str, int, str]]]:
        """Yield the values of each accepted row of a table, and where it stands: file, sheet, row, office."""
        for row in self._accepted(table):
            title = self.result.sheets[table].location.sheet
            yield row.values, (self.name, title, row.number, self.result.cover.office)

    def _accepted(self, table: str) -> "Iterator[ValidatedRow]":
        sheet = self.result.sheets.get(table)
        return (row for row in sheet.rows if not row.rejected_for) if sheet else iter(())


class Report:
    """What ``validate`` returns: one checked workbook a file, in the order of their names.

    ``report["a.xlsx"]`` is the workbook of that name; iterating gives all of them.
    """

    def __init__(self, schema: WorkbookSchema, workbooks: Workbooks, checked: Iterable[CheckedWorkbook]) -> None:
        self.schema = schema
        self.inputs = workbooks
        self.workbooks: tuple[CheckedWorkbook, ...] = tuple(checked)

    @cached_property
    def files(self) -> tuple[FileReport, ...]:
        """The verdict on each file: file, status, rows, problems, quality."""
        return tuple(one.verdict for one in self.workbooks)

    @property
    def ok(self) -> bool:
        """Whether every file could be read and has no errors; warnings and proposed fixes are none."""
        return all(one.ok for one in self.workbooks)

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """The problems of all files."""
        return tuple(problem for one in self.workbooks for problem in one.problems)

    def __getitem__(self, name: str) -> CheckedWorkbook:
        """Return the workbook that problems call so. Raises KeyError where there is none."""
        found = next((one for one in self.workbooks if one.name == name), None)
        if found is None:
            raise KeyError(name)
        return found

    def __iter__(self) -> Iterator[CheckedWorkbook]:
        """Give the workbooks one by one."""
        return iter(self.workbooks)

    def __len__(self) -> int:
        """Count the workbooks."""
        return len(self.workbooks)

    def records(self, model: type[S]) -> list[S]:
        """Return the accepted rows of a sheet in all files as instances of its model. Raises KeyError like a workbook's."""
        return [record for one in self.workbooks for record in one.records(model)]

    def frame(self, table: str, backend: Backend = "pandas") -> Any:
        """Return the accepted rows of a table in all files as a data frame; where each stands is in file, sheet, row, office.

        Lookups are left out. In pandas, numbers with decimals are floats and days are ``datetime64``; Arrow and Polars
        hold decimals exactly. Raises KeyError for a table that the schema has not, ImportError without the library.
        """
        from .frames import frame_of

        sheet = self.schema.sheet(table)
        return frame_of(sheet, (placed for one in self.workbooks for placed in one.placed(table)), backend)

    def to_dict(self, language: Language = "zh") -> dict[str, Any]:
        """Return what ``factory-crm validate --format json`` prints, by the published JSON Schema."""
        from ..validation.json_report import as_json

        return dict(as_json(self.files, language))

    def to_sarif(self, language: Language = "zh") -> dict[str, Any]:
        """Return a SARIF 2.1.0 log, which code hosts show beside the files."""
        from ..validation.sarif import as_sarif

        return as_sarif(self.files, language)

    def raise_for_errors(self, *, strict: bool = False) -> None:
        """Raise ReportError unless all is in order; ``strict`` counts warnings too."""
        if any(one.fails(strict=strict) for one in self.files):
            raise ReportError(self)


def validate(
    inputs: Inputs,
    schema: WorkbookSchema,
    *,
    passwords: str | Iterable[str] = (),
    jobs: int | None = None,
    progress: Progress | None = None,
) -> Report:
    """Check filled-in workbooks, which are only read; whatever a file holds is a problem of the report, never an exception.

    ``jobs``: how many processes to use, by default as many as are worth it; one where the schema stands in the session that
    runs, and not in a module that others can import.
    Raises FileNotFoundError where folders hold no workbook.
    """
    workbooks = find(inputs, passwords)
    jobs = jobs if can_travel(schema) else 1
    results = each_result(workbooks.files, partial(validate_file, schema=schema), jobs, progress)
    checked = (
        CheckedWorkbook(schema, found, result or killed_reader_result(found))
        for found, result in zip(workbooks.files, results, strict=True)
    )
    return Report(schema, workbooks, checked)


def _instance(model: type[S], values: Sequence[Any]) -> S:
    named: Mapping[str, Any] = model.record_layout.by_name(values)
    filled = {name for name, value in named.items() if value is not None}
    return model.model_construct(filled, **named)
