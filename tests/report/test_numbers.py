"""The numbers on the sheets are the figures, and formulas say them where they can."""

from dataclasses import replace
from datetime import date

import pytest

from factory_crm.crm import schema as standard
from factory_crm.crm.pages.attention import attention
from factory_crm.crm.settings import Settings
from factory_crm.merge.merge import totals
from factory_crm.merge.record import Counts
from factory_crm.metrics.window import comparisons
from factory_crm.report.data import Mismatch
from factory_crm.report.format import change_in_words, goal_in_words, in_words
from factory_crm.report.formulas import period
from factory_crm.report.formulas.cached import Criterion, SheetTable, is_, ratio
from factory_crm.report.values import CachedFormula
from tests.report.builders import EVERY_SHEET, demo, full, summarised, write_book


def column(sheet, header, top=4):
    rows = list(sheet.iter_rows(min_row=top, values_only=True))
    return [row[rows[0].index(header)] for row in rows[1:]]


def test_customers_totals_are_formulas_that_come_to_the_figures():
    summary = demo()
    frame, sheet = summary.results.frames["customers"], summary.values()["客户汇总"]
    assert column(sheet, "客户编号") == list(frame["customer_id"])
    assert column(sheet, "订单数") == list(frame["orders"])
    assert column(sheet, "订单金额(元)") == [fen / 100 for fen in frame["amount_fen"]]
    assert column(sheet, "投诉数") == list(frame["complaints"])
    formulas = column(summary.book()["客户汇总"], "订单金额(元)")
    assert all(formula.startswith("=ROUND(SUMIFS('订单'!") for formula in formulas)


def test_the_cards_show_the_figures():
    summary = demo()
    cards = [
        cell.value
        for row in summary.values()["经营看板"].iter_rows()
        for cell in row
        if isinstance(cell.value, int | float)
    ]
    figures = summary.results.figures
    assert cards[:2] == [figures["amount"].value / 1_000_000, figures["orders"].value]
    for name in ("on_time_rate", "buyers", "repeat_rate", "churn_rate", "response_rate", "csat", "open_complaints"):
        assert pytest.approx(figures[name].value, rel=1e-14) in cards, name


LIVE = {"amount", "orders", "order_value", "on_time_rate", "mean_score", "complaints", "csat", "open_complaints"}


@pytest.mark.parametrize("made", [demo, full])
def test_every_card_that_can_be_a_formula_is_one(made):
    assert len(made().formulas("经营看板")) == len(LIVE)
    rows = list(made().values()["指标口径"].iter_rows(min_row=4, values_only=True))
    told = {row[0] for row in rows if row[rows[0].index("怎么算的")] == "公式，可点开"}
    assert told == {made().results.figures[name].figure.title for name in LIVE}


@pytest.mark.parametrize("made", [demo, full])
def test_no_formula_differs_from_its_figure(made):
    assert made().mismatches == ()


def test_what_formulas_can_say_they_say():
    assert len(demo().formulas("计算")) >= 6 * 12


def test_the_months_are_the_figures():
    summary = demo()
    sheet, months = summary.values()["计算"], summary.results.frames["months"].tail(12)
    rows = [row[:9] for row in sheet.iter_rows(min_row=6, max_row=17, values_only=True)]
    assert [row[2] for row in rows] == list(months["orders"])
    assert [row[3] for row in rows] == [fen / 100 for fen in months["amount_fen"]]
    assert [row[8] for row in rows] == list(months["complaints"])


def test_the_account_of_the_sources_adds_up():
    summary = demo()
    sheet = summary.values()["数据来源"]
    total = Counts()
    for counts in totals(summary.merged.origins).values():
        total = total.plus(counts)
    sums = [row for row in sheet.iter_rows(values_only=True) if row[1] == "合计"]
    assert len(sums) == 2
    for row in sums:
        assert list(row[6:10]) == [amount.rows for amount in total]
        assert list(row[10:14]) == [amount.fen / 100 for amount in total]
        assert row[14] == "√"
    checks = [row[14] for row in sheet.iter_rows(min_row=5, values_only=True) if row[14] in ("√", "×")]
    assert set(checks) == {"√"}


def test_every_figure_is_defined():
    summary = demo()
    sheet = summary.values()["指标口径"]
    assert column(sheet, "指标") == [figure.figure.title for figure in summary.results.figures.values()]
    assert column(sheet, "n") == [figure.n for figure in summary.results.figures.values()]
    assert "{" not in "".join(column(sheet, "定义"))


def test_conflicts_show_every_version_side_by_side():
    summary = demo()
    sheet = summary.values()["冲突"]
    rows = list(sheet.iter_rows(min_row=5, values_only=True))
    assert len(rows) == sum(len(conflict.headers) for conflict in summary.merged.conflicts)
    conflict = summary.merged.conflicts[0]
    assert [row[7] for row in rows[: len(conflict.headers)]] == list(conflict.versions[0].cells)
    assert [row[9] for row in rows[: len(conflict.headers)]] == list(conflict.versions[1].cells)


# Formulas and their values


DETAIL = SheetTable(
    "订单", 5, ("a", "number", "amount"), {"number": [1, 2, 1], "amount": [150, 25, None]}, {"amount": 100}
)


