"""Workbooks made from raw parts, so that a test can say exactly what stands in the file."""

import zipfile
from collections.abc import Mapping
from pathlib import Path

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"

Parts = dict[str, str | bytes]


def relation(number: int, kind: str, target: str, more: str = "") -> str:
    """One relationship, ``rId`` and a number."""
    return f'<Relationship Id="rId{number}" Type="{OFFICE}/{kind}" Target="{target}" {more}/>'


def relations(*each: str) -> str:
    """A relationship part."""
    return f'<Relationships xmlns="{PACKAGE}">{"".join(each)}</Relationships>'


def sheet(rows: str, after: str = "") -> str:
    """A worksheet part with these rows."""
    return f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>{after}</worksheet>'


def shared(*strings: str) -> str:
    """A part of shared strings from the XML of each."""
    return f'<sst xmlns="{MAIN}">{"".join(f"<si>{string}</si>" for string in strings)}</sst>'


def styles(*formats: str | int) -> str:
    """A part of styles: style 0 is plain, the next ones have these formats (a built-in number or a code)."""
    codes = {164 + i: code for i, code in enumerate(formats) if isinstance(code, str)}
    spelt = "".join(f'<numFmt numFmtId="{i}" formatCode="{code}"/>' for i, code in codes.items())
    used = [0, *(code if isinstance(code, int) else 164 + i for i, code in enumerate(formats))]
    each = "".join(f'<xf numFmtId="{i}"/>' for i in used)
    return f'<styleSheet xmlns="{MAIN}"><numFmts>{spelt}</numFmts><cellXfs>{each}</cellXfs></styleSheet>'


def workbook(sheets: str = '<sheet name="表" sheetId="1" r:id="rId1"/>', before: str = "", after: str = "") -> str:
    """A workbook part."""
    return f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{before}<sheets>{sheets}</sheets>{after}</workbook>'


def parts(rows: str = "", changes: Mapping[str, str | bytes | None] | None = None) -> Parts:
    """The parts of a small workbook of one sheet ``表``, some changed; ``None`` takes one away."""
    whole: dict[str, str | bytes | None] = {
        "_rels/.rels": relations(relation(1, "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": workbook(),
        "xl/_rels/workbook.xml.rels": relations(
            relation(1, "worksheet", "worksheets/sheet1.xml"),
            relation(2, "sharedStrings", "sharedStrings.xml"),
            relation(3, "styles", "styles.xml"),
        ),
        "xl/worksheets/sheet1.xml": sheet(rows),
        "xl/sharedStrings.xml": shared("<t>甲</t>", "<t>乙</t>", "<t></t>"),
        "xl/styles.xml": styles(14, 20, "yyyy-mm-dd hh:mm", "[h]:mm", "0.00"),
    }
    whole.update(changes or {})
    return {name: content for name, content in whole.items() if content is not None}


def write(path: Path, content: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> Path:
    """Zip the parts to that path and return it."""
    with zipfile.ZipFile(path, "w", method) as package:
        for name, part in content.items():
            package.writestr(name, part)
    return path
