"""Work on many workbooks, in as many processes as are worth it."""

import pickle
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from ..engine.engines import local_engine
from ..reading.folder import WorkbookFile
from ..schema.workbook import WorkbookSchema

Progress = Callable[[int, int, str], None]
"""Called after each file: how many are done, how many there are, the name of this one."""
R = TypeVar("R")


def each_result(
    files: Sequence[WorkbookFile],
    work: Callable[[WorkbookFile], R],
    jobs: int | None = None,
    progress: Progress | None = None,
) -> Iterator[R | None]:
    """Yield what the function makes of each file, in order; ``None`` for one that kills the process that reads it."""
    with local_engine(len(files), jobs) as engine:
        for done, (file, result) in enumerate(zip(files, engine.each(work, files), strict=True), 1):
            yield result
            if progress:
                progress(done, len(files), file.name)


def can_travel(schema: WorkbookSchema) -> bool:
    """Whether other processes can have the schema: not where its sheets or checks stand in the session that runs."""
    try:
        return b"__main__" not in pickle.dumps(schema)
    except (pickle.PicklingError, AttributeError, TypeError):
        return False
