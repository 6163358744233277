"""The command line: a group of commands, each loaded when it is asked for, and what becomes of mistakes in using it."""

import gc
import os
import sys
from collections.abc import Callable, Sequence
from functools import partial
from importlib import import_module
from typing import Any

import click

from .console import OK, both, print_error

COMMANDS = ("demo", "explain", "merge", "schema", "template", "validate")
"""In the order of ``--help``; each is the ``command`` of the module of its name."""


class Commands(click.Group):
    """Speaks Chinese first, also where Click would speak English, and survives any console."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - Click's signature
        """Return the names of the commands."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - likewise
        """Return the command of that name, ``None`` where there is none."""
        if cmd_name not in COMMANDS:
            return None
        found: click.Command = import_module(f".{cmd_name}", __package__).command
        return found

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
        gc.freeze()  # what has been imported stays: it need not be looked through for garbage
        if not standalone_mode:
            return run()
        sys.exit(_guarded(run))


def _guarded(run: Callable[[], Any]) -> int:
    try:
        code = run()
    except click.Abort:
        return print_error(both("已中断，没有改动任何文件"))
    except click.UsageError as error:
        return print_error(_usage(error))
    except Exception as error:
        if os.environ.get("FACTORY_CRM_DEBUG"):
            raise
        return print_error(
            both("× 程序出错了，没有改动输入文件。请把这句话告诉维护人员")
            + f" ({type(error).__name__}; FACTORY_CRM_DEBUG=1)"
        )
    return code if isinstance(code, int) else OK


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


@click.group(cls=Commands, help=both("工厂客户管理：生成模板、检查填报、合并汇总"))
@click.version_option(package_name="factory-crm", message="%(prog)s %(version)s")
def main() -> None:
    """Factory customer management in workbooks."""
