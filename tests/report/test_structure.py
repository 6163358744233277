"""What a summary is made of: its sheets, links, charts, print set-up and stamp."""

import re

import pytest

from factory_crm.crm import schema as standard
from factory_crm.crm.pages import PAGES
from factory_crm.i18n.translate import LANGUAGES, translate
from factory_crm.merge.previous import MARKS
from factory_crm.report.summary import applying
from factory_crm.schema.stamp import DEFINED_NAME, META_SHEET, Stamp
from factory_crm.validation.workbook import validate_workbook
from tests.report.builders import CHART, MAIN, demo, parsed

pytestmark = pytest.mark.slow

DRAWN = ("客户360", "销售分析", "客户旅程", "管理架构", "产能与流程", "满意度")
STACKED = ("数据来源", "数据质量", "预测")
"""Tables one below the other: the header of the first would stand above the second too."""


def sheets():
    """The titles of the visible pages, in the order of their places."""
    pages = sorted(applying(demo().data(), PAGES), key=lambda page: page.place)
    return [page.title for page in pages if page.own_sheet and not page.hidden and page.title != "变化"]


HIDDEN = ("计算", "客户动态")
SHEETS = sheets()
LANDSCAPE, A4 = "landscape", 9


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sheets_stand_in_their_order(language):
    book = demo(language).book()
    visible = [sheet.title for sheet in book if sheet.sheet_state == "visible"]
    assert visible == [translate(title, language) for title in SHEETS]
    hidden = {sheet.title: sheet.sheet_state for sheet in book if sheet.sheet_state != "visible"}
    own = {translate(title, language): "hidden" for title in ("计算", "客户动态")}
    assert hidden == {**own, META_SHEET: "veryHidden", MARKS: "veryHidden"}
    assert book.active.title == translate("经营看板", language)


def test_every_sheet_prints_across_a4_one_page_wide():
    for sheet in demo().book():
        if sheet.title not in (META_SHEET, MARKS):
            assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == (LANDSCAPE, A4), sheet.title
            assert sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.title
    board = demo().book()["经营看板"]
    assert board.page_setup.fitToHeight in (None, 1)


def test_every_table_is_frozen_filtered_and_repeats_its_header():
    for sheet in demo().book():
        if sheet.title in SHEETS[1:] and sheet.title not in DRAWN:
            assert sheet.freeze_panes, sheet.title
            assert sheet.print_title_rows == (None if sheet.title in STACKED else "$4:$4"), sheet.title
    assert demo().book()["订单"].auto_filter.ref.startswith("A4:")


def test_every_link_leads_to_a_sheet_of_this_workbook():
    book = demo().book()
    links = [cell.hyperlink for sheet in book for row in sheet.iter_rows() for cell in row if cell.hyperlink]
    assert len(links) > len(SHEETS)
    assert {link.target for link in links} == {None}
    assert {re.match(r"'(.+)'!", link.location)[1] for link in links} <= set(book.sheetnames)


def test_nothing_leads_outside():
    parts = demo().parts()
    assert [name for name, part in parts.items() if name.endswith(".rels") and b'TargetMode="External"' in part] == []


def test_every_chart_is_told_in_words_and_holds_its_numbers():
    parts = demo().parts()
    drawn = [part for name, part in parts.items() if re.fullmatch(r"xl/drawings/drawing\d+\.xml", name)]
    told = [word for part in drawn for word in re.findall(r'<xdr:cNvPr [^>]*descr="([^"]+)"', part.decode())]
    charts = [parsed(part) for name, part in parts.items() if name.startswith("xl/charts/chart")]
    assert len(charts) == 17
    assert len(told) == len(charts)
    for chart in charts:
        caches = list(chart.iter(f"{CHART}numCache"))
        assert caches
        for cache in caches:
            assert any(float(value.text or 0) for value in cache.iter(f"{CHART}v"))


def test_charts_name_the_font_for_chinese_too():
    parts = demo().parts()
    for name, part in parts.items():
        if name.startswith("xl/charts/chart"):
            text = part.decode()
            assert text.count("<a:latin ") == text.count("<a:ea "), name


def test_the_summary_is_known_as_ours():
    summary = demo()
    assert validate_workbook(summary.path, standard(), name="summary.xlsx").is_program_output
    book = summary.book()
    stamp = Stamp.of(standard(), "summary", "zh")
    assert Stamp.parse(book.defined_names[DEFINED_NAME].attr_text) == stamp
    assert Stamp.from_facts({row[0].value: row[1].value for row in book[META_SHEET].iter_rows(max_col=2)}) == stamp
    assert Stamp.from_facts({prop.name: prop.value for prop in book.custom_doc_props.props}) == stamp


def test_its_time_is_the_data_s_not_the_clock_s():
    summary = demo()
    assert summary.book().properties.created.date() == summary.merged.as_of


def test_no_data_is_merged_or_lost():
    """Every accepted row stands on its sheet, where it came from beside it."""
    summary = demo()
    for title, table in (("订单", "orders"), ("服务", "services"), ("反馈", "feedbacks")):
        rows = list(summary.values()[title].iter_rows(min_row=4, values_only=True))
        heads, held = rows[0], summary.merged.tables[table].collect().to_native()
        written = [
            (row[heads.index("来源文件")], row[heads.index("来源表")], row[heads.index("来源行")]) for row in rows[1:]
        ]
        assert written == list(zip(held["file"], held["sheet"], held["row"], strict=True))
        assert heads[-1] == "其他列"
        assert not summary.book()[title].merged_cells.ranges


def test_the_page_in_english_has_no_chinese_but_data():
    chinese = re.compile(r"[\u3400-\u9fff]")
    board = demo("en").values()["Dashboard"]
    told = [cell.value for row in board.iter_rows() for cell in row if isinstance(cell.value, str)]
    assert [text for text in told if chinese.search(text)] == []
    strings = demo("en").parts()
    titles = [
        value.text
        for name, part in strings.items()
        if name.startswith("xl/charts/chart")
        for value in parsed(part).iter("{http://schemas.openxmlformats.org/drawingml/2006/main}t")
    ]
    assert [text for text in titles if chinese.search(text)] == []


def test_every_part_is_well_formed_and_names_cells_once():
    for name, part in demo().parts().items():
        if name.startswith("xl/worksheets/sheet"):
            cells = [cell.get("r") for cell in parsed(part).iter(f"{MAIN}c")]
            assert len(cells) == len(set(cells)), name
