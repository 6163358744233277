"""Validate one file of a folder, unless another file supersedes it."""

from ..problems import codes
from ..problems.problem import Location
from ..reading.folder import WorkbookFile
from ..schema.workbook import WorkbookSchema
from .workbook import WorkbookResult, validate_workbook


def validate_file(file: WorkbookFile, schema: WorkbookSchema) -> WorkbookResult:
    """Return the result of validating a file; one that another supersedes has that as its only problem."""
    if file.superseded:
        return WorkbookResult(file.name, problems=(file.superseded,))
    return validate_workbook(file.path, schema, name=file.name, access=file.access)


def killed_reader_result(file: WorkbookFile) -> WorkbookResult:
    """Return the result of a file whose reading process was killed: that problem, and no content."""
    return WorkbookResult(file.name, problems=(codes.READER_KILLED(Location(file.name)),))
