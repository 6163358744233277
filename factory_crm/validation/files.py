"""A file that was found, checked, unless another in its folder stands for it."""

from ..problems import codes
from ..problems.problem import Location
from ..reading.folder import WorkbookFile
from ..schema.workbook import WorkbookSchema
from .workbook import WorkbookResult, validate_workbook


def validate_file(file: WorkbookFile, schema: WorkbookSchema) -> WorkbookResult:
    """Read and check a file; one that another stands for is only said to be passed over."""
    if file.superseded:
        return WorkbookResult(file.name, problems=(file.superseded,))
    return validate_workbook(file.path, schema, name=file.name, access=file.access)


def killed_reader_result(file: WorkbookFile) -> WorkbookResult:
    """Return what is told of a file whose reader was killed: that, and nothing of what it holds."""
    return WorkbookResult(file.name, problems=(codes.READER_KILLED(Location(file.name)),))
