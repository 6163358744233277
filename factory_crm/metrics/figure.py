"""What a figure and a table are: one declared function each, with the words that explain it beside it.

Both kinds of function have one signature, ``(Snapshot) -> Value`` and ``(Snapshot) -> pandas.DataFrame``. What a figure
needs is not declared: the snapshot records which columns it was asked for while the function ran.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, Literal, NamedTuple, Protocol, TypeVar

from ..i18n.translate import SENTENCE_JOINT, Language, LazyText, TextList, translate

if TYPE_CHECKING:
    import pandas as pd


S = TypeVar("S")
"""The snapshot that a function is handed, of whatever settings it has."""
Better = Literal["up", "down", "neither"]
Need = tuple[str, str]
"""A column by its table and name; the name is blank where a source has no columns, such as ``ORIGINS``."""
ORIGINS, TARGETS = "origins", "targets"
"""Sources that are no sheets: the workbooks that were read, and the targets of factory.toml."""


class Named(Protocol):
    """Settings whose values definitions may name in braces."""

    def facts(self) -> Mapping[str, Any]:
        """Return every setting by its name."""


class Value(NamedTuple):
    """What a figure comes to in one period."""

    value: float | None
    """None where the data do not suffice; an int where it counts something."""
    n: int = 0
    """How many rows it rests on."""
    coverage: float | None = None
    """Share of the rows that have what it needs; None where there is no row to ask."""
    note: LazyText = LazyText("")
    """What a reader has to know beside it."""


@dataclass(frozen=True, slots=True)
class Figure(Generic[S]):
    """A figure: the function that computes it, and what it means in words for those who read it."""

    name: str
    title: LazyText
    unit: LazyText
    """Says how a value is held: 元 in whole fen, % as a share between 0 and 1, all others as they are."""
    function: "Callable[[S], Value]"
    definition: LazyText
    """Names the settings it depends on in braces; ``define`` fills them in."""
    better: Better = "neither"
    goal: str | None = None
    """The setting that holds its goal."""
    compared: bool = True
    """Whether it is compared with a period before, where the first table it reads reaches back so far."""

    def __call__(self, now: S) -> Value:
        """Compute it."""
        return self.function(now)

    def define(self, settings: Named, language: Language = "zh") -> str:
        """Return the definition with the thresholds in force."""
        return translate(self.definition, language, **settings.facts())


@dataclass(frozen=True, slots=True)
class FigureTable(Generic[S]):
    """A table for pages to show; the function says what its columns mean."""

    name: str
    columns: tuple[str, ...]
    function: "Callable[[S], pd.DataFrame]"


def figure(  # noqa: PLR0913 - the words of one figure, in one place
    name: str,
    title: str,
    *,
    unit: str,
    definition: str,
    better: Better = "neither",
    goal: str | None = None,
    compared: bool = True,
) -> "Callable[[Callable[[S], Value]], Figure[S]]":
    """Declare the function below as a figure."""

    def declared(function: "Callable[[S], Value]") -> Figure[S]:
        return Figure(name, LazyText(title), LazyText(unit), function, LazyText(definition), better, goal, compared)

    return declared


class Source(NamedTuple):
    """A sheet and the columns of it that a figure was computed from, by the names people know them by."""

    title: LazyText
    headers: tuple[str, ...]

    def in_language(self, language: Language) -> str:
        """Return the sheet and its columns in words."""
        if not self.headers:
            return translate(self.title, language)
        return translate("{sheet}：{columns}", language, sheet=self.title, columns=TextList(self.headers))


def source_text(sources: Iterable[Source], language: Language) -> str:
    """Return what a figure was computed from, one sheet after the other."""
    return SENTENCE_JOINT[language].join(one.in_language(language) for one in sources)


class FigureResult(NamedTuple):
    """One figure of the period, ready to be shown. ``figure.unit`` says how ``value`` and ``before`` are held."""

    figure: Figure[Any]
    value: float | None
    """None is 数据不足; an int where it counts something."""
    n: int
    """How many rows it rests on."""
    coverage: float | None
    """Share of the rows that have what it needs; None where there is no row to ask."""
    recent: float | None
    """What ``before`` is compared with: the value, but of the later period of ``Results.compared``."""
    before: float | None
    """The value of its earlier period, as it was known then; None where the data do not reach back."""
    goal: float | None
    note: LazyText
    """What a reader has to know beside it."""
    sources: tuple[Source, ...] = ()
    """The sheets and columns it was computed from, as recorded."""

    def source(self, language: Language = "zh") -> str:
        """Return the sheets and columns it was computed from, by the names people know them by."""
        return source_text(self.sources, language)


RATES = frozenset(map(LazyText, ("%", "分", "点", "小时", "天", "起/百单")))
"""Units of figures that do not grow with how much of a period the data hold."""


def share(part: float, whole: float) -> float | None:
    """Return the part of the whole; None where there is no whole."""
    return part / whole if whole else None
