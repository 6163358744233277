"""XlsxWriter, but nothing is dropped in silence: every warning and every refusal raises; formulas can be shared."""

import re
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from functools import wraps
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, ParamSpec

from ..problems.problem import column_letters
from . import theme
from .backend import Format, Workbook, Worksheet
from .bulk_rows import Body, Settle
from .limits import LONGEST_FORMULA
from .shared_strings import PlainPackager, SharedTexts

_TEXTS = re.compile(r'"[^"]*"')
_OPTIONS: dict[str, Any] = {
    "strings_to_urls": False,
    "strings_to_formulas": False,
    "default_format_properties": {"font_name": theme.FONT, "font_size": theme.SIZE, "font_scheme": "minor"},
}


class RefusedError(ValueError):
    """XlsxWriter would have left something out; only who writes workbooks can cause it."""


P = ParamSpec("P")


def _strict(method: Callable[P, int]) -> Callable[P, int]:
    """Return the method, which raises RefusedError where it would answer with less than 0."""

    @wraps(method)
    def call(*arguments: P.args, **options: P.kwargs) -> int:
        answer = method(*arguments, **options)
        if answer < 0:
            raise RefusedError(f"{method.__name__}{arguments[1:]} was refused: {answer}")
        return answer

    return call


class _Shared(str):
    """A cell's part of a shared formula: only the first cell spells it out."""

    __slots__ = ("attributes",)
    attributes: str


class StrictWorksheet(Worksheet):
    """A worksheet that raises where XlsxWriter would answer less than zero, and knows shared formulas."""

    _shared = 0
    _body: Body | None = None

    write_string = _strict(Worksheet.write_string)
    write_number = _strict(Worksheet.write_number)
    write_boolean = _strict(Worksheet.write_boolean)
    write_datetime = _strict(Worksheet.write_datetime)
    write_blank = _strict(Worksheet.write_blank)
    write_formula = _strict(Worksheet.write_formula)
    write_url = _strict(Worksheet.write_url)
    merge_range = _strict(Worksheet.merge_range)
    data_validation = _strict(Worksheet.data_validation)
    conditional_format = _strict(Worksheet.conditional_format)
    unprotect_range = _strict(Worksheet.unprotect_range)
    ignore_errors = _strict(Worksheet.ignore_errors)

    def write_shared(
        self, first_row: int, last_row: int, column: int, formula: str, style: Format | None, value: Any = ""
    ) -> None:
        """Write one formula into a block of one column (counted from 0), once for all its cells.

        It must mean every row by itself: other sheets only through defined names, no range operator. ``None`` as the value
        stores none: fit for a hidden sheet, which no previewer shows.
        """
        if "!" in _TEXTS.sub("", formula) or len(formula) > LONGEST_FORMULA:
            raise RefusedError(f"this formula can't be shared: {formula}")
        letter = column_letters(column + 1)
        spelt, others = _Shared(formula.removeprefix("=")), _Shared("")
        spelt.attributes = f't="shared" ref="{letter}{first_row + 1}:{letter}{last_row + 1}" si="{self._shared}"'
        others.attributes = f't="shared" si="{self._shared}"'
        self._shared += 1
        self.write_formula(last_row, column, "=0", style, value)  # tells the worksheet how far it reaches
        self.write_formula(first_row, column, "=0", style, value)
        cell = self.table[first_row][column]
        for row in range(first_row, last_row + 1):
            self.table[row][column] = cell._replace(formula=spelt if row == first_row else others)

    def write_body(self, top: int, columns: Sequence[tuple[Sequence[Any], Settle]]) -> None:
        """Write all the rows from ``top`` on (counted from 0), which the worksheet will never hold as cells."""
        body = Body(top, columns)
        if self._check_dimensions(top, 0) or self._check_dimensions(body.bottom, len(columns) - 1):
            raise RefusedError(f"{body.bottom + 1} rows don't fit on a sheet")
        self._body = body

    def _write_rows(self) -> None:
        """Write the rows that are held, then those of the body."""
        if self._body is None:
            super()._write_rows()
            return
        bottom, self.dim_rowmax = self.dim_rowmax, self._body.top - 1
        super()._write_rows()
        self.dim_rowmax = bottom
        try:
            self.fh.writelines(self._body.rows(self.str_table, self._convert_date_time))
        except BaseException:
            self.fh.close()  # XlsxWriter would leave it open
            raise

    def set_result(self, row: int, column: int, value: Any) -> None:
        """Keep what a formula comes to beside it, for previewers that reckon nothing; both count from 0."""
        self.table[row][column] = self.table[row][column]._replace(value=value)

    def forget_results(self, rows: int) -> None:
        """Keep nothing beside the formulas of the first rows: what was true of a blank template is not of a filled one."""
        for cells in (cells for row, cells in self.table.items() if row < rows):
            cells.update({at: cell._replace(value="") for at, cell in cells.items() if hasattr(cell, "formula")})

    def set_rest(self, column: int, style: Format) -> None:
        """Give every column from that one (counted from 0) on a format, without the sheet reaching that far."""
        reach = self.dim_colmin, self.dim_colmax
        self.set_column(column, self.xls_colmax - 1, None, style)
        self.dim_colmin, self.dim_colmax = reach

    def _xml_formula_element(self, formula: str, result: Any, attributes: Any = ()) -> None:
        """Write a formula's cell; an empty text is typed as a text, which XlsxWriter forgets."""
        with_type = [*attributes, ("t", "str")] if result == "" else attributes
        value = "" if result is None else f"<v>{self._escape_data(result)}</v>"
        if not isinstance(formula, _Shared):
            super()._xml_formula_element(formula, result, with_type)
            return
        cell = "".join(f' {name}="{self._escape_attributes(value)}"' for name, value in with_type)
        spelt = f">{self._escape_data(str(formula))}</f>" if formula else "/>"
        self.fh.write(f"<c{cell}><f {formula.attributes}{spelt}{value}</c>")


class StrictWorkbook(Workbook):
    """A workbook of strict worksheets, with our theme and fonts."""

    worksheet_class = StrictWorksheet
    define_name = _strict(Workbook.define_name)
    set_custom_property = _strict(Workbook.set_custom_property)

    def __init__(self, path: str, options: dict[str, Any]) -> None:
        super().__init__(path, options)
        self.str_table = SharedTexts()

    if TYPE_CHECKING:

        def add_worksheet(self, name: str) -> StrictWorksheet:
            """Add a sheet of that name and return it."""

    def _get_packager(self) -> PlainPackager:
        return PlainPackager()


@contextmanager
def writing(path: Path, *, large: bool = False) -> Iterator[StrictWorkbook]:
    """Yield a new workbook and write it to the path in the end; every warning of XlsxWriter's is an error.

    The parts of a ``large`` one pass through a private folder beside it instead of memory.
    """
    with (
        warnings.catch_warnings(),
        TemporaryDirectory(dir=path.parent, ignore_cleanup_errors=True) if large else nullcontext() as scratch,
    ):
        warnings.filterwarnings("error", module="xlsxwriter")
        own = {"in_memory": not large, "tmpdir": scratch}  # no plaintext in the system's temporary folder
        workbook = StrictWorkbook(
            str(path), {**_OPTIONS, **own, "default_format_properties": {**_OPTIONS["default_format_properties"]}}
        )
        workbook.use_custom_theme(StringIO(theme.theme_xml()))
        yield workbook
        workbook.close()
