"""What makes Excel say "we found a problem with some content": looked for in workbooks, part by part.

Public checkers miss nearly all of it. ``tests/test_xlsx_lint.py`` breaks a sound workbook in every way that is named
here; ``tests/conftest.py`` runs it over every workbook that a test lets our code write.
"""

import posixpath
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from lxml import etree

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_ORDER = [
    "sheetPr",
    "dimension",
    "sheetViews",
    "sheetFormatPr",
    "cols",
    "sheetData",
    "sheetCalcPr",
    "sheetProtection",
    "protectedRanges",
    "scenarios",
    "autoFilter",
    "sortState",
    "dataConsolidate",
    "customSheetViews",
    "mergeCells",
    "phoneticPr",
    "conditionalFormatting",
    "dataValidations",
    "hyperlinks",
    "printOptions",
    "pageMargins",
    "pageSetup",
    "headerFooter",
    "rowBreaks",
    "colBreaks",
    "customProperties",
    "cellWatches",
    "ignoredErrors",
    "smartTags",
    "drawing",
    "legacyDrawing",
    "legacyDrawingHF",
    "drawingHF",
    "picture",
    "oleObjects",
    "controls",
    "webPublishItems",
    "tableParts",
    "extLst",
]
_LONGEST_FORMULA, _DEEPEST, _LONGEST_TEXT, _LONGEST_LIST, _LONGEST_TITLE = 8192, 64, 32_767, 255, 31
_LIKE_A_CELL = re.compile(r"\$?[A-Za-z]{1,3}\$?[0-9]{1,7}|[Rr]([0-9]+)?([Cc]([0-9]+)?)?|[Cc]([0-9]+)?")
_NAME = re.compile(r"[^\W\d][\w.?\\]*|\\[\w.?\\]*")
_TEXTS = re.compile(r'"(?:[^"]|"")*"|\'(?:[^\']|\'\')*\'')
_OPERAND_MISSING = re.compile(
    r"[-+*/^&=<>,(]\s*$|[-+*/^&=<>]\s*[),]|[*/^&]\s*[*/^&=]|\(\s*[*/^&=<>,]\s*[*/^&=<>]|^\s*[*/^&=<>]"
)
_FORBIDDEN_IN_TITLE = re.compile(r"[\\/*?:\[\]]")

Part = Callable[[str], Any]
"""A part of a workbook by its name, parsed."""


def lint(path: Path) -> list[str]:
    """Return everything that Excel would stumble over, empty for a sound workbook."""
    with zipfile.ZipFile(path) as package:
        parsed = {name: etree.fromstring(package.read(name)) for name in package.namelist() if _is_xml(name)}
        names = set(package.namelist())
    if "xl/workbook.xml" not in parsed:
        return ["there is no xl/workbook.xml"]
    found = [*_relations(parsed, names), *_workbook(parsed["xl/workbook.xml"])]
    styles, texts = parsed.get("xl/styles.xml"), parsed.get("xl/sharedStrings.xml")
    shared = [] if texts is None else ["".join(item.itertext(f"{_MAIN}t")) for item in texts.iterfind(f"{_MAIN}si")]
    found += [
        f"shared text {at} has {units(text)} characters"
        for at, text in enumerate(shared)
        if units(text) > _LONGEST_TEXT
    ]
    for name, root in parsed.items():
        if name.startswith("xl/worksheets/") and root.tag == f"{_MAIN}worksheet":
            found += [f"{name}: {problem}" for problem in _sheet(root, styles, shared)]
            found += [f"{name}: {problem}" for problem in _tables(name, root, parsed, shared)]
    return found


def _is_xml(name: str) -> bool:
    return name.endswith((".xml", ".rels"))


