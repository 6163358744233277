"""What may stand in ``factory.toml``: the models of the file, from which its JSON Schema for editors is made."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any, Literal, cast

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, create_model

from ..schema.limits import Caps
from ..schema.types import CONFIG_TYPES
from ..schema.workbook import Numbering

Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,30}$")]
"""What programs call a column, a list or a table."""
DisplayText = Annotated[str, Field(min_length=1, max_length=200)]
"""A text that people see."""
Title = Annotated[str, Field(min_length=1, max_length=31, pattern=r"^[^\[\]:*?/\\']+$")]
"""The name of a sheet, as Excel allows it."""
Clock = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$")]
if TYPE_CHECKING:
    TypeName = str
else:  # the names of the types, so that a wrong one is refused and the schema of the file lists them
    TypeName = Literal[tuple(CONFIG_TYPES)]


class FilePart(BaseModel):
    """Base of every part of the file: what it does not know is refused."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, use_attribute_docstrings=True)


class OfficePart(FilePart):
    """One office that fills workbooks in."""

    name: DisplayText
    """What stands as 填报单位."""
    aliases: list[DisplayText] = []
    """Other spellings of it."""
    priority: Annotated[int, Field(ge=1, le=9999)] | None = None
    """Where workbooks contradict each other, the office with the lowest number is believed."""


def _as_list_part(value: Any) -> Any:
    return {"values": value} if isinstance(value, list) else value


class ListPart(FilePart):
    """A list to choose from; ``["a", "b"]`` alone is as good as its values."""

    values: list[DisplayText] = []
    """What to choose from."""
    aliases: dict[str, DisplayText] = {}
    """Other spellings, and the value each stands for."""
    suggested: bool = False
    """Whether other values are welcome too."""
    groups: dict[str, list[DisplayText]] = {}
    """The values by the value of another column (see ``depends_on``); instead of ``values``."""


class CalendarPart(FilePart):
    """When people work."""

    hours: list[Clock] = ["08:30-12:00", "13:30-17:30"]
    """Working hours of a day, as ``08:30-12:00``."""
    weekdays: list[Annotated[int, Field(ge=1, le=7)]] = [1, 2, 3, 4, 5]
    """Working days of a week; Monday is 1."""
    holidays: list[date] = []
    """Days off."""
    workdays: list[date] = []
    """Days on which people work although the week says otherwise (调休)."""


class ColumnPart(FilePart):
    """A column: a new one has a header; a built-in one may be given a list, a note, an example, or be made required."""

    header: DisplayText | None = None
    """What stands above it; new columns only."""
    kind: TypeName | None = None
    """What may stand in its cells; new columns only, ``choice`` where ``choices`` is given."""
    choices: str = ""
    """The list it is chosen from."""
    depends_on: str = ""
    """The column that decides which group of the list may be chosen."""
    refers: str = ""
    """The table whose number it names."""
    echoes: str = ""
    """The column whose name is shown here by formula, such as 客户名称."""
    formula: str = ""
    """How it is reckoned; nobody fills it then."""
    key: bool = False
    """Whether it tells the rows of a whole new sheet apart."""
    made_from: list[str] = []
    """The columns from which a blank key is made."""
    blank: bool | None = None
    """Whether it may be left blank; no by default."""
    costs: str = Field(default="", max_length=100)
    """☆: what a blank costs, in a few words."""
    note: str = Field(default="", max_length=200)
    """What to fill in, in a few words."""
    example: str | int | float | date | datetime | None = None
    aliases: list[DisplayText] = []
    """Other headers under which it is found."""
    wants: str = Field(default="", max_length=100)
    """What is asked for in messages, instead of the kind's own words."""
    min: int | float | None = None
    """The least number."""
    max: int | float | None = None
    """The greatest number."""
    length: Annotated[int, Field(ge=1, le=2000)] | None = None
    """The most characters of a text."""
    pattern: str = Field(default="", max_length=200)
    """A regular expression that the whole text has to meet; say in ``wants`` what it asks for."""
    event: bool = False
    """Whether its days say how far the data reach."""


class RulePart(FilePart):
    """A rule that every row has to meet."""

    code: Annotated[str, Field(pattern=r"^X\d{3}$")]
    """X and three digits; used once."""
    holds: Annotated[str, Field(min_length=1, max_length=500)]
    """The condition, in the rule language."""
    at: str = ""
    """The column at whose cell it is shown; else the first it names."""
    severity: Literal["error", "warning"] = "error"
    remedy: str = Field(default="", max_length=200)
    """How to mend it, in words."""


class TablePart(FilePart):
    """What is added to a table."""

    columns: dict[Name, ColumnPart] = {}
    """By the names that rules call them."""
    rules: list[RulePart] = []


class SheetPart(TablePart):
    """A whole sheet of the factory's own."""

    table: Name
    """What programs and ``refers`` call it."""
    title: Title
    """The name of the sheet."""
    purpose: DisplayText
    """One sentence for its head."""
    label: str = ""
    """The column that people know a row by."""
    aliases: list[DisplayText] = []
    """Other names under which the sheet is found."""
    required: bool = False
    """Whether a workbook without it is in error."""


class FactoryFile(FilePart):
    """What this factory adds to the standard workbook, and how it counts. Everything is optional."""

    product: Annotated[str, Field(min_length=1, max_length=60)] | None = None
    """What the workbook is called."""
    edition: str | None = None
    numbering: Numbering = "group"
    """``group``: a number means one thing everywhere; ``office``: each office counts by itself."""
    rows: Annotated[int, Field(ge=1, le=20_000)] | None = None
    """Rows prepared on each sheet of a template."""
    offices: list[OfficePart] = []
    choices: dict[Name, Annotated[ListPart, BeforeValidator(_as_list_part)]] = {}
    calendar: CalendarPart | None = None
    limits: Caps = Field(default_factory=Caps)
    """Of reading a workbook."""
    english: dict[str, DisplayText] = {}
    """The English of any text in this file."""
    sheets: list[SheetPart] = []


def file_model(
    editions: Sequence[str], tables: Iterable[str], sections: Mapping[str, tuple[str, Any, Any]]
) -> type[FactoryFile]:
    """Return the model of a product's file: the keys of ``FactoryFile``, its sections among them, a part for each table.

    ``sections``: by its key, the key it stands before, its annotation and its field.
    """
    fields: dict[str, Any] = {}
    for name, described in FactoryFile.model_fields.items():
        fields |= {key: (kind, field_info) for key, (before, kind, field_info) in sections.items() if before == name}
        fields[name] = (
            Annotated[(described.annotation, *described.metadata)] if described.metadata else described.annotation,
            described,
        )
    fields["edition"] = (Literal[tuple(editions)] | None, FactoryFile.model_fields["edition"])
    fields |= {table: (TablePart, Field(default_factory=TablePart)) for table in tables}
    created: Any = create_model("FactoryFile", __base__=FilePart, __doc__=FactoryFile.__doc__, **fields)
    return cast("type[FactoryFile]", created)
