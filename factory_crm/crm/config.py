"""What ``factory.toml`` may say of the customer workbook beside columns, lists and rules: its sections, and its models."""

from dataclasses import replace
from functools import cache
from typing import Annotated, Any, Literal

from pydantic import Field

from ..config.errors import ConfigErrors
from ..config.file import DisplayText, FilePart
from ..config.lists import TextLookup
from ..config.load import parse_schema
from ..config.product import Product, Section
from ..schema.column import column
from ..schema.workbook import WorkbookSchema
from . import EDITIONS, schema
from .organisation import Counted, Department, Flow, Layer, Organisation
from .settings import SalesTargets, Settings
from .sheets.order import Order

_Month = Annotated[str, Field(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")]
_Yuan = Annotated[float, Field(ge=0, le=10**13)]
_UNIT_PRICE = {"含税": "每件多少元，含税", "不含税": "每件多少元，不含税"}


class MoneyPart(FilePart):
    """How money is worded."""

    price: Literal["含税", "不含税"]  # zh only
    """Whether unit prices hold the tax; stands beside 单价(元)."""


class TargetsPart(FilePart):
    """Sales targets in yuan by month, as ``"2024-03" = 500000``."""

    sales: dict[_Month, _Yuan] = Field(default={})
    """Of the whole factory."""
    people: dict[str, dict[_Month, _Yuan]] = Field(default={})
    """Of each person (业务员, else 负责人)."""


class DepartmentPart(FilePart):
    """A department, as 管理架构 draws it."""

    name: DisplayText
    layer: Layer
    """How high it stands."""
    duties: DisplayText
    """What it does, in one sentence."""
    fills: list[DisplayText] = Field(default=[])
    """The sheets that it fills in."""
    reads: list[DisplayText] = Field(default=[])
    """The sheets of the summary that it reads."""


class FlowPart(FilePart):
    """What goes from one department to another."""

    source: DisplayText
    target: DisplayText
    what: DisplayText
    counted: Counted
    """Which count of the period says how much."""


def _with_thresholds(base: WorkbookSchema, settings: Settings, *_: Any) -> WorkbookSchema:
    return base.with_extension(settings)


def _with_targets(base: WorkbookSchema, part: TargetsPart, *_: Any) -> WorkbookSchema:
    """Add the targets in fen, those of all under an empty name."""
    every = {**({"": part.sales} if part.sales else {}), **part.people}
    months = {who: {month: round(yuan * 100) for month, yuan in given.items()} for who, given in every.items()}
    return base.with_extension(SalesTargets(months))


def _with_money(base: WorkbookSchema, part: MoneyPart | None, *_: Any) -> WorkbookSchema:
    """Say beside the unit price whether it holds the tax."""
    if part is None:
        return base
    price = base.sheet(Order.table).column("unit_price")
    hint = _UNIT_PRICE[part.price]
    field = column(price.header, hint, example=price.example, aliases=price.aliases)
    sheets = (
        one.with_fields({"unit_price": (price.annotation, field)}) if one.table == Order.table else one
        for one in base.sheets
    )
    return replace(base, sheets=tuple(sheets))


def _with_departments(
    base: WorkbookSchema, parts: list[DepartmentPart], tell: TextLookup, _: ConfigErrors
) -> WorkbookSchema:
    departments = tuple(
        Department(
            tell(part.name), part.layer, tell(part.duties), *(tuple(map(tell, of)) for of in (part.fills, part.reads))
        )
        for part in parts
    )
    ours = base.extension(Organisation)
    return base.with_extension(replace(ours, departments=departments or ours.departments))


def _with_flows(base: WorkbookSchema, parts: list[FlowPart], tell: TextLookup, _: ConfigErrors) -> WorkbookSchema:
    flows = tuple(Flow(tell(part.source), tell(part.target), tell(part.what), part.counted) for part in parts)
    ours = base.extension(Organisation)
    return base.with_extension(replace(ours, flows=flows or ours.flows))


@cache
def restored(edition: str | None, text: str) -> WorkbookSchema:
    """Return the schema of a text that is in order, once in every process. Raises ValueError for a text that is not."""
    found = parse_schema(text, PRODUCT, edition)
    if isinstance(found, list):
        raise ValueError("; ".join(f"{problem.location}: {problem.message('en')}" for problem in found))  # noqa: TRY004 - the text is wrong
    return found


_MONTH = '月份，如 "2024-03"'
SECTIONS = (
    Section(key="money", annotation=MoneyPart | None, apply=_with_money, before="limits"),
    Section(
        key="thresholds",
        annotation=Settings,
        described=Field(default_factory=Settings, description="Of the figures; see their definitions."),
        apply=_with_thresholds,
        before="limits",
        patterns={"capacity": "订单八步中的一步，如 生产制造"},
    ),
    Section(
        key="targets",
        annotation=TargetsPart,
        described=Field(default_factory=TargetsPart),
        apply=_with_targets,
        before="limits",
        patterns={"sales": _MONTH, "people": _MONTH},
    ),
    Section(
        key="departments",
        annotation=list[DepartmentPart],
        described=Field(default=[], description="Who does what, as 管理架构 shows it; instead of ours."),  # zh only
        apply=_with_departments,
    ),
    Section(
        key="flows",
        annotation=list[FlowPart],
        described=Field(default=[], description="What goes from one to another; instead of ours."),
        apply=_with_flows,
    ),
)
PRODUCT = Product(EDITIONS, schema, restored, SECTIONS)
"""The customer workbook, as ``factory.toml`` adds to it."""
