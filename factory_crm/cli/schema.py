"""``factory-crm schema``."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import click

from ..i18n.translate import Language
from .console import OK, both
from .options import config_option, edition_option, language_option, takes


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemaOptions:
    """What is asked for."""

    form: Literal["json", "md"]
    edition: str | None
    language: Language
    config: Path | None


@click.command("schema", help=both("输出表格的约定，供程序或文档使用"))
@click.option(
    "--format", "form", type=click.Choice(["json", "md"]), default="json", show_default=True, help=both("输出形式")
)
@edition_option
@language_option
@config_option
@takes(SchemaOptions)
def command(asked: SchemaOptions) -> int:
    """Print the schema."""
    from ..api.explaining import describe
    from .inputs import schema_by

    schema = schema_by(asked.config, asked.edition, asked.language)
    click.echo(describe(schema, asked.form, language=asked.language))
    return OK
