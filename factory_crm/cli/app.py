"""The command line: parses, calls one function, prints."""

import json
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import click

from .. import crm
from ..i18n.translate import Language, translate
from .console import (
    FAILED,
    FOUND_ERRORS,
    OK,
    Commands,
    beside,
    both,
    columns,
    config_option,
    copies,
    edition_option,
    files_of,
    filling,
    input_paths,
    jobs_option,
    language_option,
    office_of,
    print_error,
    progress,
    refusing,
    schema_by,
)

OWNERS = ("负责人", "owner")  # zh only


@click.group(cls=Commands, help=both("工厂客户管理：生成模板、检查填报、合并汇总"))
@click.version_option(package_name="factory-crm", message="%(prog)s %(version)s")
def main() -> None:
    """Factory customer management in workbooks."""


@main.command(help=both("生成一份填报模板：空白的，或带着旧工作簿的内容"))
@click.option("-o", "--output", type=click.Path(path_type=Path), help=both("写到哪里（文件或文件夹）"))
@edition_option
@language_option
@config_option
@filling
def template(
    output: Path | None,
    edition: str | None,
    language: Language,
    config: Path | None,
    old: Path | None,
    **wishes: Any,
) -> int:
    """Write a fill-in template, blank or with what an older workbook holds."""
    from ..migrate.migrate import TemplateJob, make
    from ..migrate.text_report import outcome_lines

    if wishes["open_only"] and not old:
        return print_error(translate("× --open-only 要和 --from 一起写", language))
    schema = schema_by(config, edition, language)
    office = office_of(wishes["office"], schema, language)
    called = translate("{name}_新", language, name=old.stem) if old else translate(schema.product, language)
    name = "_".join(filter(None, (called, office))) + ".xlsx"
    target = output / name if output and output.is_dir() else output or Path(name)
    with refusing(language):
        editions = crm.editions(config) if old else {schema.edition: schema}
        outcome = make(
            TemplateJob(target, language, old, **wishes),
            schema if config or edition else None,
            editions,
            tuple(crm.editions().values()) if config and old else (),
        )
    click.echo("\n".join(outcome_lines(outcome, language)))
    return OK if outcome.written else FAILED


@main.command(help=both("检查填好的工作簿，逐格指出问题和改法"))
@input_paths
@language_option
@config_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "sarif"]),
    default="text",
    show_default=True,
    help=both("输出形式"),
)
@click.option("--all", "every", is_flag=True, help=both("相同的问题也逐处列出"))
@click.option("--strict", is_flag=True, help=both("有提醒也算不通过"))
@copies
@jobs_option
def validate(  # noqa: PLR0913 - its options
    paths: tuple[Path, ...],
    language: Language,
    config: Path | None,
    form: str,
    *,
    every: bool,
    strict: bool,
    jobs: int | None,
    **asked: Any,
) -> int:
    """Check filled-in workbooks."""
    from ..annotate.outputs import OutputOptions, failed_outputs, write_outputs
    from ..engine.engines import local_engine
    from ..validation.text_report import report_lines, summary

    wanted = OutputOptions(paths, **asked)
    if wanted.clash:
        return print_error("× " + translate("--marked 和 --fix 要写到两个不同的文件夹", language))
    files = files_of(paths, language)
    schema = schema_by(config, None, language, files)
    delivered = []
    with local_engine(len(files), jobs) as engine:
        each = engine.each(partial(write_outputs, schema, wanted, language), files)
        for file, made in zip(files, progress(each, len(files), language), strict=True):
            delivered.append(one := made or failed_outputs(file))
            if form == "text":
                told = report_lines(one.report, language, every=every, columns=columns())
                click.echo("\n".join([*told, *one.lines]) + "\n")
            elif one.lines:
                click.echo("\n".join([one.report.file, *one.lines]), err=True)
    reports = [one.report for one in delivered]
    if form == "text":
        click.echo(summary(reports, language, columns=columns()))
    else:
        from ..validation.json_report import as_json, dumped
        from ..validation.sarif import as_sarif

        click.echo(dumped((as_json if form == "json" else as_sarif)(reports, language)))
    if any(one.failed for one in delivered):
        return FAILED
    return FOUND_ERRORS if any(one.fails(strict=strict) for one in reports) else OK


