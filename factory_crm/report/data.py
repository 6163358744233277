"""What a summary is written from: a merge, its figures, the schema, and what earlier pages expose to later ones."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from ..i18n.translate import Language, LazyText, OwnText, translate
from ..merge.result import MergeResult
from ..metrics.results import Results
from ..schema.workbook import WorkbookSchema
from ..xlsx.formula import quote_title
from .format import cell_value
from .page import Col, PageColumn
from .values import CachedFormula, FrameRow, columns_of, rows_of

ROWS_A_SHEET = 1_048_000
"""Rows of a table that fit on a sheet, its head left out."""
_LONGEST_TITLE = 25
"""Of a title that a number follows; Excel lets a sheet's have 31 characters."""
LiveValue = CachedFormula | float | None


class ReportTexts:
    """Texts in one language; ``own`` are choices of the factory's that bring their English."""

    def __init__(self, language: Language, own: Mapping[str, LazyText]) -> None:
        self.language = language
        self.own = own

    @classmethod
    def of(cls, language: Language, schema: WorkbookSchema) -> "ReportTexts":
        """Return the texts of a schema."""
        words = (word for choices in schema.choices.values() for word in choices.values if isinstance(word, OwnText))
        return cls(language, {str(word): word for word in words})

    def translate(self, text: str, /, **facts: object) -> str:
        """Return a text in the language."""
        return translate(self.word(text), self.language, **facts)

    def word(self, text: str) -> str:
        """Return a text, with its English where it is a choice of the factory's own."""
        return self.own.get(text, text)


@dataclass(frozen=True)
class Mismatch:
    """A formula that does not come to the figure beside it: a defect, for one of the two counts wrongly."""

    name: str
    formula: str
    value: float | str
    figure: float | None


@dataclass(frozen=True)
class ReportData:
    """All that pages are made from; whoever makes one changes nothing here but ``exposed`` and ``mismatches``."""

    merged: MergeResult
    results: Results
    schema: WorkbookSchema
    texts: ReportTexts
    rows_a_sheet: int = ROWS_A_SHEET
    live: Callable[["ReportData"], Mapping[str, LiveValue]] | None = None
    """What says which figures stand as formulas."""
    exposed: dict[str, Any] = field(default_factory=dict)
    """What earlier pages expose: tables that formulas name, blocks that charts stand on."""
    mismatches: list[Mismatch] = field(default_factory=list)
    _cache: dict[Any, Any] = field(default_factory=dict)
    _titles: list[tuple[int, str]] = field(default_factory=list)

    def add_title(self, title: str, place: int) -> None:
        """Remember that people see a sheet, by its title in the language of the report."""
        self._titles.append((place, title))

    @property
    def titles(self) -> list[str]:
        """The sheets that were made so far and that people see, in the order in which they stand."""
        return [title for _, title in sorted(self._titles, key=lambda one: one[0])]

    @property
    def language(self) -> Language:
        """The language of the report."""
        return self.texts.language

    def translate(self, text: str, /, **facts: object) -> str:
        """Return a text in the language of the report."""
        return self.texts.translate(text, **facts)

    def word(self, text: str) -> str:
        """Return a text, with its English where it is a choice of the factory's own."""
        return self.texts.word(text)

    def title(self, title: str, number: int = 1) -> str:
        """Return the title of a sheet; those after the first of a title bear their number."""
        text = self.translate(title)
        return text if number == 1 else f"{text[:_LONGEST_TITLE]} ({number})"

    def reference(self, title: str, cells: str) -> str:
        """Return cells of a page as formulas of others write them; the title is as declared."""
        return f"{quote_title(self.translate(title))}!{cells}"

    def column(
        self,
        header: str,
        look: str,
        width: int,
        values: Sequence[Any],
        *,
        automatic: bool = False,
        hidden: bool = False,
    ) -> PageColumn:
        """Return a column of a table under its header in the report's language."""
        return PageColumn(self.translate(header), look, width, values, automatic=automatic, hidden=hidden)

    def columns_for(self, rows: Sequence[Mapping[str, Any]], columns: Iterable[Col]) -> list[PageColumn]:
        """Return the columns that are declared by their names in the rows."""
        return [
            self.column(col.header, col.look, col.width, [row[col.name] if col.show is None else col.show(row[col.name]) for row in rows])
            for col in columns
        ]  # fmt: skip

    def rows(self, frame: str) -> list[dict[str, Any]]:
        """Return the rows of a frame of the figures as plain values by column."""
        if frame not in self._cache:
            self._cache[frame] = rows_of(self.results.frames[frame])
        rows: list[dict[str, Any]] = self._cache[frame]
        return rows

    def columns(self, table: str) -> Mapping[str, Sequence[Any]]:
        """Return the accepted rows of a sheet, by column, with ``file``, ``sheet``, ``row``, ``office`` and ``extra``."""
        key = (table,)
        if key not in self._cache:
            self._cache[key] = table_columns(self.merged, table)
        columns: Mapping[str, Sequence[Any]] = self._cache[key]
        return columns

    def records(self, table: str) -> list[Mapping[str, Any]]:
        """Return the accepted rows of a sheet."""
        columns = self.columns(table)
        return [FrameRow(columns, at) for at in range(len(columns["file"]))]

    def has(self, needs: Iterable[str]) -> bool:
        """Whether the schema has sheets (``orders``) and columns (``orders.paid``)."""
        declared = {sheet.table: {column.name for column in sheet.columns} for sheet in self.schema.sheets}
        pairs = (need.partition(".") for need in needs)
        return all(table in declared and (not column or column in declared[table]) for table, _, column in pairs)

    @cached_property
    def live_figures(self) -> Mapping[str, LiveValue]:
        """The values of figures that stand on cards: formulas where the sheets can say them."""
        if self.live is None:
            return {name: cell_value(figure) for name, figure in self.results.figures.items()}
        return self.live(self)

    @cached_property
    def live_names(self) -> Collection[str]:
        """The figures that stand as formulas."""
        return {name for name, value in self.live_figures.items() if isinstance(value, CachedFormula) and value.holds}

    def formula_if_equal(
        self, name: str, live: CachedFormula | None, figure: float | None, places: int = 9
    ) -> LiveValue:
        """Return the formula if it comes to the figure, else the figure, and record the mismatch under that name."""
        if live is None or (figure is None and not live.value):  # nothing to count is 数据不足, where a formula says 0
            return figure
        if figure is not None and _agree(live.value, figure, places):
            return live
        self.mismatches.append(Mismatch(name, live.formula, live.value, figure))
        return figure


def _agree(value: float | str, figure: float, places: int) -> bool:
    return not isinstance(value, str) and abs(value - figure) < 0.5 * 10**-places * max(1.0, abs(figure))


def table_columns(merged: MergeResult, table: str) -> Mapping[str, Sequence[Any]]:
    """Return the accepted rows of a table, by column."""
    return columns_of(merged.tables[table].collect(backend="pandas").to_native())
