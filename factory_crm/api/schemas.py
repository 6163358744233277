"""Schemas to start from: the customer workbook's editions, and a ``factory.toml``."""

import os
from collections.abc import Iterable
from typing import TYPE_CHECKING, Literal

from ..problems.problem import Problem

if TYPE_CHECKING:
    from ..schema.workbook import WorkbookSchema


class ConfigError(ValueError):
    """A ``factory.toml`` is not in order; ``problems`` says all that is wrong with it."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__("\n".join(f"{one.location}: {one.message()}" for one in self.problems))


def load(path: str | os.PathLike[str], edition: Literal["basic", "full"] | None = None) -> "WorkbookSchema":
    """Return the schema of a ``factory.toml``; ``edition`` goes before what the file says. Raises ConfigError."""
    from ..crm import load as load_file

    found = load_file(os.fspath(path), edition)
    if isinstance(found, list):
        raise ConfigError(found)
    return found
