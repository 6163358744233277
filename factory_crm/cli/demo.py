"""``factory-crm demo``."""

from pathlib import Path

import click

from ..i18n.translate import Language, translate
from . import merge, template, validate
from .console import OK, both, refusing
from .options import FOLDER, language_option


@click.command("demo", help=both("用自带的示例走一遍：生成模板、检查、合并"))
@click.argument("folder", required=False, type=FOLDER, default=Path("demo"))
@language_option
@click.pass_context
def command(context: click.Context, folder: Path, language: Language) -> int:
    """Run the whole way on the examples."""
    from ..crm import NAME
    from ..examples.make import make_examples
    from ..reading.access import Passwords

    with refusing(language):
        make_examples(folder)
    blank, done = folder / (translate(NAME, language) + ".xlsx"), folder / (translate("汇总", language) + ".xlsx")
    for title, called, arguments in (
        ("一、生成空白模板", template.command, {"output": blank}),
        ("二、检查一份有错误的工作簿", validate.command, {"paths": (folder / "bad",)}),
        ("三、合并填好的工作簿", merge.command, {"paths": (folder / "good",), "output": done}),
    ):
        click.echo(f"\n== {translate(title, language)}")
        context.invoke(called, language=language, passwords=Passwords(), **arguments)
    click.echo("\n" + translate("打开看看：{path}", language, path=done.resolve()))
    return OK
