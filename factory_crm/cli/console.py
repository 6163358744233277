"""How the command line talks: in both languages where nobody has chosen one, on any console, never with a traceback."""

import shutil
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import NoReturn, TypeVar

import click

from ..i18n.translate import LANGUAGES, Language, translate

T = TypeVar("T")
_WORTH_A_BAR = 5
OK, FOUND_ERRORS, FAILED = 0, 1, 2
"""Exit codes: no error · errors found, rows rejected or files unreadable · wrong usage, nothing found, not writable."""


def both(text: str) -> str:
    """Help stands in every language: nobody has chosen one yet."""
    return " · ".join(translate(text, language) for language in LANGUAGES)


def print_error(sentence: str) -> int:
    """Print what went wrong and return the exit code for it."""
    click.echo(sentence, err=True)
    return FAILED


def stop(sentence: str) -> NoReturn:
    """Print what went wrong and end."""
    raise SystemExit(print_error(sentence))


def columns() -> int:
    """Return how wide the console is, 0 where the output goes elsewhere."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else 0


def progress(things: Iterable[T], count: int, language: Language) -> Iterable[T]:
    """Return the things with a bar that follows them: on a terminal, where there are many."""
    if count < _WORTH_A_BAR or not (sys.stdout.isatty() and sys.stderr.isatty()):
        return things
    from .progress import track

    return track(things, count, translate("检查中", language))


@contextmanager
def refusing(language: Language) -> Iterator[None]:
    """An output that can't be written, or a summary that can't be read, ends in 2, with what to do."""
    from ..engine.engines import EngineUnavailable
    from ..reading.guard import Refused
    from ..storage.atomic import NotSaved

    try:
        yield
    except EngineUnavailable as lacking:
        stop(translate('× 还没有装所需的库，请运行：pip install "factory-crm[{name}]"', language, name=lacking.name))
    except (NotSaved, Refused) as refusal:
        stop(f"× {refusal.problem.message(language)}\n  {refusal.problem.hint(language)}")
