"""A merge and the one after it: a summary is written, people choose on it, the next merge reads it."""

from pathlib import Path
from typing import Any

from factory_crm.crm import schema as standard
from factory_crm.crm.metrics.registry import compute
from factory_crm.crm.summary import write_summary
from factory_crm.engine.engines import LocalEngine
from factory_crm.i18n.translate import Language
from factory_crm.merge.merge import MergeOptions, merge, reconciles
from factory_crm.merge.previous import Previous, read_previous
from factory_crm.merge.result import MergeResult
from factory_crm.reading.folder import WorkbookFile
from tests.report.builders import loaded


def merged(*paths: Path, previous: Previous | None = None, **wishes: Any) -> MergeResult:
    result = merge(
        [WorkbookFile(path, path.name) for path in paths],
        standard(),
        LocalEngine(),
        options=MergeOptions(previous=previous, **wishes),
    )
    assert reconciles(result)
    return result


def written(result: MergeResult, path: Path, language: Language = "zh") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    write_summary(path, result, compute(result.tables, result.as_of), standard(), language=language)
    return path


def chosen(path: Path, sheet: str, choices: dict[int, str], header: str = "选定") -> Previous:
    """Choose on a summary as people do, save it with another program, and read it as the next merge does."""
    book = loaded(path)
    page = book[sheet]
    at = next(cell.column for cell in page[4] if cell.value == header)
    for row, text in choices.items():
        page.cell(row, at).value = text
    changed = path.with_name("chosen.xlsx")
    book.save(changed)
    return read_previous(changed, standard())


def again(path: Path) -> Previous:
    return read_previous(path, standard())


def rows(result: MergeResult, table: str, *names: str) -> list[tuple[Any, ...]]:
    return result.tables[table].select(*names).collect().rows()