@main.command(help=both("合并多份工作簿，写出汇总工作簿"))
@input_paths
@click.option(
    "-o", "--output", required=True, type=click.Path(path_type=Path, dir_okay=False), help=both("汇总工作簿写到哪里")
)
@language_option
@config_option
@click.option(
    "--as-of", type=click.DateTime(["%Y-%m-%d"]), help=both("统计截止日，如 2024-06-30；不写则取数据中最晚的发生日")
)
@click.option(
    "--prefer",
    type=click.Choice(["latest", "first", "none"]),
    default="latest",
    show_default=True,
    help=both("同一编号内容不同时用哪个：保存最晚的、最早的，或都不用、等人选定"),
)
@click.option(
    "--previous",
    type=click.Path(path_type=Path, dir_okay=False),
    help=both("上次的汇总：照办里面的选定，并列出与它相比的变化"),
)
@click.option("--by", type=click.Choice(OWNERS), help=both("另给每位负责人写一份小工作簿"))
@beside
@click.option("--dry-run", is_flag=True, help=both("只看结果，不写文件"))
@jobs_option
def merge(  # noqa: PLR0913, PLR0917 - its options
    paths: tuple[Path, ...],
    output: Path,
    language: Language,
    config: Path | None,
    as_of: datetime | None,
    by: str | None,
    ics: Path | None = None,
    pdf: Path | None = None,
    **wishes: Any,
) -> int:
    """Merge workbooks into a summary."""
    from ..crm.summarise import MergeJob, summarise
    from ..exports.extras import write_extras
    from ..report.text_report import outcome_lines

    files = files_of(paths, language)
    schema = schema_by(config, None, language, files)
    with refusing(language):
        day = as_of.date() if as_of else None
        task = MergeJob(files, paths, output, language, day, by_owner=by is not None, **wishes)
        outcome = summarise(task, schema)
        more = list(write_extras(outcome, language, paths, ics, pdf))
    click.echo("\n".join([*outcome_lines(outcome, language), *(told for _, told in more)]))
    failed = not outcome.reconciled or not all(done for done, _ in more)
    return FAILED if failed else FOUND_ERRORS if outcome.incomplete else OK


@main.command(help=both("解释一个问题代码；不写代码则列出全部"))
@click.argument("code", required=False)
@language_option
@config_option
def explain(code: str | None, language: Language, config: Path | None) -> int:
    """Explain a problem code."""
    from ..problems.explain import as_text, page_of

    contracts = [*([schema_by(config, None, language)] if config else []), crm.schema("full")]
    if code is None:
        known = {name: each for schema in reversed(contracts) for name, each in schema.codes().items()}
        for each in known.values():
            click.echo(f"{each.name}  {translate(each.message, language)}")
        return OK
    pages = (page_of(schema, code.upper(), language) for schema in contracts)
    if (page := next(filter(None, pages), None)) is None:
        return print_error("× " + translate("没有这个代码：{code}", language, code=code))
    click.echo(as_text(page, language))
    return OK


@main.command(help=both("用自带的示例走一遍：生成模板、检查、合并"))
@click.argument("folder", required=False, type=click.Path(path_type=Path, file_okay=False), default=Path("demo"))
@language_option
@click.pass_context
def demo(context: click.Context, folder: Path, language: Language) -> int:
    """Run the whole way on the examples."""
    from ..examples.make import make_examples

    with refusing(language):
        make_examples(folder)
    blank, done = folder / (translate(crm.NAME, language) + ".xlsx"), folder / (translate("汇总", language) + ".xlsx")
    for title, command, arguments in (
        ("一、生成空白模板", template, {"output": blank}),
        ("二、检查一份有错误的工作簿", validate, {"paths": (folder / "bad",)}),
        ("三、合并填好的工作簿", merge, {"paths": (folder / "good",), "output": done}),
    ):
        click.echo(f"\n== {translate(title, language)}")
        context.invoke(command, language=language, **arguments)
    click.echo("\n" + translate("打开看看：{path}", language, path=done.resolve()))
    return OK


@main.command(help=both("输出表格的约定，供程序或文档使用"))
@click.option(
    "--format", "form", type=click.Choice(["json", "md"]), default="json", show_default=True, help=both("输出形式")
)
@edition_option
@language_option
@config_option
def schema(form: str, edition: str | None, language: Language, config: Path | None) -> int:
    """Print the contract."""
    from ..schema.export import json_schema, markdown

    schema = schema_by(config, edition, language)
    click.echo(
        json.dumps(json_schema(schema), ensure_ascii=False, indent=1) if form == "json" else markdown(schema, language)
    )
    return OK
