"""人员绩效: one line a person: customers and sales of those who own customers, services of those who handle them."""

import re
from collections.abc import Sequence
from typing import Any

from .. import theme
from .calculation import Sheet
from .customers import OWNER
from .details import COMPLAINT, COUNTED, DAY, OPEN, data_bar
from .facts import Facts, Row, hours, mean
from .live import Condition, Detail, agreeing, is_, quoted_text
from .table import FIRST_ROW, Column, head, set_columns, set_up, write_table
from .writer import INSUFFICIENT, Page, rounded, yuan

TITLE = "人员绩效"
UNNAMED = "未填"
_PLAIN = re.compile(r"\w[\w .·-]*")
_ALIVE = ("新客户", "活跃")


def people(facts: Facts) -> list[Row]:
    """Return what stands to each person's name, the largest sales first; customers without an owner come last."""
    found: dict[str, Row] = {}

    def of(name: str | None) -> Row:
        return found.setdefault(name or "", {"person": name, "customers": 0, "window_fen": 0, "alive": 0, "scores": [],
                                             "services": 0, "open": 0, "complaints": 0, "hours": []})  # fmt: skip

    owners = {row["customer_id"]: facts.owner(row["customer_id"]) for row in facts.customers}
    for row in facts.customers:
        one = of(owners[row["customer_id"]])
        one["customers"] += 1
        one["window_fen"] += row["window_fen"] or 0
        one["alive"] += row["lifecycle"] in _ALIVE
    for row in facts.tables["feedbacks"]:
        if row["score"] is not None and facts.within(row["given_on"]):
            of(owners.get(row["customer_id"]))["scores"].append(row["score"])
    for row in facts.tables["services"]:
        one = of(row["handler"])
        one["open"] += row["closed_at"] is None
        if facts.within(row["day"]):
            one["services"] += 1
            one["complaints"] += row["event"] == COMPLAINT
            took = hours(row, "received_at", "responded_at")
            one["hours"] += [] if took is None else [took]
    return sorted(
        found.values(),
        key=lambda one: (one["person"] is None, -one["window_fen"], -one["services"], one["person"] or ""),
    )


def write_people(page: Page, sheet: Sheet, listed: Detail, facts: Facts) -> None:
    """Write the list; numbers are formulas where a person's name can stand in one."""
    report, say = page.report, page.report.say
    found = people(facts)
    services = sheet.details["services"]
    once = _once([one["person"] for one in found])

    def column(header: str, look: str, width: int, values: Sequence[Any]) -> Column:
        return Column(say(header), look, width, values)

    def live(detail: Detail, name: str, counted: str, *conditions: Condition, total: str = "") -> list[Any]:
        values = []
        for at, one in enumerate(found):
            told = yuan(one[counted]) if total else one[counted]
            if one["person"] not in once or not detail.rows:
                values.append(told)
                continue
            same = is_(name, one["person"], f"$A{FIRST_ROW + 1 + at}")
            values.append(
                agreeing(detail.total(total, same, *conditions) if total else detail.count(same, *conditions), told)
            )
        return values

    complaint = is_("event", COMPLAINT, quoted_text(say(COMPLAINT)))
    within = sheet.within(DAY)
    columns = [
        column("姓名", "text", 110, [one["person"] or say(UNNAMED) for one in found]),
        column("负责客户", "count", 80, live(listed, OWNER, "customers")),
        column("其中新客户和活跃", "count", 96, [one["alive"] for one in found]),
        column("期内金额(元)", "money", 130, live(listed, OWNER, "window_fen", total="window_fen")),
        column("所负责客户的平均评分", "score", 110, [_mean(one["scores"]) for one in found]),
        column("评分条数", "count", 76, [len(one["scores"]) for one in found]),
        column("期内服务", "count", 76, live(services, "handler", "services", *within)),
        column("其中投诉", "count", 76, live(services, "handler", "complaints", complaint, *within)),
        column("未办结", "count", 76, live(services, "handler", "open", is_(COUNTED, 1), is_(OPEN, 1))),
        column("平均首次响应(小时)", "score", 110, [_mean(one["hours"]) for one in found]),
    ]
    told = say(
        "{count} 人。金额按客户现在的负责人归属，未扣退货；服务按处理人员。人少、条数少时请勿据此评比。",
        count=len(found),
    )
    head(page, page.title, told, len(columns) - 1)
    set_columns(page, columns)
    write_table(page, columns)
    set_up(page, rows=len(found), columns=len(columns), frozen=1)
    if found:
        page.sheet.conditional_format(FIRST_ROW, 3, FIRST_ROW + len(found) - 1, 3, data_bar())
    else:
        page.text(FIRST_ROW, 0, say("还没有填负责人或处理人员。"), report.style(font_color=theme.MUTED))


def _mean(numbers: Sequence[float]) -> Any:
    found = mean(numbers)
    return INSUFFICIENT if found is None else rounded(found, 2)


def _once(names: Sequence[str | None]) -> set[str]:
    """The names that a formula's condition takes for themselves only: plain words, not numbers, told apart without case."""
    folded: dict[str, int] = {}
    for name in names:
        folded[(name or "").casefold()] = folded.get((name or "").casefold(), 0) + 1
    return {name for name in names if name and _PLAIN.fullmatch(name) and not name[0].isdigit() and folded[name.casefold()] == 1
            and name.upper() not in ("TRUE", "FALSE")}  # fmt: skip
