"""``factory.toml``: what a factory adds to the schema of a product, without Python."""

import tomllib
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from pydantic import ValidationError

from ..i18n.translate import LazyText
from ..problems import codes
from ..problems.problem import Location, Problem
from ..schema.workbook import Office, WorkbookSchema
from .errors import ConfigErrors, add_form_errors, not_toml
from .file import FactoryFile
from .lists import TextLookup, calendar_of, choices_of
from .product import Product
from .sheets import SheetBuilder

_LARGEST = 1_000_000


def load(path: str | Path, product: Product, edition: str | None = None) -> WorkbookSchema | list[Problem]:
    """Return the schema of a file, or all that is wrong with it. ``edition`` goes before what the file says."""
    name = Path(path).name
    try:
        text = read(path)
    except (OSError, UnicodeDecodeError) as refusal:
        return [_unreadable(name, refusal)]
    return parse_schema(text, product, edition, name=name)


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
    text: str, product: Product, edition: str | None = None, *, name: str = "factory.toml"
) -> WorkbookSchema | list[Problem]:
    """Return the schema of a file's text, or all that is wrong with it.

    It is pickled by its text and not by the path, so that every process and machine has the very same schema.
    """
    mistakes = ConfigErrors(name, product.file_model, product.patterns)
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as refusal:
        return [codes.NOT_TOML(Location(name), at=not_toml(refusal))]
    except RecursionError:
        return [codes.NOT_TOML(Location(name), at="")]
    try:
        file = product.file_model.model_validate(data)
    except ValidationError as refusal:
        add_form_errors(refusal, data, mistakes)
        return mistakes.problems
    schema = _built(file, product, edition or file.edition or product.editions[0], mistakes)
    return mistakes.problems or schema.with_source(product.restore, edition, text)


def _built(file: FactoryFile, product: Product, edition: str, errors: ConfigErrors) -> WorkbookSchema:
    base, tell = product.schema(edition), TextLookup.of(file)
    for section in product.sections:
        base = section.apply(base, getattr(file, section.key), tell, errors)
    choices = choices_of(file, base.choices, tell, errors)
    builder = SheetBuilder(file, base, choices, errors)
    sheets, cover, calendar = tuple(builder.every()), builder.cover(), calendar_of(file.calendar, errors)
    if errors.problems:
        return base  # of sheets that are wrong no schema can be made
    return replace(
        base,
        product=tell(file.product) if file.product else base.product,
        sheets=sheets,
        cover=cover,
        choices=MappingProxyType(choices),
        prepared_rows=file.rows or base.prepared_rows,
        offices=tuple(Office(office.name, office.priority) for office in file.offices),
        numbering=file.numbering,
        calendar=calendar,
        limits=file.limits,
    )
