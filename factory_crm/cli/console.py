"""How the command line talks: in both languages where nobody has chosen one, on any console, never with a traceback."""

import gc
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import click

from .. import crm
from ..i18n.translate import LANGUAGES, Language, TextList, translate
from ..reading.access import Passwords, read_passwords
from ..reading.folder import FoundWorkbook, find_workbooks
from ..schema.workbook import WorkbookSchema

T = TypeVar("T")
_WORTH_A_BAR = 5
_FILE = click.Path(path_type=Path, dir_okay=False)
Command = TypeVar("Command", bound=Callable[..., Any])
_PASSWORDS = "factory_crm.passwords"
OK, FOUND_ERRORS, FAILED = 0, 1, 2
"""Exit codes: no error · errors found, rows rejected or files unreadable · wrong usage, nothing found, not writable."""


def both(text: str) -> str:
    """Help stands in every language: nobody has chosen one yet."""
    return " · ".join(translate(text, language) for language in LANGUAGES)


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


def print_error(sentence: str) -> int:
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


def input_paths(command: Command) -> Command:
    """Add the files and folders to read, and the passwords to try on them."""
    command = _password_option(expose=False)(command)
    return click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))(command)


def _password_option(*, expose: bool) -> Callable[[Command], Command]:
    told = both("尝试这个文件里的密码打开加密的工作簿（每行一个）")
    keep: Any = {"type": _FILE, "expose_value": expose, "callback": _keep_passwords, "help": told}
    return click.option("--password-file", "passwords", **keep)


def _keep_passwords(context: click.Context, option: click.Parameter, path: Path | None) -> Passwords:
    try:
        context.meta[_PASSWORDS] = given = read_passwords(path) if path else Passwords()
    except (OSError, ValueError) as error:
        raise click.BadParameter(str(path), context, option) from error
    return given


def files_of(paths: tuple[Path, ...], language: Language) -> list[FoundWorkbook]:
    """Return the workbooks meant by the paths; ends in 2 where there is none."""
    context = click.get_current_context(silent=True)
    files = find_workbooks(paths, context.meta.get(_PASSWORDS, Passwords()) if context else Passwords())
    if not files:
        stop(translate("× 没有找到工作簿：{paths}", language, paths=TextList(map(str, paths))))
    return files


def columns() -> int:
    """Return how wide the console is, 0 where the output goes elsewhere."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else 0


def progress(things: Iterable[T], count: int, language: Language) -> Iterable[T]:
    """Return the things with a bar that follows them: on a terminal, where there are many."""
    if count < _WORTH_A_BAR or not (sys.stdout.isatty() and sys.stderr.isatty()):
        return things
    from .progress import track

    return track(things, count, translate("检查中", language))


def schema_by(
    config: Path | None, edition: str | None, language: Language, files: Sequence[FoundWorkbook] = ()
) -> WorkbookSchema:
    """Return the schema that was asked for; ends in 2 where the file is wrong.

    Where nothing was asked for, the files say by their stamp which edition they are.
    """
    if config is None:
        return crm.schema(edition or _edition_of(files))
    found = crm.load(config, edition)
    if isinstance(found, list):
        told = [f"× {p.location}\n  {p.message(language)}\n  {p.hint(language)}" for p in found]
        stop("\n".join([*told, translate("设定文件有 {n} 处要改", language, n=len(told))]))
    return found


language_option = click.option(
    "--lang", "language", type=click.Choice(LANGUAGES), default="zh", show_default=True, help=both("显示的语言")
)
jobs_option = click.option("--jobs", type=click.IntRange(min=1), help=both("同时用几个进程"))
config_option = click.option(
    "--config", type=click.Path(path_type=Path), help=both("本厂的设定文件 factory.toml：增减列、选项、规则、单位等")
)
edition_option = click.option("--edition", type=click.Choice(crm.EDITIONS), help=both("basic 基础版，或 full 完整版"))


def _edition_of(files: Sequence[FoundWorkbook]) -> str:
    from ..reading.peek import stamped
    from ..schema.stamp import PROPERTY_PREFIX

    found = stamped((file.path for file in files), PROPERTY_PREFIX)
    others = (text for text in found if crm.schema().fingerprint not in text)  # seldom any: then full need not be made
    return "full" if any(crm.schema("full").fingerprint in text for text in others) else "basic"


def office_of(office: str, schema: WorkbookSchema, language: Language) -> str:
    """Return the office as it is listed; ends in 2 where offices are listed and it is none of them."""
    names = [one.name for one in schema.offices]
    if office and names and office not in names:
        stop(translate("× 没有这个单位：{office}。现有：{names}", language, office=office, names=TextList(names)))
    return office


def filling(command: Command) -> Command:
    """Add the options that say what a template holds already."""
    for option in (
        click.option("--rows", type=click.IntRange(1, 20_000), help=both("每张表预留几行")),
        click.option("--office", default="", help=both("预先填好填报单位")),
        _password_option(expose=True),
        click.option("--open-only", is_flag=True, help=both("只带客户和还没完结的，供下一期用")),
        click.option("--from", "old", type=_FILE, help=both("把这份填过的工作簿的内容带进新模板")),
    ):
        command = option(command)
    return command


def copies(command: Command) -> Command:
    """Add the options that ask for copies of what is checked."""
    folder = click.Path(path_type=Path, file_okay=False)
    for option in (
        click.option("--dry-run", is_flag=True, help=both("只列出会自动改写什么，不写文件")),
        click.option("--apply", is_flag=True, help=both("照「一次改多处」里的选择一并改写（与 --fix 同用）")),
        click.option("--fix", type=folder, help=both("把能确定的问题改好，副本写到这个文件夹")),
        click.option("--marked", type=folder, help=both("把问题标在原表上，副本写到这个文件夹")),
    ):
        command = option(command)
    return command


def beside(command: Command) -> Command:
    """Add the options that ask for more than the summary, and where a merge runs."""
    for option in (
        click.option("--connect", default="", metavar="sc://…", help=both("Spark 集群的地址；不写则用本机的小集群")),
        click.option(
            "--engine",
            type=click.Choice(["here", "duckdb", "spark"]),
            default="here",
            show_default=True,
            help=both("在哪里运行：本机、本机的 DuckDB（数据大于内存时）、Spark 集群"),
        ),
        click.option("--pdf", type=_FILE, help=both("另写一份 PDF（需要装有 LibreOffice）")),
        click.option("--ics", type=_FILE, help=both("把待办写成日历文件（.ics）")),
    ):
        command = option(command)
    return command


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


def stop(sentence: str) -> NoReturn:
    """Print what went wrong and end."""
    click.echo(sentence, err=True)
    raise SystemExit(FAILED)
