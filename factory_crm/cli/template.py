"""``factory-crm template``."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..i18n.translate import Language, translate
from .console import FAILED, OK, both, print_error, refusing
from .options import FILE, added, config_option, edition_option, language_option, password_option, takes

if TYPE_CHECKING:
    from ..reading.access import Passwords

filling = added(
    click.option("--from", "old", type=FILE, help=both("把这份填过的工作簿的内容带进新模板")),
    click.option("--open-only", is_flag=True, help=both("只带客户和还没完结的，供下一期用")),
    password_option,
    click.option("--office", default="", help=both("预先填好填报单位")),
    click.option("--rows", type=click.IntRange(1, 20_000), help=both("每张表预留几行")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateOptions:
    """What is asked for."""

    output: Path | None
    edition: str | None
    language: Language
    config: Path | None
    old: Path | None
    open_only: bool
    passwords: "Passwords"
    office: str
    rows: int | None


@click.command("template", help=both("生成一份填报模板：空白的，或带着旧工作簿的内容"))
@click.option("-o", "--output", type=click.Path(path_type=Path), help=both("写到哪里（文件或文件夹）"))
@edition_option
@language_option
@config_option
@filling
@takes(TemplateOptions)
def command(asked: TemplateOptions) -> int:
    """Write a fill-in template, blank or with what an older workbook holds."""
    from .. import crm
    from ..api.templates import migrate, template
    from ..migrate.migrate import TemplateOutcome
    from ..migrate.text_report import outcome_lines
    from .inputs import office_of, schema_by

    old, language = asked.old, asked.language
    if asked.open_only and not old:
        return print_error(translate("× --open-only 要和 --from 一起写", language))
    schema = schema_by(asked.config, asked.edition, language)
    office, target = office_of(asked.office, schema, language), asked.output or Path()
    with refusing(language):
        if old:
            outcome = migrate(
                old,
                schema if asked.config or asked.edition else None,
                target,
                editions=tuple(crm.editions(asked.config).values()),
                earlier=tuple(crm.editions().values()) if asked.config else (),
                open_only=asked.open_only,
                rows=asked.rows,
                office=office,
                passwords=asked.passwords,
                language=language,
            ).outcome
        else:
            outcome = TemplateOutcome(
                written=template(schema, target, rows=asked.rows, office=office, language=language)
            )
    click.echo("\n".join(outcome_lines(outcome, language)))
    return OK if outcome.written else FAILED
