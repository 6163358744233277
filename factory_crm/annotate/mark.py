"""Mark the problems of a workbook on its own sheets; the marks can be removed without a trace."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from ..i18n.translate import Language, translate
from ..problems.codes import Severity
from ..problems.problem import Problem, column_letters
from ..reading.guard import Refused
from ..reading.limits import reader_limits
from ..schema.copy_mark import MARK, OPEN, CopyMark
from ..schema.workbook import WorkbookSchema
from ..storage.atomic import atomic_save
from ..validation.workbook import WorkbookResult
from ..xlsx.package import RELATION_KINDS
from .cell_changes import ChosenValues
from .choices import read_choices, write_choices
from .comments import HEADING, strip_comments, write_comments
from .package import Parts
from .problem_list import COLOURS, SEVERITIES, write_list
from .sheet_builder import written
from .sheet_xml import ORDER, CellSpan, CellSpans, SheetXml
from .sheets import EditableWorkbook
from .snapshot import condition, rows_of, write_snapshot
from .styles import Styles
from .targets import ListedProblem, listed_problems
from .xml import Element, child, insert, local, new_element, qualified

_RANK = (Severity.ERROR, Severity.WARNING, Severity.FIX)


class MarkResult(NamedTuple):
    """Whether a copy was written, and why it could not be."""

    written: bool
    refusal: Problem | None = None


def mark(source: Path, target: Path, book: WorkbookResult, schema: WorkbookSchema, language: Language = "zh", *,
         inputs: Iterable[Path] = ()) -> MarkResult:  # fmt: skip
    """Write the workbook to the target with the book's problems marked; with none, and no earlier marks, nothing is written.

    Marks of an earlier check go, the user's own formats and comments stay; the source is only read. Raises ``NotSaved``.
    """
    try:
        with Parts(source, reader_limits(schema.limits)) as parts:
            workbook = EditableWorkbook(parts)
            chosen = read_choices(source, workbook)
            if not apply_marks(workbook, book, schema, language, origin(workbook), chosen):
                return MarkResult(written=False)
            with atomic_save(target, inputs=[source, *inputs]) as temporary:
                parts.save(temporary)
    except Refused as refused:
        return MarkResult(written=False, refusal=refused.problem)
    return MarkResult(written=True)


def origin(workbook: EditableWorkbook) -> CopyMark:
    """Return where a copy of the workbook will come from."""
    return CopyMark.of(workbook.parts.sha256, workbook.mark, workbook.active)


def apply_marks(  # noqa: PLR0913 - each is a fact of its own
    workbook: EditableWorkbook, book: WorkbookResult, schema: WorkbookSchema, language: Language, mark: CopyMark, chosen: ChosenValues, *,
    fixed: bool = False,
) -> bool:  # fmt: skip
    """Replace the marks of a workbook by those of these problems, with what was chosen; without problems none are left.

    Return whether anything was changed. A ``fixed`` copy says where it comes from even where nothing is marked, and stands for that.
    """
    changed = strip_marks(workbook)
    parts = workbook.parts
    tabs = {tab.title: tab.part for tab in workbook.tabs if tab.kind == "worksheet"}
    items = listed_problems(book, tabs, language)
    if items:
        order = list(tabs)
        where = rows_of(items, order)
        styles = Styles(parts, workbook.part)
        looks = {s: styles.mark(*COLOURS[s], bold=s is Severity.ERROR) for s in _RANK}
        opened = {title: SheetXml(parts.read(tabs[title]), parts.guard, tabs[title]) for title in order
                  if any(item.sheet == title and item.cell for item in items)}  # fmt: skip
        spots: dict[str, Mapping[CellSpans, CellSpan]] = {}
        for title, sheet in opened.items():
            own = [item for item in items if item.sheet == title and item.cell]
            spots[title], heights = sheet.spots({spot for item in own for spot in (*item.watched, item.cell) if spot})
            _paint(sheet.root, own, workbook, looks)
            vml = write_comments(parts, tabs[title], sheet.root, _texts(own, language), heights)
            if vml:
                drawing = new_element("legacyDrawing")
                drawing.set(qualified("id", RELATION_KINDS), parts.relate(tabs[title], "vmlDrawing", vml))
                insert(sheet.root, drawing, ORDER)
            parts.write(tabs[title], sheet.joined())
        write_snapshot(workbook, items, where, spots)
        write_choices(workbook, styles, book, schema, language, chosen)
        write_list(workbook, styles, items, where, language)
    if items or fixed:
        content = "" if fixed else parts.digest(but=workbook.part)
        workbook.define(MARK, f'"{mark._replace(content=content).text()}"', hidden=True)
    return changed or bool(items) or fixed


def strip_marks(workbook: EditableWorkbook) -> bool:
    """Take every mark of an earlier check away; return whether there were any."""
    parts = workbook.parts
    if workbook.mark is None:
        return False
    workbook.forget()
    for tab in workbook.tabs:
        if tab.kind != "worksheet":
            continue
        undrawn = strip_comments(parts, tab.part)
        content = parts.read(tab.part)
        if undrawn or OPEN.encode() in content:
            sheet = SheetXml(content, parts.guard, tab.part)
            _unpaint(sheet.root)
            drawing = child(sheet.root, "legacyDrawing")
            if undrawn and drawing is not None:
                sheet.root.remove(drawing)
            parts.write(tab.part, sheet.joined())
    return True


def _paint(
    root: Element, items: Sequence[ListedProblem], workbook: EditableWorkbook, looks: Mapping[Severity, int]
) -> None:
    """Lay one conditional format for each severity over the cells; a cell shows its worst."""
    worst: dict[CellSpans, Severity] = {}
    for item in items:
        if item.cell and item.watched:
            worst[item.cell] = min(worst.get(item.cell, Severity.FIX), item.problem.severity, key=_RANK.index)
    painted = [(severity, sorted(c for c, s in worst.items() if s is severity)) for severity in _RANK]
    painted = [(severity, cells) for severity, cells in painted if cells]
    _make_room(root, len(painted))
    for priority, (severity, cells) in reversed([*enumerate(painted, 1)]):
        base = f"{column_letters(min(column for _, column in cells))}{cells[0][0]}"
        element = new_element("conditionalFormatting", sqref=" ".join(_ranges(cells, base)))
        rule = new_element("cfRule", type="expression", dxfId=looks[severity], priority=priority, stopIfTrue=1)
        rule.append(new_element("formula", condition(workbook, items[0].sheet, base)))
        element.append(rule)
        first = child(root, "conditionalFormatting")
        if first is not None:
            first.addprevious(element)
        else:
            insert(root, element, ORDER)


def _make_room(root: Element, needed: int) -> None:
    """Let the user's own conditional formats come after ours, in the order they had."""
    rules = [element for element in root.iter() if local(element) == "cfRule" and element.get("priority")]
    first = min((int(rule.get("priority", "1")) for rule in rules), default=needed + 1)
    for rule in rules if first <= needed else ():
        rule.set("priority", str(int(rule.get("priority", "1")) + needed + 1 - first))


