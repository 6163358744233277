"""Every threat comes to what it must, within its bounds."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from factory_crm.problems.codes import Code

from . import threats_cells, threats_kinds, threats_markup, threats_packages
from .threats import THREATS, Threat

ROOT = Path(__file__).resolve().parents[2]
MANY = 150
MARKED = [pytest.param(name, marks=[pytest.mark.slow] if one.slow else []) for name, one in THREATS.items()]
assert all((threats_cells, threats_kinds, threats_markup, threats_packages))  # each adds its own

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="measured in forked processes")


@pytest.fixture(scope="session")
def measuring() -> Iterator[subprocess.Popen[str]]:
    """The process that reads for us; it starts once, and forks for each file."""
    command = [sys.executable, "-m", "tests.reading.measure"]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield process
        assert process.stdin
        process.stdin.close()


def measured(process: subprocess.Popen[str], path: Path) -> dict[str, Any]:
    """What comes of that file, and what it costs."""
    assert process.stdin
    assert process.stdout
    process.stdin.write(json.dumps(str(path)) + "\n")
    process.stdin.flush()
    found: dict[str, Any] = json.loads(process.stdout.readline())
    return found


def expected(one: Threat) -> dict[str, Any]:
    """What must come, as the other process tells it."""
    if isinstance(one.comes, Code):
        return {"code": one.comes.name}
    cells = {at: value.name if isinstance(value, Code) else value for at, value in one.comes.items()}
    return {"cells": cells, "count": len(cells)}


def test_there_are_many() -> None:
    assert len(THREATS) >= MANY


@pytest.mark.parametrize("name", MARKED)
def test_threat(name: str, tmp_path: Path, measuring: subprocess.Popen[str]) -> None:
    one = THREATS[name]
    path = tmp_path / one.file
    path.write_bytes(one.content())
    found = measured(measuring, path)
    seconds, megabytes = found.pop("seconds"), found.pop("megabytes")
    assert found == expected(one)
    assert seconds <= one.seconds
    assert megabytes <= one.megabytes
