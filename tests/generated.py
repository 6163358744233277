"""What is generated from the declarations: ``python -m tests.generated`` writes it, ``--check`` holds that it is in step."""

import sys
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

from click.testing import CliRunner

from factory_crm.cli import main
from factory_crm.contract.contract import standard
from factory_crm.contract.schema import markdown
from factory_crm.template.workbook import write_template
from factory_crm.words import LANGUAGES, Language, say

HERE = Path(__file__).resolve().parents[1]
TEMPLATES = {
    "zh": HERE / "templates" / "工厂客户管理表.xlsx",
    "en": HERE / "templates" / "Factory customer workbook.xlsx",
}


def contract_page(language: Language) -> str:
    """Return the page of every sheet, column and rule."""
    title = say("表格的约定", language)
    return f"# {title}\n\n{markdown(standard(), language)}"


def commands_page() -> str:
    """Return the help of every command."""
    lines = ["# 命令 · Commands", ""]
    for name in ("", *sorted(main.commands)):
        arguments = [name, "--help"] if name else ["--help"]
        text = CliRunner().invoke(main, arguments, prog_name="factory-crm", terminal_width=100).output
        lines += [f"## factory-crm {name}".rstrip(), "", "```", text.rstrip(), "```", ""]
    return "\n".join(lines)


def codes_page(language: Language) -> str:
    """Return the table of every problem code."""
    heads = [say(head, language) for head in ("代码", "级别", "问题", "怎么改")]
    lines = [f"# {say('问题代码', language)}", "", "| " + " | ".join(heads) + " |", "| --- | --- | --- | --- |"]
    lines += [
        f"| {code.name} | {code.severity} | {say(code.message, language)} | {say(code.remedy, language)} |"
        for code in sorted(standard().codes().values(), key=lambda code: code.name)
    ]
    return "\n".join(lines) + "\n"


PAGES: dict[Path, Callable[[], str]] = {
    HERE / "docs" / "contract.zh-CN.md": lambda: contract_page("zh"),
    HERE / "docs" / "contract.md": lambda: contract_page("en"),
    HERE / "docs" / "codes.zh-CN.md": lambda: codes_page("zh"),
    HERE / "docs" / "codes.md": lambda: codes_page("en"),
    HERE / "docs" / "commands.md": commands_page,
}


def parts(workbook: Path) -> dict[str, bytes]:
    """Return the unpacked parts of a workbook."""
    with zipfile.ZipFile(workbook) as package:
        return {name: package.read(name) for name in package.namelist()}


def stale() -> list[Path]:
    """Return the generated files that are not what the declarations make."""
    found = [page for page, make in PAGES.items() if not page.exists() or page.read_text("utf-8") != make()]
    with tempfile.TemporaryDirectory() as folder:
        for language in LANGUAGES:
            fresh = Path(folder, f"{language}.xlsx")
            write_template(fresh, standard(), language=language)
            kept = TEMPLATES[language]
            if not kept.exists() or parts(kept) != parts(fresh):
                found.append(kept)
    return found


def generate() -> None:
    """Write every generated file anew."""
    for page, make in PAGES.items():
        page.write_text(make(), "utf-8")
    for language, kept in TEMPLATES.items():
        kept.parent.mkdir(exist_ok=True)
        write_template(kept, standard(), language=language)


if __name__ == "__main__":
    if "--check" not in sys.argv:
        generate()
    elif out_of_step := stale():
        sys.exit(
            "out of step, run `python make.py docs`: " + ", ".join(str(path.relative_to(HERE)) for path in out_of_step)
        )
