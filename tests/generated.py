"""What is generated from the declarations: ``python -m tests.generated`` writes it, ``--check`` holds that it is in step."""

import json
import re
import sys
import tempfile
import tomllib
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

from click.testing import CliRunner

from factory_crm.cli.app import COMMANDS, main
from factory_crm.crm import schema as standard
from factory_crm.crm.config import PRODUCT
from factory_crm.crm.metrics.facts import TIMES
from factory_crm.crm.metrics.registry import REGISTRY, SHEETS
from factory_crm.crm.settings import Settings
from factory_crm.examples.make import make_examples
from factory_crm.i18n.translate import LANGUAGES, Language, translate
from factory_crm.metrics.markdown import markdown as metrics_page
from factory_crm.metrics.snapshot import Inputs
from factory_crm.schema.explain import markdown as code_page
from factory_crm.schema.explain import page_of
from factory_crm.schema.export import markdown
from factory_crm.template.live.guide import guide
from factory_crm.template.workbook import write_template
from factory_crm.validation.json_report import dumped, json_schema

HERE = Path(__file__).resolve().parents[1]
_LOWER_BOUND = re.compile(r"([\w-]+)>=([\d.]+).*")
TEMPLATES: dict[tuple[str, Language], Path] = {
    ("basic", "zh"): HERE / "templates" / "工厂客户管理表.xlsx",
    ("basic", "en"): HERE / "templates" / "Factory customer workbook.xlsx",
    ("full", "zh"): HERE / "templates" / "工厂客户管理表_完整版.xlsx",
    ("full", "en"): HERE / "templates" / "Factory customer workbook_full.xlsx",
}
TITLES: dict[tuple[str, Language], str] = {
    ("basic", "zh"): "表格的约定",
    ("full", "zh"): "表格的约定（完整版）",
    ("basic", "en"): "What the sheets must look like",
    ("full", "en"): "What the sheets must look like (full edition)",
}


def contract_page(language: Language, edition: str = "basic") -> str:
    """Return the page of every sheet, column and rule."""
    title = TITLES[edition, language]
    return f"# {title}\n\n{markdown(standard(edition), language)}"


def factory_schema() -> str:
    """Return the JSON Schema of factory.toml, for editors."""
    return json.dumps(PRODUCT.file_model.model_json_schema(), ensure_ascii=False, indent=1, default=str) + "\n"


def commands_page() -> str:
    """Return the help of every command."""
    lines = ["# 命令 · Commands", ""]
    for name in ("", *COMMANDS):
        arguments = [name, "--help"] if name else ["--help"]
        text = CliRunner().invoke(main, arguments, prog_name="factory-crm", terminal_width=100).output
        lines += [f"## factory-crm {name}".rstrip(), "", "```", text.rstrip(), "```", ""]
    return "\n".join(lines)


def figures() -> Inputs[Settings]:
    """Return the figures of the customer workbook, of no workbook at all."""
    return Inputs({}, SHEETS, Settings(), REGISTRY, TIMES)


def codes_page(language: Language) -> str:
    """Return the table of every problem code."""
    heads = [translate(head, language) for head in ("代码", "级别", "问题", "怎么改")]
    lines = [
        "# Problem codes" if language == "en" else "# 问题代码",
        "",
        "| " + " | ".join(heads) + " |",
        "| --- | --- | --- | --- |",
    ]
    lines += [
        f"| [{code.name}](codes/{page_name(code.name, language)}) | {code.severity} | {translate(code.message, language)} | {translate(code.hint, language)} |"
        for code in sorted(standard("full").codes().values(), key=lambda code: code.name)
    ]
    return "\n".join(lines) + "\n"


def page_name(code: str, language: Language) -> str:
    """Return the file of a code's page."""
    return f"{code}.md" if language == "en" else f"{code}.zh-CN.md"


def one_code_page(code: str, language: Language) -> str:
    """Return the page of one code, in any edition."""
    page = page_of(standard("full"), code, language)
    assert page
    return code_page(page, language)


