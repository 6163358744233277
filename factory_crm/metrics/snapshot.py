"""What was known at the end of a period: the one argument of every figure and table.

A snapshot hands out sheets as lazy frames, narrowed to the columns asked for, and records what was asked. Rows that lie
ahead of its end are not in them, dates that lie ahead are blank, and so is every column that the workbooks lack.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, wraps
from typing import Any, Concatenate, Generic, NamedTuple, ParamSpec, TypeVar

import narwhals.stable.v2 as nw
import pandas as pd

from ..merge.record import Origin
from ..merge.tables import PROVENANCE, storage_types
from ..schema.calendar import Calendar
from ..schema.model import Sheet
from .figure import ORIGINS, TARGETS, Figure, FigureTable, Need, Value
from .frames import Frame, is_filled, no_rows, only, schema_of, with_blanks
from .window import Window, midnight

S = TypeVar("S")
R = TypeVar("R")
P = ParamSpec("P")
TargetPlan = Mapping[str, Mapping[str, int]]
"""Targets in fen by owner (blank for everyone) and month (``2024-03``)."""
WHEN = "_when"
"""A column of every sheet with event dates: the first of them that is filled, which says when the row happened."""


class CycleError(RuntimeError):
    """Figures and tables that ask for each other; a mistake of whoever declared them."""


class Times(NamedTuple):
    """The dates of a sheet's rows that a snapshot looks at."""

    happened: tuple[str, ...] = ()
    """The first that is filled says when the row happened; a row without any is always there."""
    ends: tuple[str, ...] = ()
    """Blank as long as they lie ahead."""

    @classmethod
    def of(cls, sheet: type[Sheet]) -> "Times":
        """Return what a sheet declares."""
        return cls(sheet.event_dates(), sheet.end_dates())


@dataclass(frozen=True, slots=True)
class View:
    """A sheet as figures want it: with columns computed from others, and some of its rows left out."""

    sheet: str
    make: Callable[[Frame], Frame]
    always: tuple[str, ...] = ()
    """The columns that decide which rows are left out."""
    computed: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    """The columns it adds or replaces, and those that each is computed from."""


@dataclass(frozen=True, slots=True)
class Registry(Generic[S]):
    """Every figure and table that there is to compute, each name once."""

    figures: "tuple[Figure[Snapshot[S]], ...]" = ()
    tables: "tuple[FigureTable[Snapshot[S]], ...]" = ()

    def __post_init__(self) -> None:
        """Raise ValueError where a name stands twice."""
        for names in ([one.name for one in self.figures], [one.name for one in self.tables]):
            if twice := {name for name in names if names.count(name) > 1}:
                raise ValueError(f"declared twice: {', '.join(sorted(twice))}")

    def extended(
        self, figures: "Sequence[Figure[Snapshot[S]]]" = (), tables: "Sequence[FigureTable[Snapshot[S]]]" = ()
    ) -> "Registry[S]":
        """Return a registry with more of them, behind the others."""
        return Registry((*self.figures, *figures), (*self.tables, *tables))


@dataclass(frozen=True)
class Inputs(Generic[S]):
    """All that figures are computed from, whatever the period."""

    tables: Mapping[str, Frame]
    """The accepted rows of each sheet, as merging hands them over."""
    sheets: Mapping[str, type[Sheet]]
    """Every sheet that a figure may ask for, whether the workbooks have it or not."""
    settings: S
    registry: Registry[S]
    times: Mapping[str, Times] = field(default_factory=dict)
    """The dates of sheets whose event dates do not say enough."""
    calendar: Calendar | None = None
    """Working hours; None counts every hour."""
    targets: TargetPlan = field(default_factory=dict)
    origins: Sequence[Origin] = ()
    """The workbooks that were read."""


