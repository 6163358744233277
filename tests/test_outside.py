"""What the project shows to the outside agrees with itself: versions, bounds, pins, verbs, workflows."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

import factory_crm
import make

from .generated import lowest_versions
from .site import leading_away

HERE = Path(__file__).resolve().parents[1]
PROJECT: dict[str, Any] = tomllib.loads((HERE / "pyproject.toml").read_text("utf-8"))
WORKFLOWS = sorted((HERE / ".github" / "workflows").glob("*.yml"))
PIN = re.compile(r"^(?P<name>[a-z0-9-]+)==(?P<version>[^\s;]+)", re.MULTILINE)


def text(name: str) -> str:
    return (HERE / name).read_text("utf-8")


def asked_for() -> list[Requirement]:
    """What the package, its extras and the groups ask for."""
    project, groups = PROJECT["project"], PROJECT["dependency-groups"]
    lists = [project["dependencies"], *project["optional-dependencies"].values(), *groups.values()]
    return [Requirement(one) for asked in lists for one in asked if isinstance(one, str)]


@pytest.mark.parametrize("asked", asked_for(), ids=str)
def test_every_library_is_pinned_within_its_bounds(asked: Requirement) -> None:
    pins = [found["version"] for found in PIN.finditer(text("constraints.txt")) if found["name"] == asked.name]
    if asked.name != "pyspark-client":  # pyspark holds it, and is what is tried
        assert pins
    assert all(Version(pin) in asked.specifier for pin in pins)
    assert any(bound.operator == ">=" for bound in asked.specifier)


def test_the_lowest_versions_are_the_lower_bounds() -> None:
    assert text("constraints-lowest.txt") == lowest_versions()


def test_one_version_stands_everywhere() -> None:
    numbers = re.findall(r"^## (.+)$", text("CHANGELOG.md"), re.MULTILINE)
    assert numbers[:2] == ["Unreleased", factory_crm.__version__]
    assert re.findall(r"^version: (.+)$", text("CITATION.cff"), re.MULTILINE) == [factory_crm.__version__]


def test_changes_are_told_by_kind() -> None:
    kinds = set(re.findall(r"^### (.+)$", text("CHANGELOG.md"), re.MULTILINE))
    assert kinds <= {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}


@pytest.mark.parametrize("verb", make.VERBS)
def test_every_verb_is_told(verb: str) -> None:
    assert f"python make.py {verb} " in (make.__doc__ or "")
    assert f"python make.py {verb} " in text("CONTRIBUTING.md")


def test_workflows_run_every_python_that_is_named_and_only_verbs_there_are() -> None:
    every = "\n".join(path.read_text("utf-8") for path in WORKFLOWS)
    named = [line.rpartition(" :: ")[2] for line in PROJECT["project"]["classifiers"] if " :: Python :: 3." in line]
    matrix = ", ".join(f'"{one}"' for one in named)
    assert f"python: [{matrix}]" in every
    assert PROJECT["project"]["requires-python"] == f">={named[0]}"
    assert set(re.findall(r"python make\.py (\w+)", every)) <= set(make.VERBS)


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_a_workflow_may_only_read_unless_a_job_says_why(path: Path) -> None:
    workflow = path.read_text("utf-8")
    assert "\npermissions:\n  contents: read\n" in workflow
    assert len(re.findall(r"^    runs-on:", workflow, re.MULTILINE)) == workflow.count("timeout-minutes:")


def test_a_site_that_leads_away_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(
        '<a href="b.html#https://c">x</a><script src="//cdn.example/x.js"></script><svg xmlns="http://www.w3.org/2000/svg">'
    )
    (tmp_path / "a.css").write_text("@import 'https://fonts.example/x'; a { background: url(data:image/png;base64,x) }")
    assert leading_away(tmp_path) == ["a.css: @import 'https://fonts.example/x", 'a.html: src="//cdn.example/x.js']
