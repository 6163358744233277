"""The options that several commands have, and how they come to a command: as one typed value."""

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from ..crm import EDITIONS
from ..i18n.translate import LANGUAGES
from .console import both

if TYPE_CHECKING:
    from ..reading.access import Passwords

Command = TypeVar("Command", bound=Callable[..., Any])
O = TypeVar("O")  # noqa: E741 - options
FILE = click.Path(path_type=Path, dir_okay=False)
FOLDER = click.Path(path_type=Path, file_okay=False)


def takes(options: Callable[..., O]) -> Callable[[Callable[[O], int]], Callable[..., int]]:
    """Let a command have its options as one value of that class, whose fields are called like them."""

    def taking(run: Callable[[O], int]) -> Callable[..., int]:
        @wraps(run)
        def command(**given: Any) -> int:
            return run(options(**given))

        return command

    return taking


def _read_passwords(context: click.Context, option: click.Parameter, path: Path | None) -> "Passwords":
    from ..reading.access import Passwords, read_passwords

    try:
        return read_passwords(path) if path else Passwords()
    except (OSError, ValueError) as error:
        raise click.BadParameter(str(path), context, option) from error


language_option = click.option(
    "--lang", "language", type=click.Choice(LANGUAGES), default="zh", show_default=True, help=both("显示的语言")
)
jobs_option = click.option("--jobs", type=click.IntRange(min=1), help=both("同时用几个进程"))
config_option = click.option(
    "--config", type=click.Path(path_type=Path), help=both("本厂的设定文件 factory.toml：增减列、选项、规则、单位等")
)
edition_option = click.option("--edition", type=click.Choice(EDITIONS), help=both("basic 基础版，或 full 完整版"))
password_option = click.option(
    "--password-file",
    "passwords",
    type=FILE,
    callback=_read_passwords,
    help=both("尝试这个文件里的密码打开加密的工作簿（每行一个）"),
)


def input_paths(command: Command) -> Command:
    """Add the files and folders to read, and the passwords to try on them."""
    command = password_option(command)
    return click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))(command)


def added(*options: Callable[[Command], Command]) -> Callable[[Command], Command]:
    """Add options that stand together, the first of them first."""

    def adding(command: Command) -> Command:
        for option in reversed(options):
            command = option(command)
        return command

    return adding
