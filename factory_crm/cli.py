"""The command line: parses, calls one function, prints."""

import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

import click

from .contract.contract import PRODUCT, standard
from .reading.folder import Found, find_workbooks
from .words import LANGUAGES, Language, say

OK, FOUND_ERRORS, FAILED = 0, 1, 2


def _both(text: str) -> str:
    """Help stands in both languages: nobody has chosen one yet."""
    return f"{text} · {say(text, 'en')}"


class Commands(click.Group):
    """Speaks Chinese first, also where Click would speak English, and survives any console."""

    def main(self, args: Sequence[str] | None = None, prog_name: str | None = None,
             complete_var: str | None = None, standalone_mode: bool = True, **extra: Any) -> Any:
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
        return _complain(_both("已中断，没有改动任何文件"))
    except click.UsageError as error:
        return _complain(_usage(error))
    except Exception as error:
        if os.environ.get("FACTORY_CRM_DEBUG"):
            raise
        return _complain(_both("× 程序出错了，没有改动输入文件。请把这句话告诉维护人员") + f" ({type(error).__name__}; FACTORY_CRM_DEBUG=1)")
    return code if isinstance(code, int) else OK


def _complain(sentence: str) -> int:
    click.echo(sentence, err=True)
    return FAILED


def _usage(error: click.UsageError) -> str:
    """Say what is wrong with a command in both languages; Click's own words are English."""
    match error:
        case click.NoSuchOption(option_name=name):
            what = _both("没有这个选项") + f": {name}"
        case click.MissingParameter(param=param) if param:
            what = _both("少写了参数") + f": {param.human_readable_name}"
        case click.BadParameter(param=param) if param:
            what = _both("参数的值不对") + f": {param.human_readable_name}"
        case _:
            what = _both("命令写法不对") + f": {' '.join(sys.argv[1:])}"
    hint = error.ctx.command_path if error.ctx else "factory-crm"
    return f"× {what}\n  {hint} --help"


_lang = click.option("--lang", "language", type=click.Choice(LANGUAGES), default="zh", show_default=True, help=_both("显示的语言"))
_paths = click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
_jobs = click.option("--jobs", type=click.IntRange(min=1), help=_both("同时用几个进程"))


@click.group(cls=Commands, help=_both("工厂客户管理：生成模板、检查填报、合并汇总"))
@click.version_option(package_name="factory-crm", message="%(prog)s %(version)s")
def main() -> None:
    """Factory customer management in workbooks."""


@main.command(help=_both("生成一份空白的填报模板"))
@click.option("-o", "--output", type=click.Path(path_type=Path), help=_both("写到哪里（文件或文件夹）"))
@_lang
@click.option("--office", default="", help=_both("预先填好填报单位"))
@click.option("--rows", type=click.IntRange(1, 20_000), help=_both("每张表预留几行"))
def template(output: Path | None, language: Language, office: str, rows: int | None) -> int:
    """Write a fill-in template."""
    from .saving import saved
    from .template.workbook import write_template

    name = "_".join(part for part in (say(PRODUCT, language), office) if part) + ".xlsx"
    target = output / name if output and output.is_dir() else output or Path(name)
    with _refusing(language), saved(target) as temporary:
        write_template(temporary, standard(), language=language, rows=rows, office=office)
    click.echo(say("√ 已生成模板：{path}", language, path=target))
    return OK


@main.command(help=_both("检查填好的工作簿，逐格指出问题和改法"))
@_paths
@_lang
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help=_both("输出形式"))
@click.option("--all", "every", is_flag=True, help=_both("相同的问题也逐处列出"))
@click.option("--strict", is_flag=True, help=_both("有提醒也算不通过"))
@_jobs
def validate(paths: tuple[Path, ...], language: Language, form: str, *, every: bool, strict: bool, jobs: int | None) -> int:
    """Check filled-in workbooks."""
    from .checking.report import as_json, report, summary, tell
    from .codes import Severity
    from .engines import here

    files = _files(paths, language)
    reports = []
    with here(len(files), jobs) as engine:
        for one in engine.each(partial(report, standard), files):
            reports.append(one)
            if form == "text":
                click.echo("\n".join(tell(one, language, every=every)) + "\n")
    if form == "json":
        click.echo(json.dumps(as_json(reports, language), ensure_ascii=False, indent=1))
    else:
        click.echo(summary(reports, language))
    bad = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    failing = any(r.status == "unreadable" or any(p.severity in bad for p in r.problems) for r in reports)
    return FOUND_ERRORS if failing else OK