class Snapshot(Generic[S]):
    """What had happened by the end of ``window``."""

    def __init__(self, inputs: Inputs[S], window: Window, *, sheets_as_of: "_SheetsAsOf | None" = None) -> None:
        self.window = window
        self.settings = inputs.settings
        self.calendar = inputs.calendar
        self._inputs = inputs
        self._sheets_as_of = sheets_as_of or _SheetsAsOf(inputs.tables, inputs.sheets, inputs.times, window.end)
        self._memo: dict[Any, tuple[Any, dict[Need, None]]] = {}
        self._asked: list[dict[Need, None]] = [{}]
        """What was asked for, in its order: at the bottom of all, at the top by what runs right now."""
        self._running: list[Any] = []

    @property
    def end(self) -> date:
        """The day before which everything known had happened."""
        return self.window.end

    def over(self, window: Window) -> "Snapshot[S]":
        """Return what was known at the end of another period."""
        return Snapshot(self._inputs, window, sheets_as_of=self._sheets_as_of if window.end == self.end else None)

    def with_settings(self, settings: S) -> "Snapshot[S]":
        """Return the same under other settings."""
        return Snapshot(replace(self._inputs, settings=settings), self.window, sheets_as_of=self._sheets_as_of)

    def event_dates(self) -> Mapping[str, tuple[str, ...]]:
        """Return the dates that say when a row happened, of each sheet that has any."""
        found = {table: self._sheets_as_of.times_of(table).happened for table in self._inputs.sheets}
        return {table: names for table, names in found.items() if names}

    # what it hands out

    def sheet(self, table: str, *columns: str) -> Frame:
        """Return the columns of a sheet. Raises KeyError for a sheet or column that nobody declared."""
        return self.view(View(table, _unchanged, computed={WHEN: ()}), *columns)

    def view(self, view: View, *columns: str) -> Frame:
        """Return the columns of a view."""
        read = [name for column in columns for name in view.computed.get(column, (column,))]
        self._record(view.sheet, [*read, *self._sheets_as_of.times_of(view.sheet).happened, *view.always])
        return self._sheets_as_of.view(view, columns)

    def accepted(self, table: str, *columns: str) -> Frame:
        """Return the columns of every accepted row, those that lie ahead too."""
        self._record(table, columns)
        return self._sheets_as_of.accepted(table, columns)

    def is_there(self, table: str) -> bool:
        """Whether the workbooks have the sheet."""
        return table in self._inputs.tables

    def has(self, table: str, column: str) -> bool:
        """Whether some workbook has the column; where none has, it is handed out blank."""
        self._record(table, (column,))
        return self._sheets_as_of.has(table, column)

    @property
    def origins(self) -> Sequence[Origin]:
        """The workbooks that were read."""
        self._asked[-1][ORIGINS, ""] = None
        return self._inputs.origins

    @property
    def targets(self) -> TargetPlan:
        """The targets that factory.toml sets."""
        self._asked[-1][TARGETS, ""] = None
        return self._inputs.targets

    # what is computed from it

    def table(self, name: str) -> pd.DataFrame:
        """Return a declared table, which is shared: nobody may change it. Raises CycleError, KeyError."""
        found = next((one for one in self._inputs.registry.tables if one.name == name), None)
        if found is None:
            raise KeyError(f"no table is called {name!r}")
        return self.remember((found.name, "table"), lambda: found.function(self))

    def figure(self, name: str) -> Value:
        """Return a declared figure of this period. Raises CycleError, KeyError."""
        found = next((one for one in self._inputs.registry.figures if one.name == name), None)
        if found is None:
            raise KeyError(f"no figure is called {name!r}")
        return self.remember((found.name, "figure"), lambda: found.function(self))

    def needs(self, name: str) -> tuple[Need, ...]:
        """Return the columns that a figure was computed from, in the order it asked for them."""
        self.figure(name)
        return tuple(self._memo[name, "figure"][1])

    def remember(self, key: Any, find: Callable[[], R]) -> R:
        """Return what is found under that key, and find it the first time; who asks again needs what it needed.

        Raises CycleError where the search comes to the same key again.
        """
        if key not in self._memo:
            if key in self._running:
                circle = [*self._running[self._running.index(key) :], key]
                raise CycleError(
                    f"figures ask for each other in a circle: {' → '.join(str(_name(one)) for one in circle)}"
                )
            self._running.append(key)
            self._asked.append({})
            try:
                self._memo[key] = (find(), self._asked[-1])
            finally:
                self._running.pop()
                self._asked.pop()
        found: R
        found, needs = self._memo[key]
        self._asked[-1].update(needs)
        return found

    def _record(self, table: str, columns: Sequence[str]) -> None:
        sheet = self._sheets_as_of.sheet(table)
        for name in columns:
            if name in PROVENANCE or name == WHEN:
                continue
            column = sheet.column(name.removesuffix("_timed"))
            self._asked[-1][table, column.name] = None


