"""``factory.toml``: what a factory adds to the standard contract, without Python."""

import tomllib
from collections.abc import Callable
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from types import MappingProxyType

from pydantic import ValidationError

from ..problems import Place, Problem
from ..words import Word
from . import factory_codes as codes
from .contract import Contract, Edition, Office, standard
from .factory_file import FactoryFile
from .factory_lists import Speaker, calendar_of, choices_of, departments_of, flows_of, targets_of
from .factory_mistakes import Mistakes, not_toml, of_form
from .factory_sheets import Sheets

_LARGEST = 1_000_000


def load(path: str | Path, edition: Edition | None = None) -> Contract | list[Problem]:
    """Return the contract of a file, or all that is wrong with it. ``edition`` goes before what the file says."""
    made = source(path, edition)
    return made if isinstance(made, list) else made()


def source(path: str | Path, edition: Edition | None = None) -> Callable[[], Contract] | list[Problem]:
    """Return what makes the contract of a file, here and in any other process; or all that is wrong with it."""
    name = Path(path).name
    try:
        text = read(path)
    except (OSError, UnicodeDecodeError) as refusal:
        return [_unreadable(name, refusal)]
    found = contract_of(text, edition, name=name)
    return found if isinstance(found, list) else partial(contract_from, edition, text)


def read(path: str | Path) -> str:
    """Return the text of a file. Raises OSError or UnicodeDecodeError."""
    with Path(path).open("rb") as file:
        return file.read(_LARGEST).decode("utf-8-sig")


def _unreadable(name: str, refusal: Exception) -> Problem:
    match refusal:
        case FileNotFoundError():
            reason = Word("没有这个文件")
        case UnicodeDecodeError():
            reason = Word("不是 UTF-8 编码")
        case _:
            reason = Word("没有读取权限，或它是文件夹")
    return Problem(codes.UNREADABLE, Place(name), {"reason": reason})


def contract_of(text: str, edition: Edition | None = None, *, name: str = "factory.toml") -> Contract | list[Problem]:
    """Return the contract of a file's text, or all that is wrong with it."""
    mistakes = Mistakes(name)
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as refusal:
        return [Problem(codes.NOT_TOML, Place(name), {"at": not_toml(refusal)})]
    except RecursionError:
        return [Problem(codes.NOT_TOML, Place(name), {"at": ""})]
    try:
        file = FactoryFile.model_validate(data)
    except ValidationError as refusal:
        of_form(refusal, data, mistakes)
        return mistakes.found
    contract = _built(file, edition or file.edition or "basic", mistakes)
    return mistakes.found or contract


def _built(file: FactoryFile, edition: Edition, mistakes: Mistakes) -> Contract:
    base, tell = standard(edition), Speaker(file.english)
    choices = choices_of(file, base.choices, tell, mistakes)
    sheets = Sheets(file, base, choices, mistakes)
    return replace(
        base,
        product=tell(file.product) if file.product else base.product,
        sheets=tuple(sheets.every()),
        cover=sheets.cover(),
        choices=MappingProxyType(choices),
        prepared_rows=file.rows or base.prepared_rows,
        offices=tuple(Office(office.name, office.priority) for office in file.offices),
        numbering=file.numbering,
        settings=file.thresholds,
        calendar=calendar_of(file.calendar, mistakes),
        targets=targets_of(file.targets),
        caps=file.limits,
        departments=departments_of(file.departments, tell) or base.departments,
        flows=flows_of(file.flows, tell) or base.flows,
    )


@cache
def contract_from(edition: Edition | None, text: str = "") -> Contract:
    """Return a contract for a worker: of an edition, with the text of a ``factory.toml`` that ``load`` found good.

    It takes the text and not the path, so that every process and machine has the very same contract.
    Raises ValueError for a text that is not good.
    """
    found = contract_of(text, edition) if text else standard(edition or "basic")
    if isinstance(found, list):
        raise ValueError("; ".join(f"{problem.place}: {problem.say('en')}" for problem in found))  # noqa: TRY004 - the text is wrong
    return found
