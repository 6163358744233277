"""The last sheet: every problem with its place, how to mend it, and whether it has been mended."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import count

from ..i18n.translate import Language, LazyText, translate
from ..problems.codes import Severity
from ..problems.problem import column_letters
from ..schema.copy_mark import CHOICES, LIST, SNAPSHOT, own_sheets
from ..xlsx import theme
from ..xlsx.formula import quote_text, quote_title
from .sheet_builder import RowBuilder, height, sheet, titled
from .sheets import EditableWorkbook
from .snapshot import Where, mended
from .styles import Styles
from .targets import ListedProblem, content, shown

TITLE = "问题清单"
SEVERITIES = {
    Severity.ERROR: LazyText("必须修改"),
    Severity.WARNING: LazyText("请核对"),
    Severity.FIX: LazyText("建议改写"),
}
MENDED, UNMENDED, DOUBTFUL, DELETED, LATER = "√ 已改", "× 未改", "▲ 请核对", "√ 已删除", "— 重新检查后更新"
_MANY, _EVERY = "× 还有 {left} 处没改，已改 {done} 处", "√ 该改的都改好了，请保存后再交一次"
_MORE = "；另有 {other} 处请核对"
_COUNTED = {"left": (UNMENDED,), "done": (MENDED,), "other": (DOUBTFUL, LATER)}
_HEADERS = ("序号", "级别", "工作表", "位置", "字段", "问题", "怎么改", "原来内容", "现在的状态")
_WIDTHS = (6, 10, 13, 9, 16, 44, 44, 20, 13)
COLOURS = {
    Severity.ERROR: (theme.BAD, theme.BAD_SOFT),
    Severity.WARNING: (theme.WARN, theme.WARN_SOFT),
    Severity.FIX: (theme.BRAND_2, theme.BRAND_SOFT),
}
_WHOLE_SHEET = "整张表"
_COUNT, _HEADER = 3, 4


def write_list(
    book: EditableWorkbook, styles: Styles, items: Sequence[ListedProblem], where: Where, language: Language
) -> None:
    """Add the list as the last sheet and open the workbook there."""
    last = _HEADER + len(items)
    rows = [*_top(book, styles, items, language), *_lines(book, styles, items, where, language)]
    title, index = book.free_title(translate(TITLE, language)), len(book.tabs)
    book.add_sheet(title, sheet(rows, _WIDTHS, header=_HEADER, last=last, more=_colours(styles, last)), name=LIST)
    book.define("_xlnm._FilterDatabase", f"{quote_title(title)}!$A${_HEADER}:$I${last}", sheet=index, hidden=True)
    book.define("_xlnm.Print_Titles", f"{quote_title(title)}!${_HEADER}:${_HEADER}", sheet=index)
    book.open_at(index)


def _top(
    book: EditableWorkbook, styles: Styles, items: Sequence[ListedProblem], language: Language
) -> list[RowBuilder]:
    """Return the rows above the list: its title, what to do, the live count, the headers."""
    note = translate("点“位置”跳到那一格；改好后底色自动消失，这里的状态跟着变。全部改好后保存，再交一次。", language)
    if choices := own_sheets(book.names).get(CHOICES):
        note += translate("相同的问题可以在「{sheet}」里一次选好。", language, sheet=choices)
    looks = (styles.cell(bold=True, size=16, colour=theme.BRAND, border=False),
             styles.cell(size=9, colour=theme.MUTED, border=False),
             styles.cell(bold=True, colour=theme.WHITE, fill=theme.BRAND, centre=True))  # fmt: skip
    first, second, headers = titled(translate(TITLE, language), note, [translate(h, language) for h in _HEADERS], looks)
    tally = RowBuilder(_COUNT, 24)
    tally.formula(
        *_count(f"I{_HEADER + 1}:I{_HEADER + len(items)}", [_now(item)[0] for item in items], language),
        styles.cell(bold=True, size=11, colour=theme.WARN, border=False),
    )
    return [first, second, tally, headers]


def _lines(
    book: EditableWorkbook, styles: Styles, items: Sequence[ListedProblem], where: Where, language: Language
) -> Iterator[RowBuilder]:
    """Yield the row of each problem."""
    snapshot, titles = quote_title(own_sheets(book.names)[SNAPSHOT]), {tab.title for tab in book.tabs}
    kinds = {
        severity: styles.cell(colour=ink, fill=soft, bold=True, centre=True)
        for severity, (ink, soft) in COLOURS.items()
    }
    plain, centred = styles.cell(), styles.cell(centre=True)
    link = styles.cell(colour=theme.BRAND_2, underlined=True, centre=True)
    for number, item in enumerate(items, 1):
        severity = item.problem.severity
        kind, header = translate(SEVERITIES[severity], language), shown(item.problem.header, language)
        was = content(item, language)
        texts = (kind, header, item.message, item.hint, was[:300])
        row = RowBuilder(_HEADER + number, height(zip(texts, (_WIDTHS[1], *_WIDTHS[4:8]), strict=True)))
        row.number(number, centred)
        row.text(kind, kinds[severity])
        row.text(item.sheet or "—", centred)
        if item.sheet in titles:
            _place(row, item, link, language)
        else:
            row.text("—", centred)
        for text, look in ((header, centred), (item.message, plain), (item.hint, plain), (was, plain)):
            row.text(text, look)
        _status(row, item, where, snapshot, language, centred)
        yield row


def _now(item: ListedProblem) -> str:
    """Return the status of a problem as long as nothing is done: a warning may well be right as it is."""
    if not item.watched:
        return LATER
    return DOUBTFUL if item.problem.severity is Severity.WARNING else UNMENDED


def _count(reach: str, signs: Sequence[str], language: Language) -> tuple[str, str]:
    """Return the live count and what it says now; to ``COUNTIF`` none of the signs is a wildcard."""
    counts = {
        name: "+".join(f'COUNTIF({reach},"{one[0]}*")' for one in statuses) for name, statuses in _COUNTED.items()
    }
    now = {name: sum(signs.count(one[0]) for one in statuses) for name, statuses in _COUNTED.items()}
    every, many, more = (translate(text, language) for text in (_EVERY, _MANY, _MORE))
    tail = f'IF({counts["other"]}=0,"",{_spliced(more, counts)})'
    result = (many.format(**now) if now["left"] else every) + (more.format(**now) if now["other"] else "")
    return f'IF({counts["left"]}=0,"{every}",{_spliced(many, counts)})&{tail}', result


def _spliced(text: str, counts: Mapping[str, str]) -> str:
    """Return the formula that says a text with its counts."""
    spelt = quote_text(text)
    for name, formula in counts.items():
        spelt = spelt.replace(f"{{{name}}}", f'"&{formula}&"')
    return spelt


def _place(row: RowBuilder, item: ListedProblem, link: int, language: Language) -> None:
    """A link that follows its cell when rows are deleted; to the sheet itself where it is all about that."""
    start = f"#{quote_title(item.sheet)}!".replace('"', '""')
    if item.cell is None:
        label = translate(_WHOLE_SHEET, language)
        row.formula(f'HYPERLINK("{start}A1","{label}")', label, link)
        return
    at = f"{column_letters(item.cell[1])}{item.cell[0]}"
    to = f"{quote_title(item.sheet)}!{at}"
    now = f"ADDRESS(ROW({to}),COLUMN({to}),4)"
    row.formula(f'IFERROR(HYPERLINK("{start}"&{now},{now}),"—")', at, link)


def _status(row: RowBuilder, item: ListedProblem, where: Where, snapshot: str, language: Language, style: int) -> None:
    now = translate(_now(item), language)
    if not item.watched:
        row.text(now, style)
        return
    done, deleted = (translate(text, language) for text in (MENDED, DELETED))
    own = f"{snapshot}!A{where[item.sheet, item.watched[0]]}"
    row.formula(f'IF(ISERROR({own}),"{deleted}",IF({mended(item, where, snapshot)},"{done}","{now}"))', now, style)


def _colours(styles: Styles, last: int) -> str:
    """Return the conditional formats of the status and of the count: words and colour."""
    looks = {
        MENDED[0]: styles.mark(theme.GOOD, theme.GOOD_SOFT, bold=False, ruled=False),
        UNMENDED[0]: styles.mark(theme.BAD, theme.BAD_SOFT, bold=True, ruled=False),
        DOUBTFUL[0]: styles.mark(theme.WARN, theme.WARN_SOFT, bold=True, ruled=False),
    }
    reaches = {
        f"I{_HEADER + 1}:I{last}": looks,
        f"A{_COUNT}": {MENDED[0]: styles.mark(theme.GOOD, "", bold=True, ruled=False)},
    }
    priority, spelt = count(1), ""
    for reach, rules in reaches.items():
        formats = "".join(
            f'<cfRule type="expression" dxfId="{look}" priority="{next(priority)}">'
            f'<formula>LEFT({reach.partition(":")[0]},1)="{sign}"</formula></cfRule>'
            for sign, look in rules.items()
        )
        spelt += f'<conditionalFormatting sqref="{reach}">{formats}</conditionalFormatting>'
    return spelt
