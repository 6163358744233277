"""The last sheet: every problem with its place, how to mend it, and whether it has been."""

from collections.abc import Sequence

from .. import theme
from ..codes import Severity
from ..contract.marks import LIST, SNAPSHOT, own_sheets
from ..problems import letters
from ..theme import quoted
from ..words import Language, Word, say
from .sheets import Workbook
from .snapshot import Where
from .styles import Styles
from .watch import Noted, content, fact
from .writing import Row, height, sheet, titled

TITLE = "问题清单"
SEVERITIES = {Severity.ERROR: Word("必须修改"), Severity.WARNING: Word("请核对"), Severity.FIX: Word("建议改写")}
MENDED, UNMENDED, DELETED, LATER = "√ 已改", "× 未改", "√ 已删除", "— 重新检查后更新"
_HEADERS = ("序号", "级别", "工作表", "位置", "字段", "问题", "怎么改", "原来内容", "现在的状态")
_WIDTHS = (6, 10, 13, 9, 16, 44, 44, 20, 13)
COLOURS = {
    Severity.ERROR: (theme.BAD, theme.BAD_SOFT),
    Severity.WARNING: (theme.WARN, theme.WARN_SOFT),
    Severity.FIX: (theme.BRAND_2, theme.BRAND_SOFT),
}
_HEADER = 4


def write_list(book: Workbook, styles: Styles, items: Sequence[Noted], where: Where, language: Language) -> None:
    """Add the list as the last sheet and open the workbook there."""
    snapshot = quoted(own_sheets(book.names)[SNAPSHOT])
    looks = {
        severity: styles.cell(colour=ink, fill=soft, bold=True, centre=True)
        for severity, (ink, soft) in COLOURS.items()
    }
    plain, centred = styles.cell(), styles.cell(centre=True)
    link = styles.cell(colour=theme.BRAND_2, underlined=True, centre=True)
    last = _HEADER + len(items)
    note = say("点“位置”跳到那一格；改好后底色自动消失，这里的状态跟着变。全部改好后保存，再交一次。", language)
    top = (styles.cell(bold=True, size=16, colour=theme.BRAND, border=False),
           styles.cell(size=9, colour=theme.MUTED, border=False),
           styles.cell(bold=True, colour=theme.WHITE, fill=theme.BRAND, centre=True))  # fmt: skip
    first, second, headers = titled(say(TITLE, language), note, [say(h, language) for h in _HEADERS], top)
    count = Row(3, 20)
    count.formula(*_count(f"I{_HEADER + 1}:I{last}", sum(bool(i.watched) for i in items), language),
                  styles.cell(bold=True, size=11, colour=theme.WARN, border=False))  # fmt: skip
    rows = [first, second, count, headers]
    for number, item in enumerate(items, 1):
        problem = item.problem
        said, remedy, was = item.said, item.remedy, content(item, language)
        row = Row(_HEADER + number, height([(said, _WIDTHS[5]), (remedy, _WIDTHS[6]), (was[:300], _WIDTHS[7])]))
        row.number(number, centred)
        row.text(say(SEVERITIES[problem.severity], language), looks[problem.severity])
        row.text(item.sheet or "—", centred)
        _place(row, item, link, centred)
        for text, look in ((fact(problem, "header", language), centred), (said, plain), (remedy, plain), (was, plain)):
            row.text(text, look)
        _status(row, item, where, snapshot, language, centred)
        rows.append(row)
    title = book.free_title(say(TITLE, language))
    index = len(book.tabs)
    book.add_sheet(
        title, sheet(rows, _WIDTHS, header=_HEADER, last=last, more=_colours(styles, language, last)), name=LIST
    )
    book.define("_xlnm._FilterDatabase", f"{quoted(title)}!$A${_HEADER}:$I${last}", sheet=index, hidden=True)
    book.define("_xlnm.Print_Titles", f"{quoted(title)}!${_HEADER}:${_HEADER}", sheet=index)
    book.open_at(index)


def _count(reach: str, total: int, language: Language) -> tuple[str, str]:
    """Return the live count and what it says now; ``COUNTIF`` takes no sign for a wildcard."""
    left, done = (f'COUNTIF({reach},"{sign}*")' for sign in (UNMENDED[0], MENDED[0]))
    many = say("× 还有 {left} 处没改，已改 {done} 处", language)
    every = say("√ 都改过了：请保存后再交一次", language)
    formula = '"' + many.replace('"', '""').replace("{left}", f'"&{left}&"').replace("{done}", f'"&{done}&"') + '"'
    result = many.format(left=total, done=0) if total else every
    return f'IF({left}=0,"{every}",{formula})', result


def _place(row: Row, item: Noted, link: int, plain: int) -> None:
    """A link that follows its cell when rows are deleted."""
    if item.cell is None:
        row.text(item.problem.place.cell or "—", plain)
        return
    at = f"{letters(item.cell[1])}{item.cell[0]}"
    to = f"{quoted(item.sheet)}!{at}"
    now = f"ADDRESS(ROW({to}),COLUMN({to}),4)"
    start = f"#{quoted(item.sheet)}!".replace('"', '""')
    row.formula(f'IFERROR(HYPERLINK("{start}"&{now},{now}),"—")', at, link)


def _status(row: Row, item: Noted, where: Where, snapshot: str, language: Language, style: int) -> None:
    if not item.watched:
        row.text(say(LATER, language), style)
        return
    mended, unmended, deleted = (say(text, language) for text in (MENDED, UNMENDED, DELETED))
    own = where[item.sheet, item.watched[0]]
    changed = ",".join(f"{snapshot}!C{where[item.sheet, spot]}" for spot in item.watched)
    row.formula(
        f'IF(ISERROR({snapshot}!A{own}),"{deleted}",IF(OR({changed}),"{mended}","{unmended}"))', unmended, style
    )


def _colours(styles: Styles, language: Language, last: int) -> str:
    """Return the conditional formats of the status: words and colour."""
    reach, first = f"I{_HEADER + 1}:I{last}", f"I{_HEADER + 1}"
    rules = ((MENDED[0], styles.mark(theme.GOOD, theme.GOOD_SOFT, bold=False)),
             (UNMENDED[0], styles.mark(theme.BAD, theme.BAD_SOFT, bold=True)))  # fmt: skip
    spelt = "".join(
        f'<cfRule type="expression" dxfId="{look}" priority="{i}"><formula>LEFT({first},1)="{sign}"</formula></cfRule>'
        for i, (sign, look) in enumerate(rules, 1)
    )
    return f'<conditionalFormatting sqref="{reach}">{spelt}</conditionalFormatting>'
