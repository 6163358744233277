"""``factory-crm explain``."""

from dataclasses import dataclass
from pathlib import Path

import click

from ..i18n.translate import Language, translate
from .console import OK, both, print_error
from .options import config_option, language_option, takes


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainOptions:
    """What is asked for."""

    code: str | None
    language: Language
    config: Path | None


@click.command("explain", help=both("解释一个问题代码；不写代码则列出全部"))
@click.argument("code", required=False)
@language_option
@config_option
@takes(ExplainOptions)
def command(asked: ExplainOptions) -> int:
    """Explain a problem code."""
    from .. import crm
    from ..api.explaining import explain
    from .inputs import schema_by

    language = asked.language
    schemas = [*([schema_by(asked.config, None, language)] if asked.config else []), crm.schema("full")]
    if asked.code is None:
        known = {name: each for schema in reversed(schemas) for name, each in schema.codes().items()}
        for each in known.values():
            click.echo(f"{each.name}  {translate(each.message, language)}")
        return OK
    for schema in schemas:
        if asked.code.upper() in schema.codes():
            click.echo(explain(asked.code, schema, language=language))
            return OK
    return print_error("× " + translate("没有这个代码：{code}", language, code=asked.code))
