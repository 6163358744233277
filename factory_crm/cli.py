"""The command line: parses, calls one function, prints."""

import json
from datetime import datetime
from functools import partial
from pathlib import Path

import click

from .console import FAILED, FOUND_ERRORS, OK, Commands, both, complain, files_of, refusing
from .contract.contract import PRODUCT, standard
from .words import LANGUAGES, Language, say

_lang = click.option(
    "--lang", "language", type=click.Choice(LANGUAGES), default="zh", show_default=True, help=both("显示的语言")
)
_paths = click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
_jobs = click.option("--jobs", type=click.IntRange(min=1), help=both("同时用几个进程"))


@click.group(cls=Commands, help=both("工厂客户管理：生成模板、检查填报、合并汇总"))
@click.version_option(package_name="factory-crm", message="%(prog)s %(version)s")
def main() -> None:
    """Factory customer management in workbooks."""


@main.command(help=both("生成一份空白的填报模板"))
@click.option("-o", "--output", type=click.Path(path_type=Path), help=both("写到哪里（文件或文件夹）"))
@_lang
@click.option("--office", default="", help=both("预先填好填报单位"))
@click.option("--rows", type=click.IntRange(1, 20_000), help=both("每张表预留几行"))
def template(output: Path | None, language: Language, office: str, rows: int | None) -> int:
    """Write a fill-in template."""
    from .saving import saved
    from .template.workbook import write_template

    name = "_".join(part for part in (say(PRODUCT, language), office) if part) + ".xlsx"
    target = output / name if output and output.is_dir() else output or Path(name)
    with refusing(language), saved(target) as temporary:
        write_template(temporary, standard(), language=language, rows=rows, office=office)
    click.echo(say("√ 已生成模板：{path}", language, path=target))
    return OK


@main.command(help=both("检查填好的工作簿，逐格指出问题和改法"))
@_paths
@_lang
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help=both("输出形式")
)
@click.option("--all", "every", is_flag=True, help=both("相同的问题也逐处列出"))
@click.option("--strict", is_flag=True, help=both("有提醒也算不通过"))
@_jobs
def validate(
    paths: tuple[Path, ...], language: Language, form: str, *, every: bool, strict: bool, jobs: int | None
) -> int:
    """Check filled-in workbooks."""
    from .checking.report import as_json, report, summary, tell
    from .codes import Severity
    from .engines import here

    files = files_of(paths, language)
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


@main.command(help=both("合并多份工作簿，写出汇总工作簿"))
@_paths
@click.option(
    "-o", "--output", required=True, type=click.Path(path_type=Path, dir_okay=False), help=both("汇总工作簿写到哪里")
)
@_lang
@click.option(
    "--as-of", type=click.DateTime(["%Y-%m-%d"]), help=both("统计截止日，如 2024-06-30；不写则取数据中最晚的发生日")
)
@click.option("--dry-run", is_flag=True, help=both("只看结果，不写文件"))
@_jobs
def merge(
    paths: tuple[Path, ...],
    output: Path,
    language: Language,
    as_of: datetime | None,
    *,
    dry_run: bool,
    jobs: int | None,
) -> int:
    """Merge workbooks into a summary."""
    from .reporting.summarise import Task, summarise
    from .reporting.telling import tell

    with refusing(language):
        task = Task(files_of(paths, language), paths, output, language, as_of.date() if as_of else None, jobs, dry_run)
        outcome = summarise(task, standard)
    click.echo("\n".join(tell(outcome, language)))
    return FAILED if not outcome.reconciled else FOUND_ERRORS if outcome.incomplete else OK


@main.command(help=both("解释一个问题代码；不写代码则列出全部"))
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
        return complain("× " + say("没有这个代码：{code}", language, code=code))
    click.echo(f"{found.name} ({found.severity})\n{say(found.message, language)}\n{say(found.remedy, language)}")
    return OK


@main.command(help=both("用自带的示例走一遍：生成模板、检查、合并"))
@click.argument("folder", required=False, type=click.Path(path_type=Path, file_okay=False), default=Path("demo"))
@_lang
@click.pass_context
def demo(context: click.Context, folder: Path, language: Language) -> int:
    """Run the whole way on the examples."""
    from .examples.make import make_examples

    with refusing(language):
        make_examples(folder)
    blank, done = folder / (say(PRODUCT, language) + ".xlsx"), folder / (say("汇总", language) + ".xlsx")
    for title, command, arguments in (
        ("一、生成空白模板", template, {"output": blank}),
        ("二、检查一份有错误的工作簿", validate, {"paths": (folder / "bad",)}),
        ("三、合并填好的工作簿", merge, {"paths": (folder / "good",), "output": done}),
    ):
        click.echo(f"\n== {say(title, language)}")
        context.invoke(command, language=language, **arguments)
    click.echo("\n" + say("打开看看：{path}", language, path=done.resolve()))
    return OK


@main.command(help=both("输出表格的约定，供程序或文档使用"))
@click.option(
    "--format", "form", type=click.Choice(["json", "md"]), default="json", show_default=True, help=both("输出形式")
)
@_lang
def schema(form: str, language: Language) -> int:
    """Print the contract."""
    from .contract.schema import json_schema, markdown

    contract = standard()
    click.echo(
        json.dumps(json_schema(contract), ensure_ascii=False, indent=1)
        if form == "json"
        else markdown(contract, language)
    )
    return OK
