"""What figures say they are computed from is what they read: recorded, and nothing else."""

from datetime import date
from random import Random

import narwhals.stable.v2 as nw
import pandas as pd
import pytest

from factory_crm.crm.metrics import delivery
from factory_crm.crm.metrics.facts import TIMES
from factory_crm.crm.metrics.registry import FIGURES, REGISTRY, SHEETS, compute
from factory_crm.crm.settings import Settings
from factory_crm.merge.tables import PROVENANCE
from factory_crm.metrics.figure import ORIGINS, TARGETS, Value, figure
from factory_crm.metrics.markdown import markdown
from factory_crm.metrics.results import needs_of
from factory_crm.metrics.snapshot import Inputs
from factory_crm.metrics.window import midnight
from tests.crm.metrics import drawing
from tests.crm.metrics.test_full_edition import EVERYTHING
from tests.metrics import test_registry as machines

AS_OF = date(2023, 12, 31)


def sources(**more):
    return {name: result.source() for name, result in compute({}, None, **more).figures.items()}


def test_sources_are_named_as_people_know_them():
    found = sources()
    assert found["csat"] == "反馈评价：评分(满分5分)、反馈日期"
    assert found["amount"] == "订单记录：总金额(元)、下单日期、发货日期、订单状态"
    assert list(found.values())[-1] == "读到的工作簿"


@pytest.mark.parametrize(
    ("name", "columns"),
    [
        ("target_rate", {"orders.amount", "orders.salesperson", "customers.owner", "sales_targets.amount"}),
        ("on_time_rate", {"orders.due_on", "orders.changed_due_on", "orders.changed_by", "orders.received_on"}),
        ("sla_rate", {"services.priority", "services.event"}),
        ("fcr_rate", {"services.reopened_on"}),
        ("completeness", {"orders.due_on", "services.received_at", "feedbacks.score", "customers.phone"}),
        ("first_pass_rate", {"origins."}),
    ],
)
def test_figures_that_read_more_than_their_name_says_say_so(name, columns):
    needs = needs_of(Inputs({}, SHEETS, Settings(), REGISTRY, TIMES))[name]
    assert columns <= {f"{table}.{column}" for table, column in needs}


def test_first_contact_reads_what_stands_in_for_a_missing_column(tables):
    """
    services
    service_id | customer_id | event | received_at | closed_at  | first_contact
    S1         | C1          | 咨询  | 2023-05-01  | 2023-05-01 | 是
    """
    assert "客户编号、事件类型、订单编号" in compute(tables, AS_OF).figures["fcr_rate"].source()


def narrowed(tables, needs):
    """The tables with nothing but the columns that were asked for."""
    found = {}
    for table, frame in tables.items():
        asked = [name for of, name in needs if of == table]
        kept = [name for name in frame.collect_schema().names() if name.removesuffix("_timed") in asked]
        found[table] = frame.select(*kept, *(name for name in PROVENANCE if name not in kept))
    return found


def ahead(seed):
    """Rows on both sides of the as-of day, so that a date nobody asked for would make a difference."""
    chance = Random(seed)
    drawn = drawing.drawn(EVERYTHING)
    for frame in drawn.values():
        for column in frame.columns:
            if str(frame[column].dtype).startswith("datetime"):
                frame[column] = [
                    day if chance.random() < 0.7 else day + (pd.Timestamp("2024-01-01") - day) * chance.choice((1, 0.5))
                    for day in frame[column]
                ]
                frame[column] = frame[column].dt.floor("D").astype("datetime64[us]")
    return drawing.on("pandas", drawn)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_figure_is_the_same_with_nothing_but_what_it_asked_for(seed):
    tables = ahead(seed)
    now = drawing.as_known(tables)
    for one in FIGURES:
        needs = [need for need in now.needs(one.name) if need[0] not in {ORIGINS, TARGETS}]
        assert one(drawing.as_known(narrowed(tables, needs))) == now.figure(one.name), one.name


def test_a_figure_that_reads_what_it_did_not_ask_for_fails():
    @figure("sly", "x", unit="元", definition="x。")
    def sly(now):
        return Value(len(now.sheet("orders", "amount").filter(nw.col("quantity") > 0).collect()))

    with pytest.raises(Exception, match="quantity"):
        sly(drawing.as_known(drawing.on("pandas", drawing.drawn(""))))


# a figure is one declared function


@figure(
    "heaviest_order",
    "最大订单行",
    unit="元",
    better="up",
    definition="期内未取消的订单行中最大的总金额，期长 {window_months} 个月。",
)
def heaviest_order(now):
    """What the worked example of the contributor's guide adds."""
    amounts = delivery.lines_in(now, "amount").select(most=nw.col("amount").max()).collect(backend="pandas").to_native()
    most = amounts["most"].iloc[0]
    return Value(None if pd.isna(most) else int(most), len(amounts))


def test_a_figure_is_added_by_one_function(tables):
    """
    orders
    order_id | line | customer_id | amount | ordered_on | status
    O1       | 1    | C1          | 100    | 2022-05-01 |
    O2       | 1    | C1          | 300    | 2023-05-01 |
    O3       | 1    | C1          | 900    | 2023-05-01 | 已取消
    """
    registry = REGISTRY.extended([heaviest_order])
    found = compute(tables, AS_OF, registry=registry).figures["heaviest_order"]
    assert (found.value, found.before) == (300, None)
    assert found.source() == "订单记录：总金额(元)、下单日期、发货日期、订单状态"
    page = markdown(Inputs({}, SHEETS, Settings(), registry, TIMES), "zh")
    assert "| 最大订单行 `heaviest_order` | 元 | 期内未取消的订单行中最大的总金额，期长 12 个月。 |" in page


def test_a_sheet_of_a_factorys_own_has_figures_beside_the_customers():
    tables = drawing.on("pandas", drawing.drawn(EVERYTHING))
    registry = REGISTRY.extended([machines.inspected])
    found = compute({**tables, **machines.TABLES}, AS_OF, registry=registry, sheets={**SHEETS, **machines.SHEETS})
    assert found.figures["inspected"].value == 2
    assert found.figures["inspected"].source() == "点检记录：点检日期"
    assert found.figures["amount"].value == compute(tables, AS_OF).figures["amount"].value


# on-time delivery is defined once


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("chosen", [Settings(), Settings(on_time_basis="shipped", on_time_tolerance_days=2)])
def test_one_line_is_judged_as_the_figure_judges_it(seed, chosen):
    now = drawing.as_known(ahead(seed), chosen)
    done = delivery.day_of_delivery(chosen)
    rows = delivery.lines(now, "due_on", done).collect(backend="pandas").to_native()
    end = midnight(now.end)
    judged = [
        delivery.on_time(*(None if pd.isna(day) else day for day in pair), end, chosen)
        for pair in rows.itertuples(index=False, name=None)
        if not pd.isna(pair[0]) and midnight(now.window.start) <= pair[0] < end
    ]
    found = delivery.on_time_rate(now)
    told = [line for line in judged if line is not None]
    assert (found.n, found.value) == (len(told), sum(told) / len(told))