@main.command(help=_both("合并多份工作簿，写出汇总工作簿"))
@_paths
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path, dir_okay=False), help=_both("汇总工作簿写到哪里"))
@_lang
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help=_both("统计截止日，如 2024-06-30；不写则取数据中最晚的发生日"))
@click.option("--dry-run", is_flag=True, help=_both("只看结果，不写文件"))
@_jobs
def merge(paths: tuple[Path, ...], output: Path, language: Language, as_of: datetime | None, *, dry_run: bool,
          jobs: int | None) -> int:
    """Merge workbooks into a summary."""
    from .reporting.summarise import Task, summarise
    from .reporting.telling import tell

    with _refusing(language):
        task = Task(_files(paths, language), paths, output, language, as_of.date() if as_of else None, jobs, dry_run)
        outcome = summarise(task, standard)
    click.echo("\n".join(tell(outcome, language)))
    return FAILED if not outcome.reconciled else FOUND_ERRORS if outcome.incomplete else OK


@main.command(help=_both("解释一个问题代码；不写代码则列出全部"))
@click.argument("code", required=False)
@_lang
def explain(code: str | None, language: Language) -> int:
    """Explain a problem code."""
    known = standard().codes()
    if code is None:
        for each in known.values():
            click.echo(f"{each.name}  {say(each.message, language)}")
        return OK
    if (found := known.get(code.upper())) is None:
        return _complain("× " + say("没有这个代码：{code}", language, code=code))
    click.echo(f"{found.name} ({found.severity})\n{say(found.message, language)}\n{say(found.remedy, language)}")
    return OK


@main.command(help=_both("用自带的示例走一遍：生成模板、检查、合并"))
@click.argument("folder", required=False, type=click.Path(path_type=Path, file_okay=False), default=Path("demo"))
@_lang
@click.pass_context
def demo(context: click.Context, folder: Path, language: Language) -> int:
    """Run the whole way on the examples."""
    from .examples.make import make_examples

    with _refusing(language):
        make_examples(folder)
    blank, done = folder / (say(PRODUCT, language) + ".xlsx"), folder / (say("汇总", language) + ".xlsx")
    for title, command, arguments in (
            ("一、生成空白模板", template, {"output": blank}),
            ("二、检查一份有错误的工作簿", validate, {"paths": (folder / "bad",)}),
            ("三、合并填好的工作簿", merge, {"paths": (folder / "good",), "output": done})):
        click.echo(f"\n== {say(title, language)}")
        context.invoke(command, language=language, **arguments)
    click.echo("\n" + say("打开看看：{path}", language, path=done.resolve()))
    return OK


@main.command(help=_both("输出表格的约定，供程序或文档使用"))
@click.option("--format", "form", type=click.Choice(["json", "md"]), default="json", show_default=True, help=_both("输出形式"))
@_lang
def schema(form: str, language: Language) -> int:
    """Print the contract."""
    from .contract.schema import json_schema, markdown

    contract = standard()
    click.echo(json.dumps(json_schema(contract), ensure_ascii=False, indent=1) if form == "json" else markdown(contract, language))
    return OK


def _files(paths: tuple[Path, ...], language: Language) -> list[Found]:
    files = find_workbooks(paths)
    if not files:
        _stop(say("× 没有找到工作簿：{paths}", language, paths="、".join(map(str, paths))))  # zh only
    return files


@contextmanager
def _refusing(language: Language) -> Iterator[None]:
    """An output that can't be written ends in 2, with what to do."""
    from .saving import NotSaved

    try:
        yield
    except NotSaved as refusal:
        _stop(f"× {refusal.problem.say(language)}\n  {refusal.problem.remedy(language)}")


def _stop(sentence: str) -> NoReturn:
    click.echo(sentence, err=True)
    raise SystemExit(FAILED)
