"""Every figure and every table of a registry, from one snapshot and those it is compared with."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Protocol, TypeVar

import narwhals.stable.v2 as nw
import pandas as pd

from ..engine.frames import in_memory
from ..i18n.translate import LazyText
from ..merge.tables import storage_types
from ..schema.model import Sheet
from . import window as windows
from .figure import ORIGINS, RATES, TARGETS, Figure, FigureResult, Need, Source, Value
from .frames import Frame
from .snapshot import Inputs, Snapshot
from .window import Comparison, Window

_NO_SHEETS = {ORIGINS: LazyText("读到的工作簿"), TARGETS: LazyText("factory.toml 的销售目标")}
_ANY_DAY = date(2000, 1, 1)


class Periods(Protocol):
    """The settings that every computation reads; a trade's own settings have more."""

    @property
    def window_months(self) -> int:
        """Length of the period that figures look at, ending with the as-of day."""

    @property
    def before_grace_days(self) -> int:
        """The period before is compared with if the data begin no later than so many days into it."""

    def facts(self) -> Mapping[str, Any]:
        """Return every setting by its name, as the definitions name them."""


@dataclass(frozen=True)
class PlainSettings:
    """The settings of a workbook whose figures need no others."""

    window_months: int = 12
    before_grace_days: int = 31

    def facts(self) -> Mapping[str, Any]:
        """Return every setting by its name."""
        return vars(self)


S = TypeVar("S", bound=Periods)
FirstEvents = Callable[[Snapshot[S]], Mapping[str, date]]


@dataclass(frozen=True)
class Results:
    """What a report is written from. Money is in fen everywhere."""

    as_of: date | None
    start: date | None
    """First day of the period, which ends with ``as_of``; None where there is no event."""
    first_event: date | None
    figures: Mapping[str, FigureResult]
    """Every figure of the registry by its name, in the order they are shown."""
    frames: Mapping[str, pd.DataFrame]
    """Every table of the registry by its name."""
    settings: Any
    """Those the figures were computed under."""
    compared: Comparison | None = None
    """The periods of each figure's ``recent`` and ``before``; None where the data reach back to no earlier one."""


def compute(inputs: Inputs[S], as_of: date | None, first_events: FirstEvents[S] | None = None) -> Results:
    """Return every figure and table as of the end of that day; nothing but 数据不足 where there is no such day.

    ``first_events`` finds the first event of each sheet, where its rows' dates alone do not say.
    """
    if as_of is None:
        return _nothing(inputs)
    settings, registry = inputs.settings, inputs.registry
    now = Snapshot(inputs, windows.window_to(as_of, settings.window_months))
    begun = (first_events or first_days)(now)
    first_event = min(begun.values(), default=None)
    frames = {table.name: now.table(table.name) for table in registry.tables}
    compared = _comparison(as_of, first_event, settings)
    figures = {}
    later, earlier = (now.over(compared.now), now.over(compared.then)) if compared else (now, now)
    if compared and compared.now == now.window:
        later = now
    for figure in registry.figures:
        found, needs = now.figure(figure.name), now.needs(figure.name)
        recent = before = None
        if compared and _is_compared(figure, needs, begun, compared, settings):
            recent, before = later.figure(figure.name).value, earlier.figure(figure.name).value
        figures[figure.name] = _result(figure, found, (recent, before), settings, sources(needs, inputs.sheets))
    return Results(as_of, now.window.start, first_event, figures, frames, settings, compared)


def first_days(now: Snapshot[Any]) -> Mapping[str, date]:
    """Return the first event of each sheet that has one, by its event dates."""
    found = {}
    for table, names in now.event_dates().items():
        if day := first_day(now.sheet(table, *names)):
            found[table] = day
    return found


def first_day(frame: Frame) -> date | None:
    """Return the earliest date in any column of a frame; None of nothing."""
    names = frame.collect_schema().names()
    firsts = frame.select(*(nw.col(name).min() for name in names)).collect(backend="pandas").to_native()
    return min((pd.Timestamp(moment).date() for moment in firsts.iloc[0] if not pd.isna(moment)), default=None)


def sources(needs: Iterable[Need], sheets: Mapping[str, type[Sheet]]) -> tuple[Source, ...]:
    """Return the sheets and columns by the names people know them by, each sheet once."""
    headers: dict[str, list[str]] = {}
    for table, name in needs:
        headers.setdefault(table, []).extend([sheets[table].column(name).header] if name else [])
    return tuple(
        Source(_NO_SHEETS[table] if table in _NO_SHEETS else LazyText(sheets[table].title), tuple(named))
        for table, named in headers.items()
    )


def needs_of(inputs: Inputs[S]) -> Mapping[str, tuple[Need, ...]]:
    """Return what each figure asks for, of workbooks that have every column and no row."""
    blank = {table: in_memory([], storage_types(sheet)) for table, sheet in inputs.sheets.items()}
    now = Snapshot(replace(inputs, tables=blank), windows.window_to(_ANY_DAY, inputs.settings.window_months))
    return {figure.name: now.needs(figure.name) for figure in inputs.registry.figures}


def _comparison(as_of: date, first_event: date | None, settings: Periods) -> Comparison | None:
    """The best of the comparisons that the data reach back to."""
    possible = windows.comparisons(as_of, settings.window_months)
    return next((one for one in possible if _reaches(first_event, one.then, settings)), None)


def _reaches(first: date | None, past: Window, settings: Periods, *, rate: bool = False) -> bool:
    """Whether data from that day on tell of a past period; for a rate, half of it is enough."""
    grace = max(settings.before_grace_days, past.days // 2 if rate else 0)
    return first is not None and (first - past.start).days <= grace


def _is_compared(
    figure: Figure[Any], needs: Sequence[Need], begun: Mapping[str, date], compared: Comparison, settings: Periods
) -> bool:
    """Whether the sheet whose rows a figure counts, the first it asked for, reaches back to the period before."""
    first = begun.get(needs[0][0]) if needs else None
    return figure.compared and _reaches(first, compared.then, settings, rate=figure.unit in RATES)


def _result(
    figure: Figure[Any],
    found: Value,
    pair: tuple[float | None, float | None],
    settings: Periods,
    read: tuple[Source, ...],
) -> FigureResult:
    goal = getattr(settings, figure.goal) if figure.goal else None
    return FigureResult(figure, found.value, found.n, found.coverage, *pair, goal, found.note, read)


def _nothing(inputs: Inputs[S]) -> Results:
    needs = needs_of(inputs)
    figures = {
        figure.name: _result(
            figure, Value(None), (None, None), inputs.settings, sources(needs[figure.name], inputs.sheets)
        )
        for figure in inputs.registry.figures
    }
    frames = {table.name: pd.DataFrame(columns=list(table.columns)) for table in inputs.registry.tables}
    return Results(None, None, None, figures, frames, inputs.settings)
