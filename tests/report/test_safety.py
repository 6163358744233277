"""Foreign text stays text: no formula, no link, nothing cut, nothing changed."""

import pytest

from factory_crm.report.data import ReportTexts
from factory_crm.report.render.cells import SummaryReport
from factory_crm.report.values import LONGEST_TEXT, abridged, to_python, writable, yuan
from factory_crm.xlsx.text import units
from factory_crm.xlsx.writer import writing
from tests.merge.builders import customer, feedback, order, service
from tests.report.builders import MAIN, parsed, summarised, write_book

HOSTILE = [
    "=1+1", '=HYPERLINK("http://x.example","点我")', "=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "＝1+1", "{=1+1}",
    "http://x.example/", "mailto:a@x.example", "internal:'计算'!A1", "external:c:\\x.xlsx", "file://server/share",
    "_x0041_", "<b>&amp;</b>", "<r>a & b</r>", "<r><t>x</t></r>", "]]>", "'=1", "数" * 1999, "a\nb", "1e5", "00123", "TRUE", "#REF!", "{title}", "%s", "😀",
]  # fmt: skip


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile")
    rows = {
        "customers": [customer(f"C{i}", name[:100], note=name) for i, name in enumerate(HOSTILE)],
        "orders": [order(f"O{i}", f"C{i}", product=name[:100], note=name) for i, name in enumerate(HOSTILE)],
        "services": [service(f"C{i}", description=name, handler=name[:100]) for i, name in enumerate(HOSTILE)],
        "feedbacks": [feedback(f"C{i}", text=name) for i, name in enumerate(HOSTILE)],
    }
    bad = {"customers": [{"customer_id": "C0", "name": "=1+1", "contact": "=2+2", "phone": "=3+3"}]}
    path = write_book(
        folder / "in" / "=1+1.xlsx", rows, cover={"office": "=1+1", "filled_by": "@x"}, further={"=列": "=1+1"}
    )
    write_book(folder / "in" / "@bad.xlsx", {**rows, **bad}, cover={"office": "+1"})
    return summarised([path.parent], folder / "summary.xlsx")


def test_only_our_own_formulas_are_formulas(hostile):
    for title in ("订单", "服务", "反馈", "冲突", "被拒行", "指标口径"):
        assert hostile.formulas(title) == [], title
    allowed = ("=COUNTIFS(", "=SUMIFS(", "=ROUND(", "=IF(", "=IFERROR(MATCH(", "=SUM(")
    every = [formula for sheet in hostile.book().sheetnames for formula in hostile.formulas(sheet)]
    assert [formula for formula in every if not formula.startswith(allowed)] == []
    assert [formula for formula in every if "HYPERLINK" in formula or "cmd" in formula] == []


def test_no_text_became_a_link(hostile):
    parts = hostile.parts()
    assert [name for name, part in parts.items() if b"External" in part and name.endswith(".rels")] == []
    links = [link.get("location") for name, part in parts.items() if name.startswith("xl/worksheets/sheet")
             for link in parsed(part).iter(f"{MAIN}hyperlink")]  # fmt: skip
    assert all(link.endswith("!A1") and "http" not in link for link in links)


def test_texts_read_back_as_they_were(hostile):
    # openpyxl, which fills the inputs, writes #REF! as an error, which is refused, and _x0041_ as an A
    held = hostile.merged.tables["feedbacks"].collect().to_native()["text"].tolist()
    rows = list(hostile.values()["反馈"].iter_rows(min_row=4, values_only=True))
    assert [row[rows[0].index("客户反馈")] for row in rows[1:]] == held
    assert set(HOSTILE) - {"_x0041_", "#REF!"} <= set(held)


def test_active_text_keeps_its_quote(hostile):
    sheet = hostile.book()["反馈"]
    quoted = {
        cell.value: cell.quotePrefix
        for row in sheet.iter_rows(min_row=5)
        for cell in row
        if isinstance(cell.value, str)
    }
    assert quoted["=1+1"]
    assert quoted["＝1+1"]
    assert not quoted["😀"]


@pytest.fixture
def page(tmp_path):
    with writing(tmp_path / "x.xlsx") as workbook:
        yield SummaryReport(workbook, ReportTexts("zh", {}), "汇总").page("订单", "#000000")


def test_a_text_too_long_for_a_cell_is_refused_not_cut(page):
    page.text(0, 0, "x" * LONGEST_TEXT, page.report.style())
    with pytest.raises(ValueError, match="32768"):
        page.text(0, 0, "x" * (LONGEST_TEXT + 1), page.report.style())
    with pytest.raises(ValueError, match="32768"):
        page.text(0, 0, "😀" * (LONGEST_TEXT // 2 + 1), page.report.style())


def test_values_go_in_as_what_they_are(page):
    style = page.report.style()
    for row, value in enumerate((None, "", "=1", 1, 1.5, True)):
        page.put(row, 0, value, style)
    kinds = [type(page.sheet.table[row][0]).__name__ for row in range(6)]
    assert kinds == ["Blank", "Blank", "String", "Number", "Number", "Number"]


def test_strange_characters_are_spelled_out():
    assert writable("a\udc80b") == "a\\udc80b"
    assert units("😀") == 2


def test_what_is_left_out_is_said():
    assert abridged("x" * 10, "zh", 10) == "x" * 10
    assert abridged("x" * 30, "zh", 10) == "x" * 10 + "……（余 20 字见原文件）"


def test_money_is_exact():
    assert [yuan(fen) for fen in (1, 10, 101, 9_999_999_999_999_99)] == [0.01, 0.1, 1.01, 9999999999999.99]


def test_blanks_of_frames_are_none():
    import pandas as pd

    assert [to_python(value) for value in (None, float("nan"), pd.NA, pd.NaT, "", 0)] == [None, None, None, None, "", 0]