def units(text: str) -> int:
    """Return how long a text is to Excel: in UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _relations(parsed: dict[str, Any], names: set[str]) -> Iterator[str]:
    """What a part points to must be there, and what is there must have a type."""
    for name, root in parsed.items():
        if name.endswith(".rels"):
            home = posixpath.dirname(posixpath.dirname(name))
            for relation in root:
                target = relation.get("Target", "")
                whole = (
                    target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(home, target))
                )
                if relation.get("TargetMode") != "External" and whole not in names:
                    yield f"{name} points to {whole}, which is missing"
    types = parsed.get("[Content_Types].xml")
    if types is None:
        yield "there is no [Content_Types].xml"
        return
    known = {one.get("PartName", "").lstrip("/") for one in types}
    endings = {one.get("Extension", "").lower() for one in types}
    for name in names - known - {"[Content_Types].xml"}:
        if posixpath.splitext(name)[1].lstrip(".").lower() not in endings and not name.endswith("/"):
            yield f"{name} has no content type"
    yield from (f"the content type of {name} belongs to no part" for name in known - names - {""})


def _workbook(root: Any) -> Iterator[str]:
    titles = [sheet.get("name", "") for sheet in root.iter(f"{_MAIN}sheet")]
    for title in titles:
        if not title or units(title) > _LONGEST_TITLE or _FORBIDDEN_IN_TITLE.search(title) or title.strip("'") != title:
            yield f"{title!r} can't be a sheet's name"
    folded = [title.casefold() for title in titles]
    yield from (f"two sheets are called {title!r}" for title in {one for one in folded if folded.count(one) > 1})
    seen = set()
    for name in root.iter(f"{_MAIN}definedName"):
        called, scope = name.get("name", ""), name.get("localSheetId")
        bare = called.removeprefix("_xlnm.")
        if not _NAME.fullmatch(bare) or _LIKE_A_CELL.fullmatch(called) or units(called) > _LONGEST_LIST:
            yield f"{called!r} can't be a defined name"
        if (called.casefold(), scope) in seen:
            yield f"the name {called!r} is defined twice"
        seen.add((called.casefold(), scope))
        if problem := formula_problem(name.text or ""):
            yield f"the name {called!r} is {problem}"


def _sheet(root: Any, styles: Any, shared: list[str]) -> Iterator[str]:
    places = [_ORDER.index(tag) for child in root if (tag := etree.QName(child).localname) in _ORDER]
    if places != sorted(places):
        yield "its elements are out of order"
    formats = _count(styles, "cellXfs")
    marks = _count(styles, "dxfs")
    for cell in root.iter(f"{_MAIN}c"):
        yield from (f"{cell.get('r')}: {problem}" for problem in _cell(cell, formats, shared))
    for rule in root.iter(f"{_MAIN}cfRule"):
        if rule.get("dxfId") is not None and int(rule.get("dxfId")) >= marks:
            yield f"a conditional format has the style {rule.get('dxfId')} of {marks}"
        for formula in rule.iterfind(f"{_MAIN}formula"):
            if problem := formula_problem(formula.text or ""):
                yield f"a conditional format is {problem}"
    for guard in root.iter(f"{_MAIN}dataValidation"):
        yield from _guard(guard)


def _count(styles: Any, name: str) -> int:
    group = None if styles is None else styles.find(f"{_MAIN}{name}")
    return 0 if group is None else len(group)


def _cell(cell: Any, formats: int, shared: list[str]) -> Iterator[str]:
    if cell.get("s") is not None and int(cell.get("s")) >= formats:
        yield f"the style {cell.get('s')} of {formats}"
    value, formula = cell.findtext(f"{_MAIN}v"), cell.find(f"{_MAIN}f")
    if cell.get("t") == "s" and not (value and value.isdigit() and int(value) < len(shared)):
        yield f"the shared text {value} of {len(shared)}"
    if value and cell.get("t") == "str" and units(value) > _LONGEST_TEXT:
        yield f"a text of {units(value)} characters"
    inline = cell.find(f"{_MAIN}is")
    if inline is not None and units("".join(inline.itertext(f"{_MAIN}t"))) > _LONGEST_TEXT:
        yield "an inline text that is too long"
    if formula is None:
        return
    text = formula.text or ""
    if formula.get("t") == "shared" and "!" in _TEXTS.sub("", text.replace("'!", "!")):
        yield "a shared formula that reaches another sheet"
    if not text and formula.get("t") not in ("shared", "dataTable"):
        yield "an empty formula"
    if text and (problem := formula_problem(text)):
        yield f"a formula that is {problem}"


def formula_problem(text: str) -> str:
    """Return what is wrong with how a formula is written, empty where nothing is."""
    if units(text) > _LONGEST_FORMULA:
        return f"{units(text)} characters long"
    bare = _TEXTS.sub("x", text)
    if '"' in bare or text.startswith("="):
        return "open at a quote, or begins with ="
    level = deepest = 0
    for sign in bare:
        level += (sign == "(") - (sign == ")")
        deepest = max(deepest, level)
        if level < 0:
            return "closed more often than opened"
    if level:
        return "not closed"
    if deepest > _DEEPEST:
        return f"nested {deepest} deep"
    return "lacking an operand" if _OPERAND_MISSING.search(bare) else ""


def _guard(guard: Any) -> Iterator[str]:
    for name in ("formula1", "formula2"):
        text = guard.findtext(f"{_MAIN}{name}") or ""
        literal = text.startswith('"')
        if literal and units(text) - 2 > _LONGEST_LIST:
            yield f"a list of {units(text) - 2} characters for {guard.get('sqref')}"
        elif text and not literal and (problem := formula_problem(text)):
            yield f"the validation of {guard.get('sqref')} is {problem}"
    for name, most in (("promptTitle", 32), ("errorTitle", 32), ("prompt", 255), ("error", 255)):
        if units(guard.get(name, "")) > most:
            yield f"the {name} of {guard.get('sqref')} is too long"


def _tables(name: str, root: Any, parsed: dict[str, Any], shared: list[str]) -> Iterator[str]:
    relations = parsed.get(f"{posixpath.dirname(name)}/_rels/{posixpath.basename(name)}.rels")
    targets = {} if relations is None else {one.get("Id"): one.get("Target", "") for one in relations}
    cells = (
        {cell.get("r"): cell for cell in root.iter(f"{_MAIN}c")} if root.find(f"{_MAIN}tableParts") is not None else {}
    )
    for part in root.iter(f"{_MAIN}tablePart"):
        target = targets.get(part.get(f"{_REL}id"), "")
        table = parsed.get(posixpath.normpath(posixpath.join(posixpath.dirname(name), target)))
        if table is not None:
            yield from _table(table, cells, shared)


def _table(table: Any, cells: dict[str, Any], shared: list[str]) -> Iterator[str]:
    called = table.get("displayName", "")
    if not _NAME.fullmatch(called) or _LIKE_A_CELL.fullmatch(called):
        yield f"{called!r} can't be a table's name"
    headers = [column.get("name", "") for column in table.iter(f"{_MAIN}tableColumn")]
    folded = [header.casefold() for header in headers]
    yield from (f"the table {called} has two columns {one!r}" for one in {o for o in folded if folded.count(o) > 1})
    first, last = (re.fullmatch(r"([A-Z]+)(\d+)", corner) for corner in table.get("ref", "").split(":"))
    if not first or not last or table.get("headerRowCount") == "0":
        return
    columns = range(_number(first[1]), _number(last[1]) + 1)
    if len(columns) != len(headers):
        yield f"the table {called} has {len(headers)} columns over {len(columns)}"
    for column, header in zip(columns, headers, strict=False):
        cell = cells.get(f"{_letters(column)}{first[2]}")
        if cell is None or _shown(cell, shared) != re.sub("_x000a_", "\n", header, flags=re.IGNORECASE):
            yield f"the table {called} calls a column {header!r}, its header cell does not"


def _shown(cell: Any, shared: list[str]) -> str:
    value = cell.findtext(f"{_MAIN}v") or ""
    if cell.get("t") == "s":
        return shared[int(value)] if value.isdigit() and int(value) < len(shared) else ""
    return "".join(cell.itertext(f"{_MAIN}t")) if cell.get("t") == "inlineStr" else value


def _number(column: str) -> int:
    found = 0
    for letter in column:
        found = found * 26 + ord(letter) - 64
    return found


def _letters(column: int) -> str:
    found = ""
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(65 + rest) + found
    return found
