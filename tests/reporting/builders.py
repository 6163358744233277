"""Small workbooks to merge, and summaries made from them."""

import warnings
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from lxml import etree
from openpyxl import Workbook, load_workbook

from factory_crm.contract.contract import standard
from factory_crm.engines import Here
from factory_crm.examples.data import offices
from factory_crm.merging.merge import merge
from factory_crm.merging.merged import Merged
from factory_crm.metrics.results import Results, compute
from factory_crm.reading.folder import find_workbooks
from factory_crm.reporting.workbook import write_summary
from factory_crm.words import Language

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
Rows = Mapping[str, Sequence[Mapping[str, Any]]]


def loaded(path: Path, *, values: bool = False) -> Workbook:
    """Open a workbook with openpyxl, which warns that it does not know data bars of 2010."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        return load_workbook(path, data_only=values)


@dataclass(frozen=True)
class Summary:
    """A summary workbook, and what it was written from."""

    path: Path
    merged: Merged
    results: Results

    def book(self) -> Workbook:
        return loaded(self.path)

    def values(self) -> Workbook:
        return loaded(self.path, values=True)

    def parts(self) -> dict[str, bytes]:
        with zipfile.ZipFile(self.path) as file:
            return {name: file.read(name) for name in file.namelist()}

    def formulas(self, title: str) -> list[str]:
        return [cell.value for row in self.book()[title].iter_rows() for cell in row if cell.data_type == "f"]


def write_book(
    path: Path, rows: Rows, *, cover: Mapping[str, str] | None = None, further: Mapping[str, str] | None = None
) -> Path:
    """Write plain tables under the contract's headers; ``further`` is an unknown column of 订单记录 with one text for each row."""
    contract, book = standard(), Workbook()
    book.remove(book.worksheets[0])
    if cover:
        sheet = book.create_sheet(contract.cover.title)
        for name, value in cover.items():
            sheet.append([contract.cover.column(name).header, value])
    for table, lines in rows.items():
        sheet = book.create_sheet(contract.sheet(table).title)
        names = list(dict.fromkeys(name for line in lines for name in line))
        more = further or {} if table == "orders" else {}
        sheet.append([*(contract.sheet(table).column(name).header for name in names), *more])
        for line in lines:
            sheet.append([line.get(name) for name in names] + list(more.values()))
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    cell.data_type = "s"
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)
    return path


def summarised(paths: Sequence[Path], target: Path, language: Language = "zh", **options: int) -> Summary:
    """Merge the workbooks and write their summary."""
    merged = merge(find_workbooks(paths), standard, Here())
    results = compute(merged.tables, merged.as_of)
    write_summary(target, merged, results, standard(), language=language, **options)
    return Summary(target, merged, results)


_KEPT: list[TemporaryDirectory[str]] = []


@cache
def demo(language: Language = "zh") -> Summary:
    """The summary of the three invented factories, made once."""
    folder = TemporaryDirectory()
    _KEPT.append(folder)
    for office in offices():
        write_book(Path(folder.name, "in", f"{office.name}.xlsx"), office.rows, cover=office.cover)
    return summarised([Path(folder.name, "in")], Path(folder.name, "summary.xlsx"), language)


def formula_cells(path: Path) -> Iterator[tuple[str, str, Any]]:
    """Yield sheet, cell and stored value of every formula; the value as number where it is one."""
    formulas, values = loaded(path), loaded(path, values=True)
    for sheet in formulas:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    yield sheet.title, cell.coordinate, values[sheet.title][cell.coordinate].value


def parsed(part: bytes) -> Any:
    return etree.fromstring(part)