def decisions_page() -> str:
    """Return the list of the decisions."""
    lines = [f"* [{page.read_text('utf-8').partition(chr(10))[0][2:]}]({page.name})" for page in decisions()]
    return "\n".join(["# Decisions", "", "Why things are as they are; ten lines each.", "", *lines, ""])


def decisions() -> list[Path]:
    """Return the pages of the decisions, which begin with their number."""
    return sorted((HERE / "docs" / "decisions").glob("[0-9]*.md"))


def lowest_versions() -> str:
    """Return every library that pyproject.toml asks for, at the lowest version that it allows."""
    project = tomllib.loads((HERE / "pyproject.toml").read_text("utf-8"))["project"]
    asked = {*project["dependencies"], *(one for extra in project["optional-dependencies"].values() for one in extra)}
    lines = [_LOWER_BOUND.sub(r"\1==\2", one) for one in sorted(asked)]
    return "\n".join(
        ["# Every library at its lower bound in pyproject.toml: `python make.py docs` writes it.", *lines, ""]
    )


PAGES: dict[Path, Callable[[], str]] = {
    **{
        HERE / "docs" / "codes" / page_name(code, language): partial(one_code_page, code, language)
        for code in standard("full").codes()
        for language in LANGUAGES
    },
    HERE / "docs" / "validate.schema.json": lambda: dumped(json_schema()) + "\n",
    HERE / "docs" / "contract.zh-CN.md": lambda: contract_page("zh"),
    HERE / "docs" / "contract.md": lambda: contract_page("en"),
    HERE / "docs" / "contract-full.zh-CN.md": lambda: contract_page("zh", "full"),
    HERE / "docs" / "contract-full.md": lambda: contract_page("en", "full"),
    HERE / "docs" / "factory.schema.json": factory_schema,
    HERE / "docs" / "codes.zh-CN.md": lambda: codes_page("zh"),
    HERE / "docs" / "codes.md": lambda: codes_page("en"),
    HERE / "docs" / "live-checks.zh-CN.md": lambda: guide(standard(), "zh"),
    HERE / "docs" / "live-checks.md": lambda: guide(standard(), "en"),
    HERE / "docs" / "commands.md": commands_page,
    HERE / "docs" / "decisions" / "README.md": decisions_page,
    HERE / "constraints-lowest.txt": lowest_versions,
    HERE / "docs" / "metrics.zh-CN.md": lambda: metrics_page(figures(), "zh"),
    HERE / "docs" / "metrics.md": lambda: metrics_page(figures(), "en"),
}


def parts(workbook: Path) -> dict[str, bytes]:
    """Return the unpacked parts of a workbook."""
    with zipfile.ZipFile(workbook) as package:
        return {name: package.read(name) for name in package.namelist()}


def stale() -> list[Path]:
    """Return the generated files that are not what the declarations make."""
    found = [page for page, make in PAGES.items() if not page.exists() or page.read_text("utf-8") != make()]
    found += [page for page in (HERE / "docs" / "codes").glob("*.md") if page not in PAGES]
    with tempfile.TemporaryDirectory() as folder:
        for (edition, language), kept in TEMPLATES.items():
            fresh = Path(folder, f"{edition}-{language}.xlsx")
            write_template(fresh, standard(edition), language=language)
            if not kept.exists() or parts(kept) != parts(fresh):
                found.append(kept)
        for fresh in make_examples(Path(folder, "workbooks")):
            kept = HERE / fresh.relative_to(folder)
            if not kept.exists() or parts(kept) != parts(fresh):
                found.append(kept)
    return found


def generate() -> None:
    """Write every generated file anew."""
    for page, make in PAGES.items():
        page.parent.mkdir(exist_ok=True)
        page.write_text(make(), "utf-8")
    for (edition, language), kept in TEMPLATES.items():
        kept.parent.mkdir(exist_ok=True)
        write_template(kept, standard(edition), language=language)
    make_examples(HERE / "workbooks")


if __name__ == "__main__":
    if "--check" not in sys.argv:
        generate()
    elif out_of_step := stale():
        sys.exit(
            "out of step, run `python make.py docs`: " + ", ".join(str(path.relative_to(HERE)) for path in out_of_step)
        )
