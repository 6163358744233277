"""Declared workbooks: templates that check themselves, validated, marked, merged, counted and summed up.

>>> import factory_crm as fc
>>> schema = fc.crm.schema("basic")
>>> schema["orders"].title
'订单记录'

Nothing heavy is imported before a name is first used. ``docs/library.md`` walks the whole road.
"""

import sys

from ._version import __version__ as __version__

TYPE_CHECKING = False  # typing itself would take longer to import than all of this
if TYPE_CHECKING:
    from . import crm as crm
    from .api.copies import Output as Output
    from .api.copies import annotate as annotate
    from .api.copies import fix as fix
    from .api.explaining import describe as describe
    from .api.explaining import explain as explain
    from .api.merging import Merged as Merged
    from .api.merging import merge as merge
    from .api.report import CheckedWorkbook as CheckedWorkbook
    from .api.report import Report as Report
    from .api.report import ReportError as ReportError
    from .api.report import validate as validate
    from .api.schemas import ConfigError as ConfigError
    from .api.schemas import load as load
    from .api.summaries import summary as summary
    from .api.templates import Migration as Migration
    from .api.templates import migrate as migrate
    from .api.templates import template as template
    from .engine.engines import EngineUnavailable as EngineUnavailable
    from .metrics.figure import Figure as Figure
    from .metrics.figure import Value as Value
    from .metrics.figure import figure as figure
    from .metrics.results import Results as Results
    from .metrics.snapshot import Snapshot as Snapshot
    from .problems.code import Severity as Severity
    from .problems.problem import Location as Location
    from .problems.problem import Problem as Problem
    from .reading.guard import Refused as Refused
    from .report.page import Page as Page
    from .report.page import PageColumn as PageColumn
    from .report.page import Table as Table
    from .report.page import Tables as Tables
    from .schema.check import Check as Check
    from .schema.check import CheckedRecord as CheckedRecord
    from .schema.check import Finding as Finding
    from .schema.check import SheetRecords as SheetRecords
    from .schema.check import check as check
    from .schema.column import column as column
    from .schema.column_type import Choices as Choices
    from .schema.model import Sheet as Sheet
    from .schema.rule import rule as rule
    from .schema.types import Account as Account
    from .schema.types import Birthday as Birthday
    from .schema.types import Choice as Choice
    from .schema.types import Count as Count
    from .schema.types import CreditCode as CreditCode
    from .schema.types import Day as Day
    from .schema.types import Email as Email
    from .schema.types import Grade as Grade
    from .schema.types import Integer as Integer
    from .schema.types import LongText as LongText
    from .schema.types import Measurement as Measurement
    from .schema.types import Moment as Moment
    from .schema.types import Money as Money
    from .schema.types import Month as Month
    from .schema.types import MultipleChoice as MultipleChoice
    from .schema.types import Percent as Percent
    from .schema.types import Phone as Phone
    from .schema.types import Quantity as Quantity
    from .schema.types import Rate as Rate
    from .schema.types import Recommendation as Recommendation
    from .schema.types import RecordId as RecordId
    from .schema.types import Score as Score
    from .schema.types import Text as Text
    from .schema.types import UnitPrice as UnitPrice
    from .schema.types import YesNo as YesNo
    from .schema.types import Yuan as Yuan
    from .schema.workbook import WorkbookSchema as WorkbookSchema
    from .storage.atomic import NotSaved as NotSaved

_MODULES = {
    "api.copies": ("Output", "annotate", "fix"),
    "api.explaining": ("describe", "explain"),
    "api.merging": ("Merged", "merge"),
    "api.report": ("CheckedWorkbook", "Report", "ReportError", "validate"),
    "api.schemas": ("ConfigError", "load"),
    "api.summaries": ("summary",),
    "api.templates": ("Migration", "migrate", "template"),
    "engine.engines": ("EngineUnavailable",),
    "metrics.figure": ("Figure", "Value", "figure"),
    "metrics.results": ("Results",),
    "metrics.snapshot": ("Snapshot",),
    "problems.code": ("Severity",),
    "problems.problem": ("Location", "Problem"),
    "reading.guard": ("Refused",),
    "report.page": ("Page", "PageColumn", "Table", "Tables"),
    "schema.check": ("Check", "CheckedRecord", "Finding", "SheetRecords", "check"),
    "schema.column_type": ("Choices",),
    "schema.column": ("column",),
    "schema.model": ("Sheet",),
    "schema.rule": ("rule",),
    "schema.types": (
        "Account", "Birthday", "Choice", "Count", "CreditCode", "Day", "Email", "Grade", "Integer", "LongText",
        "Measurement", "Moment", "Money", "Month", "MultipleChoice", "Percent", "Phone", "Quantity", "Rate",
        "Recommendation", "RecordId", "Score", "Text", "UnitPrice", "YesNo", "Yuan",
    ),
    "schema.workbook": ("WorkbookSchema",),
    "storage.atomic": ("NotSaved",),
}  # fmt: skip
_HOMES = {name: module for module, names in _MODULES.items() for name in names}
__all__ = sorted((*_HOMES, "crm"))  # noqa: PLE0605 - the names stand once, above


def __dir__() -> list[str]:
    """List what there is, imported or not."""
    return [*__all__, "__version__"]


if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        """Import what is asked for, the first time it is."""
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        module = f"{__name__}.{_HOMES.get(name, name)}"
        __import__(module)
        found = sys.modules[module] if name not in _HOMES else getattr(sys.modules[module], name)
        globals()[name] = found
        return found

    _Module = type(sys)

    class _Package(_Module):
        """``merge``, ``template`` … are verbs here, though the rooms behind them are called the same."""

        def __setattr__(self, name: str, value: object) -> None:
            if name not in _HOMES or not isinstance(value, _Module):  # which importing a room would set
                super().__setattr__(name, value)

    sys.modules[__name__].__class__ = _Package
