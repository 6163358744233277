"""How the command line talks: in both languages where nobody has chosen one, on any console, never with a traceback."""

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

import click

from .reading.folder import Found, find_workbooks
from .words import Language, say

OK, FOUND_ERRORS, FAILED = 0, 1, 2
"""Exit codes: no error · errors found, rows rejected or files unreadable · wrong usage, nothing found, not writable."""


def both(text: str) -> str:
    """Help stands in both languages: nobody has chosen one yet."""
    return f"{text} · {say(text, 'en')}"


class Commands(click.Group):
    """Speaks Chinese first, also where Click would speak English, and survives any console."""

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        **extra: Any,
    ) -> Any:
        """Run the command line; a mistake in it ends in 2 with one clear sentence."""
        run = partial(super().main, args, prog_name, complete_var, standalone_mode=False, **extra)
        for stream in (sys.stdout, sys.stderr):
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(errors="replace")
        if not standalone_mode:
            return run()
        sys.exit(_guarded(run))


def _guarded(run: Callable[[], Any]) -> int:
    try:
        code = run()
    except click.Abort:
        return complain(both("已中断，没有改动任何文件"))
    except click.UsageError as error:
        return complain(_usage(error))
    except Exception as error:
        if os.environ.get("FACTORY_CRM_DEBUG"):
            raise
        return complain(
            both("× 程序出错了，没有改动输入文件。请把这句话告诉维护人员")
            + f" ({type(error).__name__}; FACTORY_CRM_DEBUG=1)"
        )
    return code if isinstance(code, int) else OK


def complain(sentence: str) -> int:
    """Print what went wrong and return the exit code for it."""
    click.echo(sentence, err=True)
    return FAILED


def _usage(error: click.UsageError) -> str:
    """Say what is wrong with a command in both languages; Click's own words are English."""
    match error:
        case click.NoSuchOption(option_name=name):
            what = both("没有这个选项") + f": {name}"
        case click.MissingParameter(param=param) if param:
            what = both("少写了参数") + f": {param.human_readable_name}"
        case click.BadParameter(param=param) if param:
            what = both("参数的值不对") + f": {param.human_readable_name}"
        case _:
            what = both("命令写法不对") + f": {' '.join(sys.argv[1:])}"
    hint = error.ctx.command_path if error.ctx else "factory-crm"
    return f"× {what}\n  {hint} --help"


def files_of(paths: tuple[Path, ...], language: Language) -> list[Found]:
    """Return the workbooks meant by the paths; ends in 2 where there is none."""
    files = find_workbooks(paths)
    if not files:
        stop(say("× 没有找到工作簿：{paths}", language, paths="、".join(map(str, paths))))  # zh only
    return files


@contextmanager
def refusing(language: Language) -> Iterator[None]:
    """An output that can't be written ends in 2, with what to do."""
    from .saving import NotSaved

    try:
        yield
    except NotSaved as refusal:
        stop(f"× {refusal.problem.say(language)}\n  {refusal.problem.remedy(language)}")


def stop(sentence: str) -> NoReturn:
    """Print what went wrong and end."""
    click.echo(sentence, err=True)
    raise SystemExit(FAILED)
