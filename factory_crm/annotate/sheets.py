"""The workbook part while sheets are added to it and taken away: tabs, names, which tab is open."""

from typing import NamedTuple

from ..problems import codes
from ..problems.declare import Declared
from ..problems.problem import Location
from ..reading.formats.xlsx.workbook import find_workbook
from ..reading.guard import Refused
from ..schema.copy_mark import MARK, CopyMark, own_sheets
from ..xlsx.formula import quote_title
from ..xlsx.package import RELATION_KINDS
from .package import Parts
from .sheet_xml import SheetXml
from .xml import Element, child, insert, local, new_element, qualified

_ORDER = (
    "fileVersion", "fileSharing", "workbookPr", "AlternateContent", "revisionPtr", "absPath", "workbookProtection",
    "bookViews", "sheets", "functionGroups", "externalReferences", "definedNames", "calcPr", "oleSize",
    "customWorkbookViews", "pivotCaches", "smartTagPr", "smartTagTypes", "webPublishing", "fileRecoveryPr",
    "webPublishObjects", "extLst",
)  # fmt: skip
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_LONGEST_TITLE = 31
_OURS = "FC_MARK"


class Tab(NamedTuple):
    """A sheet as the workbook lists it, and its part."""

    title: str
    part: str
    kind: str


class EditableWorkbook:
    """A workbook's list of sheets and names; changes go to its parts."""

    def __init__(self, parts: Parts) -> None:
        """Find the workbook part. Raises ``Refused`` for what can't be marked."""
        self.parts = parts
        with parts.guard.reading():
            self.part = find_workbook(parts.package)
        root = parts.look(self.part)
        if root.tag != qualified("workbook"):
            raise _refused(parts, codes.CANNOT_MARK_STRICT)
        if any(name.startswith("_xmlsignatures/") for name in parts.names):
            raise _refused(parts, codes.CANNOT_MARK_SIGNED)
        self.root: Element = parts.tree(self.part)

    @property
    def tabs(self) -> list[Tab]:
        """The sheets in their order."""
        led = {r.identity: r for r in self.parts.relations(self.part) if not r.outer}
        listed = [(e.get("name", ""), led.get(e.get(qualified("id", RELATION_KINDS), ""))) for e in self._sheets]
        return [Tab(title, r.target if r else "", r.kind if r else "") for title, r in listed]

    @property
    def names(self) -> dict[str, str]:
        """The formulas of the names of the whole workbook."""
        return {e.get("name", ""): e.text or "" for e in self._names() if e.get("localSheetId") is None}

    @property
    def mark(self) -> CopyMark | None:
        """What an earlier marking said, ``None`` for a workbook that bears none."""
        return CopyMark.parse(self.names.get(MARK, ""))

    @property
    def active(self) -> int:
        """Which tab is open."""
        view = self._view()
        return int(view.get("activeTab") or 0) if view is not None else 0

    @property
    def from_1904(self) -> bool:
        """Whether days are counted from 1904."""
        properties = child(self.root, "workbookPr")
        return properties is not None and properties.get("date1904", "").lower() in ("1", "true", "on")

    @property
    def _sheets(self) -> Element:
        sheets = child(self.root, "sheets")
        if sheets is None:
            raise self.parts.guard.refuse(codes.NO_SHEETS)
        return sheets

    def free_title(self, wanted: str) -> str:
        """Return that title, numbered where a sheet has it already."""
        taken = {tab.title.casefold() for tab in self.tabs}
        tries = [wanted[:_LONGEST_TITLE], *(f"{wanted[: _LONGEST_TITLE - 5]} ({n})" for n in range(2, 99))]
        return next(title for title in tries if title.casefold() not in taken)

    def add_sheet(self, title: str, content: bytes, *, hidden: bool = False, name: str = "") -> str:
        """Add a sheet as the last one, found again by that name; return its part."""
        part = self.parts.fresh("xl/worksheets/sheetFC{}.xml")
        self.parts.write(part, content)
        self.parts.declare(part, _TYPE)
        element = new_element("sheet", name=title, sheetId=1 + max(int(e.get("sheetId", "0")) for e in self._sheets))
        if hidden:
            element.set("state", "veryHidden")
        element.set(qualified("id", RELATION_KINDS), self.parts.relate(self.part, "worksheet", part))
        self._sheets.append(element)
        if name:
            self.define(name, f"{quote_title(title)}!$A$1", hidden=True)
        return part

    def define(self, name: str, formula: str, *, sheet: int | None = None, hidden: bool = False) -> None:
        """Define a name, of one sheet or of the whole workbook."""
        names = child(self.root, "definedNames")
        if names is None:
            names = insert(self.root, new_element("definedNames"), _ORDER)
        element = new_element("definedName", formula, name=name)
        if sheet is not None:
            element.set("localSheetId", str(sheet))
        if hidden:
            element.set("hidden", "1")
        key = (name.casefold(), -1 if sheet is None else sheet)
        after = (
            i for i, e in enumerate(names) if (e.get("name", "").casefold(), int(e.get("localSheetId", "-1"))) > key
        )
        names.insert(next(after, len(names)), element)

    def open_at(self, index: int) -> None:
        """Make that the tab the workbook opens at, and the only chosen one."""
        view = self._view()
        if view is None:
            views = insert(self.root, new_element("bookViews"), _ORDER)
            views.append(view := new_element("workbookView"))
        view.set("activeTab", str(index))
        view.attrib.pop("firstSheet", "")
        for i, tab in enumerate(self.tabs):
            if tab.kind == "worksheet":
                self._choose(tab.part, chosen=i == index)

    def _choose(self, part: str, *, chosen: bool) -> None:
        content = self.parts.read(part)
        if not chosen and b"tabSelected" not in content:
            return
        sheet = SheetXml(content, self.parts.guard, part)
        views = list(sheet.root.iter(qualified("sheetView")))
        if chosen == any(e.get("tabSelected") in ("1", "true") for e in views):
            return
        for view in views:
            if chosen:
                view.set("tabSelected", "1")
            else:
                view.attrib.pop("tabSelected", "")
        self.parts.write(part, sheet.joined())

    def calculate_on_load(self) -> None:
        """Let the program calculate everything when it opens the workbook."""
        properties = child(self.root, "calcPr")
        if properties is None:
            properties = insert(self.root, new_element("calcPr"), _ORDER)
        properties.set("fullCalcOnLoad", "1")

    def forget(self) -> None:
        """Take the sheets and names of an earlier marking away; another tab is open then."""
        mark, own = self.mark, set(own_sheets(self.names).values())
        before = [tab.title for tab in self.tabs]
        active = before[self.active] if self.active < len(before) else ""
        gone = [i for i, title in enumerate(before) if title in own]
        for tab, element in [*zip(self.tabs, self._sheets, strict=True)]:
            if tab.title in own:
                self._sheets.remove(element)
                self.parts.unrelate(self.part, tab.part)
                self.parts.remove(tab.part)
        self._forget_names(gone)
        if gone:
            titles = [tab.title for tab in self.tabs]
            earlier = min(mark.tab, len(titles) - 1) if mark else 0
            self.open_at(titles.index(active) if active in titles else earlier)

    def _forget_names(self, gone: list[int]) -> None:
        for element in self._names():
            sheet = element.get("localSheetId")
            if element.get("name", "").startswith(_OURS) or (sheet and int(sheet) in gone):
                element.getparent().remove(element)  # type: ignore[union-attr]
            elif sheet:
                element.set("localSheetId", str(int(sheet) - sum(i < int(sheet) for i in gone)))

    def _names(self) -> list[Element]:
        names = child(self.root, "definedNames")
        return [e for e in names if local(e) == "definedName"] if names is not None else []

    def _view(self) -> Element | None:
        views = child(self.root, "bookViews")
        return child(views, "workbookView") if views is not None else None


def _refused(parts: Parts, code: Declared[[]]) -> Refused:
    return Refused(code(Location(parts.guard.path)))