def _name(key: Any) -> Any:
    return getattr(key[0], "__name__", key[0])


def _unchanged(frame: Frame) -> Frame:
    return frame


def memoized(find: Callable[Concatenate[Snapshot[S], P], R]) -> Callable[Concatenate[Snapshot[S], P], R]:
    """Let a snapshot remember what the function finds: many figures ask for the same, and every question costs.

    What it returns is shared, so nobody may change it.
    """

    @wraps(find)
    def remembered(now: Snapshot[S], /, *rest: P.args, **named: P.kwargs) -> R:
        return now.remember((find, *rest, *named.items()), lambda: find(now, *rest, **named))

    return remembered


class _Held(NamedTuple):
    """A frame and its columns, which some engines take long to tell."""

    frame: Frame
    schema: Mapping[str, Any]

    @classmethod
    def of(cls, frame: Frame) -> "_Held":
        return cls(frame, schema_of(frame))


class _SheetsAsOf:
    """The sheets without what lies at or beyond an end; each is filtered once, whoever asks."""

    def __init__(
        self,
        tables: Mapping[str, Frame],
        sheets: Mapping[str, type[Sheet]],
        times: Mapping[str, Times],
        end: date,
    ) -> None:
        self._tables, self._sheets, self._times, self._end = tables, sheets, times, midnight(end)
        self._frames: dict[tuple[str, Any], _Held] = {}
        """By sheet: its accepted rows (None), what of them is known (""), and each view by what makes it."""
        self._narrowed: dict[tuple[tuple[str, Any], tuple[str, ...]], Frame] = {}
        """By one of those and the columns asked for."""

    def sheet(self, table: str) -> type[Sheet]:
        if table not in self._sheets:
            raise KeyError(f"no sheet has the table {table!r}")
        return self._sheets[table]

    def times_of(self, table: str) -> Times:
        return self._times.get(table) or Times.of(self.sheet(table))

    def has(self, table: str, column: str) -> bool:
        return table in self._tables and column in schema_of(self._tables[table])

    def accepted(self, table: str, columns: Sequence[str]) -> Frame:
        return self._handed((table, None), columns)

    def view(self, view: View, columns: Sequence[str]) -> Frame:
        key = (view.sheet, view.make)
        if key not in self._frames:
            read = (*view.always, *(name for names in view.computed.values() for name in names))
            self._known(view.sheet)
            self._frames[key] = _Held.of(view.make(self._with((view.sheet, ""), read)))
        return self._handed(key, columns)

    def _known(self, table: str) -> None:
        """Take what lies ahead away from a whole sheet."""
        if (table, "") in self._frames:
            return
        times = self.times_of(table)
        frame = self._with((table, None), (*times.happened, *times.ends))
        if times.happened:
            when = nw.coalesce(*times.happened) if len(times.happened) > 1 else nw.col(times.happened[0])
            frame = frame.with_columns(when.alias(WHEN))
            frame = frame.filter(nw.col(WHEN).is_null() | (nw.col(WHEN) < self._end))
        ends = (
            nw.when(is_filled(name) & (nw.col(name) < self._end)).then(nw.col(name)).alias(name) for name in times.ends
        )
        self._frames[table, ""] = _Held.of(frame.with_columns(*ends) if times.ends else frame)

    def _handed(self, key: tuple[str, Any], columns: Sequence[str]) -> Frame:
        wanted = tuple(dict.fromkeys(columns))
        if (key, wanted) not in self._narrowed:
            self._narrowed[key, wanted] = only(self._with(key, wanted), wanted)
        return self._narrowed[key, wanted]

    def _with(self, key: tuple[str, Any], columns: Sequence[str]) -> Frame:
        """Return a whole frame, and those columns blank that it lacks."""
        table = key[0]
        if key not in self._frames:
            self._frames[key] = _Held.of(self._tables.get(table, self._no_rows))
        frame, schema = self._frames[key]
        if absent := [name for name in dict.fromkeys(columns) if name not in schema]:
            kinds = storage_types(self.sheet(table))
            frame = with_blanks(frame, {name: kinds[name] for name in absent}, schema)
            self._frames[key] = _Held.of(frame)
        return frame

    @cached_property
    def _no_rows(self) -> Frame:
        """A sheet without rows, of the engine that has the tables: engines do not join each other's."""
        return no_rows(PROVENANCE, next(iter(self._tables.values()), None))
