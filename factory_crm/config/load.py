"""``factory.toml``: what a factory adds to the standard schema, without Python."""

import tomllib
from collections.abc import Callable
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from types import MappingProxyType

from pydantic import ValidationError

from ..crm import schema as standard
from ..crm.organisation import Organisation
from ..crm.settings import SalesTargets
from ..i18n.translate import LazyText
from ..problems import codes
from ..problems.problem import Location, Problem
from ..schema.workbook import Office, WorkbookSchema
from .errors import ConfigErrors, add_form_errors, not_toml
from .file import FactoryFile
from .lists import TextLookup, calendar_of, choices_of, departments_of, flows_of, targets_of
from .sheets import SheetBuilder

_LARGEST = 1_000_000


def load(path: str | Path, edition: str | None = None) -> WorkbookSchema | list[Problem]:
    """Return the schema of a file, or all that is wrong with it. ``edition`` goes before what the file says."""
    made = schema_factory(path, edition)
    return made if isinstance(made, list) else made()


def schema_factory(path: str | Path, edition: str | None = None) -> Callable[[], WorkbookSchema] | list[Problem]:
    """Return what makes the schema of a file, here and in any other process; or all that is wrong with it."""
    name = Path(path).name
    try:
        text = read(path)
    except (OSError, UnicodeDecodeError) as refusal:
        return [_unreadable(name, refusal)]
    found = parse_schema(text, edition, name=name)
    return found if isinstance(found, list) else partial(schema_from, edition, text)


def read(path: str | Path) -> str:
    """Return the text of a file. Raises OSError or UnicodeDecodeError."""
    with Path(path).open("rb") as file:
        return file.read(_LARGEST).decode("utf-8-sig")


def _unreadable(name: str, refusal: Exception) -> Problem:
    match refusal:
        case FileNotFoundError():
            reason = LazyText("没有这个文件")
        case UnicodeDecodeError():
            reason = LazyText("不是 UTF-8 编码")
        case _:
            reason = LazyText("没有读取权限，或它是文件夹")
    return codes.UNREADABLE(Location(name), reason=reason)


def parse_schema(
    text: str, edition: str | None = None, *, name: str = "factory.toml"
) -> WorkbookSchema | list[Problem]:
    """Return the schema of a file's text, or all that is wrong with it."""
    mistakes = ConfigErrors(name)
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as refusal:
        return [codes.NOT_TOML(Location(name), at=not_toml(refusal))]
    except RecursionError:
        return [codes.NOT_TOML(Location(name), at="")]
    try:
        file = FactoryFile.model_validate(data)
    except ValidationError as refusal:
        add_form_errors(refusal, data, mistakes)
        return mistakes.problems
    schema = _built(file, edition or file.edition or "basic", mistakes)
    return mistakes.problems or schema


def _built(file: FactoryFile, edition: str, errors: ConfigErrors) -> WorkbookSchema:
    base, tell, usual = standard(edition), TextLookup(file.english), Organisation()
    choices = choices_of(file, base.choices, tell, errors)
    sheets = SheetBuilder(file, base, choices, errors)
    return replace(
        base,
        product=tell(file.product) if file.product else base.product,
        sheets=tuple(sheets.every()),
        cover=sheets.cover(),
        choices=MappingProxyType(choices),
        prepared_rows=file.rows or base.prepared_rows,
        offices=tuple(Office(office.name, office.priority) for office in file.offices),
        numbering=file.numbering,
        calendar=calendar_of(file.calendar, errors),
        limits=file.limits,
        extensions=(
            file.thresholds,
            SalesTargets(targets_of(file.targets)),
            Organisation(
                departments_of(file.departments, tell) or usual.departments, flows_of(file.flows, tell) or usual.flows
            ),
        ),
    )


@cache
def schema_from(edition: str | None, text: str = "") -> WorkbookSchema:
    """Return a schema for a worker: of an edition, with the text of a ``factory.toml`` that ``load`` found good.

    It takes the text and not the path, so that every process and machine has the very same schema.
    Raises ValueError for a text that is not good.
    """
    found = parse_schema(text, edition) if text else standard(edition or "basic")
    if isinstance(found, list):
        raise ValueError("; ".join(f"{problem.location}: {problem.message('en')}" for problem in found))  # noqa: TRY004 - the text is wrong
    return found
