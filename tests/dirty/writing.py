"""Workbooks of the dirty cells: the template filled in once, then one cell of its XML written anew."""

import io
import re
import zipfile
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from openpyxl import Workbook, load_workbook

from factory_crm.crm import schema as standard
from factory_crm.problems.problem import column_letters
from factory_crm.template.workbook import write_template

from .cases import RIGHT, ROW, Case, ErrorValue, Formula

FIRST, EXTRA = 5, 100
"""Of the records, and of the rows that are added."""
_START = datetime(1899, 12, 30)


def cell_of(case: Case, column: str = "") -> tuple[str, str]:
    """Return the sheet and the cell (``E7``) of a case in the template."""
    sheet = standard().sheet(case.table)
    at = [c.name for c in sheet.columns].index(column or case.column) + 2
    return sheet.title, f"{column_letters(at)}{FIRST + ROW}"


def excel(value: Any) -> Any:
    """Return a value as openpyxl takes it."""
    if isinstance(value, tuple):
        return "、".join(value)
    return value


def filled(folder: Path) -> Path:
    """Write the template, filled in rightly, through openpyxl."""
    path = folder / "right.xlsx"
    write_template(path, standard(), rows=4, office="一分厂")
    book = load_workbook(path)
    for sheet in standard().sheets:
        for number, row in enumerate(RIGHT[sheet.table], FIRST):
            for at, column in enumerate(sheet.columns, 2):
                if column.name in row:
                    book[sheet.title].cell(number, at, excel(row[column.name]))
    book.save(path)
    return path


class Patched:
    """The filled template in memory; gives it with one cell written otherwise."""

    def __init__(self, path: Path) -> None:
        with zipfile.ZipFile(path) as package:
            self.parts = {name: package.read(name) for name in package.namelist()}
        book = load_workbook(path)
        self.names = {name: f"xl/worksheets/sheet{i}.xml" for i, name in enumerate(book.sheetnames, 1)}
        self.styles = _date_styles(book)

    def with_cell(self, title: str, cell: str, written: Any) -> bytes:
        """Return the workbook with one cell written otherwise."""
        return self._packed(title, self._written(self.parts[self.names[title]].decode(), cell, written))

    def with_rows(self, table: str, cases: list[Case]) -> bytes:
        """Return the workbook with a row more for each case: a copy of the spoilt row under a number of its own."""
        title, key = cell_of(Case(table, standard().sheet(table).key()[0].name, None))
        xml = self.parts[self.names[title]].decode()
        at = f"{FIRST + ROW}"
        row = re.search(rf'<row r="{at}".*?</row>', xml, re.DOTALL)[0]  # type: ignore[index]
        row = re.sub(r"<c [^>]*?>(?:(?!</c>).)*?<f.*?</c>", "", row, flags=re.DOTALL)
        rows = []
        for number, case in enumerate(cases, EXTRA):
            own = re.sub(rf'(?<= r=")([A-Z]*){at}"', rf'\g<1>{number}"', row)
            own = self._written(own, f"{key[:-1]}{number}", f"N{number}")
            rows.append(self._written(own, f"{cell_of(case)[1][:-1]}{number}", case.written))
        kept = re.sub(
            r'<row r="(\d+)".*?</row>|<row r="(\d+)"[^>]*/>',
            lambda m: m[0] if int(m[1] or m[2]) <= FIRST + ROW else "",
            xml,
            flags=re.DOTALL,
        )
        return self._packed(title, kept.replace("</sheetData>", "".join(rows) + "</sheetData>"))

    def _written(self, xml: str, cell: str, written: Any) -> str:
        new = self._xml(cell, written)
        pattern = re.compile(rf'<c r="{cell}"(?: [^>]*?)?(?:/>|>.*?</c>)', re.DOTALL)
        if pattern.search(xml):
            return pattern.sub(lambda _: new, xml, count=1)
        row = re.search(r"\d+", cell)[0]  # type: ignore[index]
        return re.sub(rf'(<row r="{row}"[^>]*>)', lambda found: found[1] + new, xml, count=1)

    def _packed(self, title: str, xml: str) -> bytes:
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as package:
            for name, content in {**self.parts, self.names[title]: xml.encode("utf-8", "surrogatepass")}.items():
                package.writestr(name, content)
        return stream.getvalue()

    def _xml(self, cell: str, written: Any) -> str:
        match written:
            case None:
                return ""
            case Formula(text=text, result=result):
                kept = "" if result is None else f"<v>{result}</v>"
                return f'<c r="{cell}"><f>{escape(text)}</f>{kept}</c>'
            case ErrorValue():
                return f'<c r="{cell}" t="e"><v>{written}</v></c>'
            case bool():
                return f'<c r="{cell}" t="b"><v>{int(written)}</v></c>'
            case str():
                text = escape("".join(f"_x{ord(c):04X}_" if ord(c) < 32 and c not in "\n\t" else c for c in written))
                return f'<c r="{cell}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
            case datetime():
                return f'<c r="{cell}" s="{self.styles["moment"]}"><v>{serial(written)!r}</v></c>'
            case date():
                return f'<c r="{cell}" s="{self.styles["day"]}"><v>{serial(written)!r}</v></c>'
            case time():
                seconds = written.hour * 3600 + written.minute * 60
                return f'<c r="{cell}" s="{self.styles["moment"]}"><v>{seconds / 86400!r}</v></c>'
        return f'<c r="{cell}"><v>{written!r}</v></c>'


def serial(value: date) -> float:
    """Return the number Excel keeps for a day or a moment."""
    at = value if isinstance(value, datetime) else datetime.combine(value, time())
    since = at - _START
    return since.days + since.seconds / 86400


def _date_styles(book: Workbook) -> dict[str, int]:
    """Return the style numbers of a day and a moment in the filled template."""
    orders, services = book[standard().sheet("orders").title], book[standard().sheet("services").title]
    where = {"day": (orders, "orders", "ordered_on"), "moment": (services, "services", "received_at")}
    found = {}
    for kind, (sheet, table, column) in where.items():
        at = [c.name for c in standard().sheet(table).columns].index(column) + 2
        found[kind] = int(sheet.cell(FIRST, at).style_id)
    return found


def with_openpyxl(right: Path, cases: list[Case], target: Path) -> dict[int, Case]:
    """Write a row for each case with openpyxl, each under a number of its own; return the cases by their row."""
    book = load_workbook(right)
    placed = dict(enumerate(cases, EXTRA))
    for row, case in placed.items():
        sheet = standard().sheet(case.table)
        page = book[sheet.title]
        values = {**RIGHT[case.table][ROW], sheet.key()[0].name: f"N{row}", case.column: case.written}
        for at, column in enumerate(sheet.columns, 2):
            value = values.get(column.name)
            there = page.cell(row, at, excel(value))
            if isinstance(value, str) and not isinstance(value, ErrorValue):
                there.data_type = "s"
    book.save(target)
    return placed