def test_a_formula_is_made_with_its_value():
    assert DETAIL.total("amount", is_("number", 1)) == CachedFormula(
        "ROUND(SUMIFS('订单'!$C$5:$C$7,'订单'!$B$5:$B$7,1),2)", 1.5
    )
    assert DETAIL.count(Criterion("amount", ">=", 30, "30")) == CachedFormula("COUNTIFS('订单'!$C$5:$C$7,\">=\"&30)", 1)
    assert DETAIL.count(is_("number", 3)).value == 0


def test_nothing_is_divided_by_nothing():
    assert ratio(CachedFormula("1", 1), CachedFormula("0", 0)) is None
    assert ratio(CachedFormula("1", 1), CachedFormula("8", 8), 2) == CachedFormula("ROUND(1/8,2)", 0.13)


def test_a_formula_that_differs_gives_way_to_the_figure_and_is_recorded():
    data = demo().data()
    assert data.formula_if_equal("x", CachedFormula("A1", 2), 2) == CachedFormula("A1", 2)
    assert data.formula_if_equal("x", None, 3) == 3
    assert data.mismatches == []
    assert data.formula_if_equal("x", CachedFormula("A1", 2), 3) == 3
    assert data.formula_if_equal("y", CachedFormula("A1", 2), None) is None
    assert data.mismatches == [Mismatch("x", "A1", 2, 3), Mismatch("y", "A1", 2, None)]


# Words


def figure(name, **changes):
    return demo().results.figures[name]._replace(**changes)


@pytest.mark.parametrize(("name", "value", "zh", "en"), [
    ("on_time_rate", 0.617, "61.7%", "61.7%"),
    ("amount", 12345, "123.45 元", "123.45 CNY"),
    ("amount", 16_363_000_00, "1,636.3 万元", None),
    ("orders", 1234, "1,234 单", None),
    ("mean_score", None, "数据不足", None),
])  # fmt: skip
def test_values_are_told_with_their_units(name, value, zh, en):
    assert in_words(figure(name), value, "zh") == zh
    assert en is None or in_words(figure(name), value, "en") == en


@pytest.mark.parametrize(("name", "value", "before", "told", "standing"), [
    ("orders", 110, 100, "▲ 10.0%，同比", "good"),
    ("complaints", 110, 100, "▲ 10.0%，同比", "bad"),
    ("on_time_rate", 0.80, 0.85, "▼ 5.0 个百分点，同比", "bad"),
    ("orders", 100, 100, "同比持平", "none"),
    ("orders", 100, 0, "对比期为 0", "none"),
    ("orders", 0, 0, "同比持平", "none"),
    ("orders", 100, None, "没有可对比的数据", "none"),
    ("orders", None, 100, "", "none"),
])  # fmt: skip
def test_changes_are_told_and_judged(name, value, before, told, standing):
    year = comparisons(date(2023, 12, 31), 12)[1]
    assert change_in_words(figure(name, value=value, recent=value, before=before), year, "zh") == (told, standing)


def test_goals_are_told():
    assert goal_in_words(figure("on_time_rate", value=0.9, goal=0.85), "zh") == "目标 85% √"
    assert goal_in_words(figure("on_time_rate", value=0.8, goal=0.855), "zh") == "目标 85.5% ×"
    assert goal_in_words(figure("on_time_rate", value=None, goal=0.85), "zh") == "目标 85%"
    assert goal_in_words(figure("orders"), "zh") == ""


def test_what_needs_attention_is_said_in_words():
    told = list(attention(demo().results, "zh"))
    assert told[0] == "× 准时交付率 84.4%，低于目标 85%"
    assert any("投诉还没有办结" in line for line in told)


@pytest.mark.slow
@pytest.mark.parametrize("settings", [Settings(on_time_basis="shipped"), Settings(on_time_tolerance_days=3)])
def test_punctuality_is_a_formula_under_every_setting(settings, tmp_path):
    write_book(tmp_path / "in" / "a.xlsx", EVERY_SHEET)
    schema = replace(standard("full"), extensions=(settings,))
    made = summarised([tmp_path / "in"], tmp_path / "s.xlsx", schema=schema)
    live = [text for text in made.formulas("经营看板") if "/COUNTIFS(" in text and text.startswith("=SUMIFS(")]
    assert len(live) == 1
    assert made.results.figures["on_time_rate"].value != full().results.figures["on_time_rate"].value


@pytest.mark.slow
def test_a_workbook_too_large_for_formulas_has_values(monkeypatch, tmp_path):
    monkeypatch.setattr(period, "LIVE_ROWS", 10)
    write_book(tmp_path / "in" / "a.xlsx", EVERY_SHEET)
    made = summarised([tmp_path / "in"], tmp_path / "s.xlsx", schema=standard("full"))
    assert made.formulas("经营看板") == []
    told = [row[2:6] for row in made.values()["计算"].iter_rows(min_row=6, max_row=17, values_only=True)]
    again = [row[2:6] for row in full().values()["计算"].iter_rows(min_row=6, max_row=17, values_only=True)]
    assert told == again
