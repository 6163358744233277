"""``factory-crm validate``."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from ..i18n.translate import Language, translate
from .console import FAILED, FOUND_ERRORS, OK, both, columns, print_error, progress
from .options import FOLDER, added, config_option, input_paths, jobs_option, language_option, takes

if TYPE_CHECKING:
    from ..reading.access import Passwords

copies = added(
    click.option("--marked", type=FOLDER, help=both("把问题标在原表上，副本写到这个文件夹")),
    click.option("--fix", type=FOLDER, help=both("把能确定的问题改好，副本写到这个文件夹")),
    click.option("--apply", is_flag=True, help=both("照「一次改多处」里的选择一并改写（与 --fix 同用）")),
    click.option("--dry-run", is_flag=True, help=both("只列出会自动改写什么，不写文件")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ValidateOptions:
    """What is asked for."""

    paths: tuple[Path, ...]
    passwords: "Passwords"
    language: Language
    config: Path | None
    form: Literal["text", "json", "sarif"]
    every: bool
    strict: bool
    marked: Path | None
    fix: Path | None
    apply: bool
    dry_run: bool
    jobs: int | None


@click.command("validate", help=both("检查填好的工作簿，逐格指出问题和改法"))
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
@takes(ValidateOptions)
def command(asked: ValidateOptions) -> int:
    """Check filled-in workbooks."""
    from ..annotate.outputs import OutputOptions, failed_outputs, write_outputs
    from ..api.checking import each_result
    from ..validation.text_report import report_lines, summary
    from .inputs import schema_by, workbooks_of

    language = asked.language
    wanted = OutputOptions(asked.paths, asked.marked, asked.fix, asked.apply, asked.dry_run)
    if wanted.clash:
        return print_error("× " + translate("--marked 和 --fix 要写到两个不同的文件夹", language))
    files = workbooks_of(asked.paths, asked.passwords, language).files
    schema = schema_by(asked.config, None, language, files)
    delivered = []
    # not the verb `validate`: each verdict is printed as it comes, its copies written by the process that checked, no rows held
    each = each_result(files, partial(write_outputs, schema, wanted, language), asked.jobs)
    for file, made in zip(files, progress(each, len(files), language), strict=True):
        delivered.append(one := made or failed_outputs(file))
        if asked.form == "text":
            told = report_lines(one.report, language, every=asked.every, columns=columns())
            click.echo("\n".join([*told, *one.lines]) + "\n")
        elif one.lines:
            click.echo("\n".join([one.report.file, *one.lines]), err=True)
    reports = [one.report for one in delivered]
    if asked.form == "text":
        click.echo(summary(reports, language, columns=columns()))
    else:
        from ..validation.json_report import as_json, dumped
        from ..validation.sarif import as_sarif

        click.echo(dumped((as_json if asked.form == "json" else as_sarif)(reports, language)))
    if any(one.failed for one in delivered):
        return FAILED
    return FOUND_ERRORS if any(one.fails(strict=asked.strict) for one in reports) else OK
