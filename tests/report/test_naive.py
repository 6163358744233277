"""Each figure of the dashboard's cards, reckoned anew from the detail sheets by a plain script that knows only the definitions."""

from datetime import timedelta

import pandas as pd
import pytest

from tests.report.builders import demo


def sheet(title):
    rows = list(demo().values()[title].iter_rows(min_row=4, values_only=True))
    return pd.DataFrame(rows[1:], columns=list(rows[0]))


@pytest.fixture(scope="module")
def naive():
    as_of = pd.Timestamp(demo().results.as_of)
    end = as_of + timedelta(days=1)
    start = pd.Timestamp(as_of.year - 1, as_of.month, as_of.day) + timedelta(days=1)
    orders, services, feedbacks = sheet("订单"), sheet("服务"), sheet("反馈")
    orders = orders[orders["订单状态"] != "已取消"].copy()
    for name in ("下单日期", "发货日期", "收货日期", "约定交期"):
        orders[name] = pd.to_datetime(orders[name])
    orders["day"] = orders["下单日期"].fillna(orders["发货日期"])
    now = orders[(orders["day"] >= start) & (orders["day"] < end)]
    due = orders[(orders["约定交期"] >= start) & (orders["约定交期"] < end)]
    judged = due[due["收货日期"].notna() | (due["约定交期"] < as_of)]
    first = now.groupby(["客户编号", "订单编号"])["day"].min().reset_index()
    days = first.groupby("客户编号")["day"].nunique()

    def alive(moment):
        told = orders[orders["day"] < moment].groupby("客户编号")["day"].max()
        return told, set(told[told >= moment - timedelta(days=91)].index)

    _, cohort = alive(start)
    last, _ = alive(end)
    lost = {one for one in cohort if (as_of - last[one]).days > 180}
    for name in ("受理时间", "首次响应时间", "处理日期"):
        services[name] = pd.to_datetime(services[name])
    asked = services[(services["受理时间"] >= start) & (services["受理时间"] < end)]
    timed = asked[asked["受理时间"] != asked["受理时间"].dt.normalize()]
    answered = timed[timed["首次响应时间"].notna() & (timed["首次响应时间"] != timed["首次响应时间"].dt.normalize())]
    took = answered["首次响应时间"] - answered["受理时间"]
    waiting = timed[
        timed["首次响应时间"].isna() & timed["处理日期"].isna() & (timed["受理时间"] < end - timedelta(hours=4))
    ]
    complaints = services[services["事件类型"] == "投诉"]
    feedbacks["反馈日期"] = pd.to_datetime(feedbacks["反馈日期"])
    scores = feedbacks[(feedbacks["反馈日期"] >= start) & (feedbacks["反馈日期"] < end)]["评分(满分5分)"].dropna()
    return {
        "amount": round(now["总金额(元)"].sum() * 100), "orders": now["订单编号"].nunique(),
        "order_value": round(now["总金额(元)"].sum() / now["订单编号"].nunique() * 100),
        "on_time_rate": (judged["收货日期"] <= judged["约定交期"]).mean(), "mean_score": scores.mean(),
        "complaints": ((complaints["受理时间"] >= start) & (complaints["受理时间"] < end)).sum(),
        "buyers": now["客户编号"].nunique(), "repeat_rate": (days >= 2).mean(), "churn_rate": len(lost) / len(cohort),
        "response_rate": (took <= timedelta(hours=4)).sum() / (len(took) + len(waiting)), "csat": (scores >= 4).mean(),
        "open_complaints": complaints["处理日期"].isna().sum(),
    }  # fmt: skip


@pytest.mark.parametrize("name", [
    "amount", "orders", "order_value", "on_time_rate", "mean_score", "complaints", "buyers", "repeat_rate", "churn_rate",
    "response_rate", "csat", "open_complaints",
])  # fmt: skip
def test_a_card_says_what_the_rows_say(naive, name):
    assert demo().results.figures[name].value == pytest.approx(naive[name], rel=1e-12)
