"""Little or no data still makes a good workbook: a sentence where a chart would be empty."""

import pytest

from factory_crm.i18n.translate import LANGUAGES
from tests.merge.builders import customer, feedback, order, service
from tests.report.builders import CHART, parsed, summarised, write_book

CASES = {
    "nothing": None,
    "customers only": {"customers": [customer()]},
    "no orders": {"customers": [customer()], "services": [service()], "feedbacks": [feedback()]},
    "no feedback": {"customers": [customer()], "orders": [order()], "services": [service()]},
    "one of each": {
        "customers": [customer()],
        "orders": [order()],
        "services": [service(event="投诉")],
        "feedbacks": [feedback()],
    },
    "orders without a day": {"customers": [customer()], "orders": [order(ordered_on=None)]},
    "only cancelled": {"customers": [customer()], "orders": [order(status="已取消")]},
    "a stray": {"customers": [customer()], "orders": [order(customer_id="CUS9")]},
    "all rejected": {"customers": [customer(phone="x")], "orders": [order(quantity=-1)]},
}


QUICK = ("nothing", "no orders")


def summary(case, folder, language="zh"):
    (folder / "in").mkdir()
    if CASES[case]:
        write_book(folder / "in" / "a.xlsx", CASES[case])
    return summarised([folder / "in"], folder / "summary.xlsx", language)


@pytest.mark.parametrize("case", [one if one in QUICK else pytest.param(one, marks=pytest.mark.slow) for one in CASES])
def test_little_data_makes_no_empty_chart(case, tmp_path):
    made = summary(case, tmp_path)
    charts = [parsed(part) for name, part in made.parts().items() if name.startswith("xl/charts/chart")]
    for chart in charts:
        for cache in chart.iter(f"{CHART}numCache"):
            assert any(float(value.text or 0) for value in cache.iter(f"{CHART}v"))
    told = [cell.value for row in made.values()["经营看板"].iter_rows() for cell in row if isinstance(cell.value, str)]
    assert len(charts) >= 6 or any("还没有数据" in text for text in told)


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_at_all_says_so(language, tmp_path):
    made = summary("nothing", tmp_path, language)
    board = made.values().worksheets[0]
    told = [cell.value for row in board.iter_rows() for cell in row if isinstance(cell.value, str)]
    lacking = "数据不足" if language == "zh" else "Not enough data"
    assert told.count(lacking) == 12
    assert not [name for name in made.parts() if name.startswith("xl/charts/")]
