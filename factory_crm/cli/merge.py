"""``factory-crm merge``."""

from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from ..i18n.translate import Language
from .console import FAILED, FOUND_ERRORS, OK, both, refusing
from .options import FILE, added, config_option, input_paths, jobs_option, language_option, takes

if TYPE_CHECKING:
    from ..reading.access import Passwords

OWNERS = ("负责人", "owner")  # zh only

beside = added(
    click.option("--ics", type=FILE, help=both("把待办写成日历文件（.ics）")),
    click.option("--pdf", type=FILE, help=both("另写一份 PDF（需要装有 LibreOffice）")),
    click.option(
        "--engine",
        type=click.Choice(["here", "duckdb", "spark"]),
        default="here",
        show_default=True,
        help=both("在哪里运行：本机、本机的 DuckDB（数据大于内存时）、Spark 集群"),
    ),
    click.option("--connect", default="", metavar="sc://…", help=both("Spark 集群的地址；不写则用本机的小集群")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeCommandOptions:
    """What is asked for."""

    paths: tuple[Path, ...]
    passwords: "Passwords"
    output: Path
    language: Language
    config: Path | None
    as_of: datetime | None
    prefer: Literal["latest", "first", "none"]
    previous: Path | None
    by: str | None
    ics: Path | None
    pdf: Path | None
    engine: Literal["here", "duckdb", "spark"]
    connect: str
    dry_run: bool
    jobs: int | None


@click.command("merge", help=both("合并多份工作簿，写出汇总工作簿"))
@input_paths
@click.option("-o", "--output", required=True, type=FILE, help=both("汇总工作簿写到哪里"))
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
@click.option("--previous", type=FILE, help=both("上次的汇总：照办里面的选定，并列出与它相比的变化"))
@click.option("--by", type=click.Choice(OWNERS), help=both("另给每位负责人写一份小工作簿"))
@beside
@click.option("--dry-run", is_flag=True, help=both("只看结果，不写文件"))
@jobs_option
@takes(MergeCommandOptions)
def command(asked: MergeCommandOptions) -> int:
    """Merge workbooks into a summary. The output is held from the first reading to the last writing."""
    from ..api.merging import merge
    from ..api.summaries import write
    from ..exports.registry import write_exports
    from ..report.outcome import MergeOutcome
    from ..report.text_report import outcome_lines
    from ..storage.atomic import locked
    from .inputs import schema_by, workbooks_of

    language = asked.language
    workbooks = workbooks_of(asked.paths, asked.passwords, language)
    schema = schema_by(asked.config, None, language, workbooks.files)
    with refusing(language):
        with (
            nullcontext() if asked.dry_run else locked(asked.output),
            merge(
                workbooks,
                schema,
                prefer=asked.prefer,
                previous=asked.previous,
                as_of=asked.as_of.date() if asked.as_of else None,
                jobs=asked.jobs,
                engine=asked.engine,
                connect=asked.connect,
            ) as merged,
        ):
            if asked.dry_run or not merged.reconciles:
                outcome = MergeOutcome(merged.result, merged.reconciles, None, schema)
            else:
                results = merged.compute()
                outcome = write(merged.collect(), asked.output, results, language=language)
        by = asked.output if asked.by else None
        more = list(write_exports(outcome, language, asked.paths, by=by, ics=asked.ics, pdf=asked.pdf))
    click.echo("\n".join([*outcome_lines(outcome, language), *(told for _, told in more)]))
    failed = not outcome.reconciled or not all(done for done, _ in more)
    return FAILED if failed else FOUND_ERRORS if outcome.incomplete else OK
