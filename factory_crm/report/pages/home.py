"""经营看板 of any schema: its figures as cards, what was read and what became of it, and the way to every page."""

from collections.abc import Sequence

from ...merge.merge import totals
from ...xlsx import theme
from ..data import ReportData
from ..format import cell_value, figure_format, figure_title
from ..grid import BAND, GRID, LEFT, RIGHT, Band, Card, GridBuilder, Span
from ..looks import LINK, NOTICE
from ..page import HOME, Drawing, Page
from ..values import INSUFFICIENT, yuan

_CARDS = 6
_TWO_ROWS, _MOST_A_ROW = 24, 12
"""Up to so many links stand in two rows; more take as many rows as they need."""


def link_rows(links: Sequence[str]) -> int:
    """Return how many rows the links to so many pages take."""
    return 2 if len(links) <= _TWO_ROWS else -(-len(links) // _MOST_A_ROW)


def add_links(grid: GridBuilder, top: int, links: Sequence[str]) -> None:
    """Add rows of links; their texts are shortened where the language needs more room than there is."""
    a_row = -(-len(links) // link_rows(links))
    style = {**LINK, "align": "center", "bg_color": theme.CANVAS, "shrink": True}
    for at, title in enumerate(links):
        first, last = (LEFT + column * GRID // a_row for column in (at % a_row, at % a_row + 1))
        grid.link(top + at // a_row, first, last - first, title, title, style)


def used_files(data: ReportData) -> int:
    """Return how many files went into the summary."""
    return sum(origin.status == "merged" for origin in data.merged.origins)


def period(data: ReportData) -> str:
    """Return the sentence that says of when the summary is and from how many files."""
    results, used = data.results, used_files(data)
    if results.as_of is None or results.start is None:
        return data.translate("还没有带日期的数据　|　{files} 个文件", files=used)
    return data.translate("{start} 至 {end}　|　{files} 个文件汇总　|　截至 {end}", start=results.start, end=results.as_of, files=used)  # fmt: skip


def home_page(data: ReportData) -> Drawing:
    """Return the page: links, what waits for somebody, cards of the figures, and the account of every sheet."""
    links, figures = data.titles, list(data.results.figures.values())
    notice = BAND + 1 + link_rows(links) + 1
    cards = notice + 2
    table = cards + 3 * -(-len(figures) // _CARDS)
    counts = totals(data.merged.origins)
    grid = GridBuilder(data, table + len(counts) + 3)
    grid.add(Band(data.translate(data.schema.product), period(data)))
    add_links(grid, BAND + 1, links)
    grid.text((notice, LEFT, notice, RIGHT), _waiting(data), NOTICE)
    for at, figure in enumerate(figures):
        value, width = cell_value(figure), GRID // _CARDS
        shown = data.translate(INSUFFICIENT) if value is None else value
        row, first = cards + 3 * (at // _CARDS), LEFT + at % _CARDS * width
        grid.add(Card(row, first, width, figure_title(figure, data.language), shown, figure_format(figure)))
    spans = [Span(data.translate("工作表"), 8, "text")]
    spans += [
        Span(data.translate("{what}行数", what=data.translate(what)), 3, "count")
        for what in ("读入", "采用", "被拒", "被替代")
    ]
    spans.append(Span(data.translate("{what}金额(元)", what=data.translate("采用")), 4, "money"))
    lines = [[data.translate(data.schema.sheet(name).title), *(amount.rows for amount in one), yuan(one.accepted.fen)] for name, one in counts.items()]  # fmt: skip
    grid.group((table, LEFT), data.translate("读到的数据"), spans, lines, data.translate("没有读到任何行。"))
    return grid.drawing(first=True)


def _waiting(data: ReportData) -> str:
    """What waits for somebody to decide or to correct."""
    merged = data.merged
    counts = {"rejected": len(merged.rejected), "pending": sum(one.pending for one in merged.conflicts),
              "pairs": sum(not one.verdict for one in merged.candidates)}  # fmt: skip
    if not any(counts.values()):
        return data.translate("√ 没有被拒的行，没有待定的冲突。")
    return data.translate("被拒 {rejected} 行，待定的冲突 {pending} 处，疑似重复 {pairs} 对。", **counts)


HOME_PAGE = Page(HOME, home_page, place=0, tab=theme.BRAND)