def _ranges(cells: Sequence[CellSpans], base: str) -> list[str]:
    """Return the cells as ranges, runs of a column as one. The first begins in the upper left corner of them all.

    Programs differ in whether a formula counts from the first range or from that corner; so the corner is put in, unmarked, if need be.
    """
    runs: list[list[int]] = []
    for column, row in sorted((column, row) for row, column in cells):
        if runs and runs[-1][0] == column and runs[-1][2] == row - 1:
            runs[-1][2] = row
        else:
            runs.append([column, row, row])
    spelt = [
        f"{column_letters(c)}{a}" if a == b else f"{column_letters(c)}{a}:{column_letters(c)}{b}" for c, a, b in runs
    ]
    corner = [base] if spelt[0].partition(":")[0] != base else []
    return corner + spelt


def _unpaint(root: Element) -> None:
    for element in [e for e in root if local(e) == "conditionalFormatting"]:
        for rule in [e for e in element if local(e) == "cfRule"]:
            if any(OPEN in (formula.text or "") for formula in rule):
                element.remove(rule)
        if not any(local(e) == "cfRule" for e in element):
            root.remove(element)


def _texts(items: Iterable[ListedProblem], language: Language) -> dict[CellSpans, str]:
    """Return what is said at each cell."""
    by_cell: dict[CellSpans, list[str]] = {}
    for item in items:
        if item.cell:
            problem = item.problem
            severity = translate(SEVERITIES[problem.severity], language)
            lines = [f"【{severity} {problem.code.name}】{item.message}"]  # zh only
            if item.hint:
                lines.append(translate("怎么改：{remedy}", language, remedy=item.hint))
            by_cell.setdefault(item.cell, [translate(HEADING, language)]).extend(lines)
    return {cell: written("\n".join(lines)) for cell, lines in by_cell.items()}
