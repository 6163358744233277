"""How good the data are: what is filled in, which workbooks pass at once, how many problems there are, by 填报单位."""

from collections.abc import Callable, Iterable, Sequence
from functools import cache

import narwhals.stable.v2 as nw
import pandas as pd

from ...merge.record import Origin
from ...metrics.figure import FigureTable, Value, figure, share
from ...metrics.frames import BLANK, aggregates, flag, is_filled, to_pandas
from ...problems.codes import Severity
from ..sheets import SHEETS
from .facts import Snapshot

QUALITY = (
    "office", "files", "rows", "rejected", "errors", "warnings", "fixes", "problems_per_100", "first_pass", "first_pass_rate",
    "filled", "cells", "completeness",
)  # fmt: skip
PERIODS = ("period", *QUALITY[1:10])
COLUMNS = ("table", "column", "filled", "rows", "completeness")
_CORE = ("customers", "orders", "services", "feedbacks")


def quality(now: Snapshot) -> pd.DataFrame:
    """Return each 填报单位, by name: its workbooks that could be read or not, rows, problems, and what is filled in.

    ``first_pass``: workbooks without any error · ``filled`` of ``cells``: expected columns (☆) of the accepted rows ·
    rates are NaN of nothing. Files that are no data of anybody (skipped, sent twice) do not count.
    """
    found = _by(now.origins, lambda origin: origin.office, "office")
    offices = _completeness_by_office(now)
    joined = found.merge(offices, on="office", how="outer").sort_values("office", ignore_index=True)
    whole = [name for name in QUALITY if name not in {"office", "problems_per_100", "first_pass_rate", "completeness"}]
    joined[whole] = joined[whole].fillna(0).astype("int64")
    joined = joined.assign(completeness=joined["filled"] / joined["cells"].where(joined["cells"] > 0))
    return joined[list(QUALITY)]


def by_period(now: Snapshot) -> pd.DataFrame:
    """Return the same of each 报送期间, in order, but for what is filled in."""
    return _by(now.origins, lambda origin: origin.period, "period")


def _by(origins: Iterable[Origin], group: Callable[[Origin], str], called: str) -> pd.DataFrame:
    groups: dict[str, list[Origin]] = {}
    for origin in origins:
        if origin.status in {"merged", "unreadable"}:
            groups.setdefault(group(origin) or BLANK, []).append(origin)
    rows = [(name, *_numbers(files)) for name, files in sorted(groups.items())]
    table = pd.DataFrame(rows, columns=[called, *QUALITY[1:10]])
    floats = dict.fromkeys(("problems_per_100", "first_pass_rate"), "float64")
    ints = dict.fromkeys((name for name in QUALITY[1:10] if name not in floats), "int64")
    return table.astype({called: "str"} | floats | ints)


def _numbers(files: Sequence[Origin]) -> tuple[int | float | None, ...]:
    rows = sum(counts.read.rows for origin in files for counts in origin.counts.values())
    rejected = sum(counts.rejected.rows for origin in files for counts in origin.counts.values())
    errors, warnings, fixes = (
        sum(problem.code.severity is level for origin in files for problem in origin.problems)
        for level in (Severity.ERROR, Severity.WARNING, Severity.FIX)
    )
    passed = sum(passes(origin) for origin in files)
    rate = share(100 * (errors + warnings), rows)
    return len(files), rows, rejected, errors, warnings, fixes, rate, passed, share(passed, len(files))


def passes(origin: Origin) -> bool:
    """Whether a workbook could be read and has no error; warnings and fixes do not matter."""
    return origin.status == "merged" and all(one.code.severity is not Severity.ERROR for one in origin.problems)


def filled_columns(now: Snapshot) -> pd.DataFrame:
    """Return each expected column (☆) of the four sheets and how many of its cells are filled, the emptiest first."""
    rows = []
    for table, names in _expected(now).items():
        found = aggregates(
            now.accepted(table, *names), rows=nw.len(), **{name: flag(is_filled(name)).sum() for name in names}
        )
        rows += [(table, name, found[name], found["rows"]) for name in names]
    frame = pd.DataFrame(rows, columns=list(COLUMNS[:-1])).astype({"table": "str", "column": "str"})
    frame = frame.assign(completeness=frame["filled"] / frame["rows"].where(frame["rows"] > 0))
    return frame.sort_values(["completeness", "table", "column"], ignore_index=True)


def _completeness_by_office(now: Snapshot) -> pd.DataFrame:
    parts = []
    for table, names in _expected(now).items():
        there = now.accepted(table, *names, "office").with_columns(
            office=nw.col("office").fill_null(""), there=sum((flag(is_filled(name)) for name in names), start=nw.lit(0))
        )
        found = there.group_by("office").agg(filled=nw.col("there").sum(), rows=nw.len())
        part = to_pandas(found, {"office": "str", "filled": "int64", "rows": "int64"})
        parts.append(part.assign(cells=part["rows"] * len(names)).drop(columns="rows"))
    every = pd.concat(parts) if parts else pd.DataFrame({"office": [], "filled": [], "cells": []})
    every = every.assign(office=every["office"].astype("str").replace("", BLANK))
    return every.groupby("office")[["filled", "cells"]].sum().reset_index()


def _expected(now: Snapshot) -> dict[str, list[str]]:
    """The columns whose blanks cost a figure, by table; those of the four sheets that are there."""
    return {table: names for table, names in _recommended().items() if now.is_there(table)}


@cache
def _recommended() -> dict[str, list[str]]:
    sheets = {sheet.table: sheet for sheet in SHEETS}
    return {
        table: [column.name for column in sheets[table].columns if column.recommended_for and not column.automatic]
        for table in _CORE
    }


def _handed_in(now: Snapshot) -> list[Origin]:
    """The workbooks that somebody sent as data."""
    return [origin for origin in now.origins if origin.status in {"merged", "unreadable"}]


@figure(
    "completeness",
    "数据完整率",
    unit="%",
    better="up",
    compared=False,
    definition="四张主表中会影响指标的列（模板标 ☆）填了的格数 ÷ 应填的格数。",
)
def completeness(now: Snapshot) -> Value:
    """Return the share of the expected cells that are filled."""
    table = now.table("completeness")
    cells, there = int(table["rows"].sum()), int(table["filled"].sum())
    return Value(share(there, cells), cells)


@figure(
    "first_pass_rate",
    "一次通过率",
    unit="%",
    better="up",
    compared=False,
    definition="读到的工作簿中，没有任何错误的占多少；警告和可自动修正的不算错误。",
)
def first_pass_rate(now: Snapshot) -> Value:
    """Return the share of the workbooks without any error."""
    handed_in = _handed_in(now)
    return Value(share(sum(passes(origin) for origin in handed_in), len(handed_in)), len(handed_in))


@figure(
    "problems_per_100",
    "每百行问题数",
    unit="个",
    better="down",
    compared=False,
    definition="检查发现的错误和警告数 ÷ 读到的行数 × 100；可自动修正的不计入。",
)
def problems_per_100(now: Snapshot) -> Value:
    """Return the errors and warnings per hundred rows."""
    rows, _, errors, warnings = _numbers(_handed_in(now))[1:5]
    return Value(share(100 * ((errors or 0) + (warnings or 0)), rows or 0), int(rows or 0))


FIGURES = (completeness, first_pass_rate, problems_per_100)
TABLES = (
    FigureTable("quality", QUALITY, quality),
    FigureTable("quality_periods", PERIODS, by_period),
    FigureTable("completeness", COLUMNS, filled_columns),
)
