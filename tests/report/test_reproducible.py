"""The same inputs always make the same parts."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.merge.builders import customer, feedback, order, service
from tests.report.builders import write_book

CODE = """
import sys
from pathlib import Path
from tests.report.builders import summarised
summarised([Path(sys.argv[1])], Path(sys.argv[2]))
"""


@pytest.mark.slow
def test_two_runs_make_identical_parts(tmp_path):
    rows = {
        "customers": [customer()],
        "orders": [order(), order("ORD002")],
        "services": [service()],
        "feedbacks": [feedback()],
    }
    write_book(tmp_path / "in" / "a.xlsx", rows, cover={"office": "一分厂"})
    made = [
        run(tmp_path, name, seed, zone)
        for name, seed, zone in (("1.xlsx", "1", "UTC"), ("2.xlsx", "2", "Asia/Shanghai"))
    ]
    first, second = map(parts, made)
    assert first.keys() == second.keys()
    assert [name for name in first if first[name] != second[name]] == []


def run(folder, name, seed, zone):
    environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone}
    command = [sys.executable, "-X", "utf8", "-c", CODE, folder / "in", folder / name]
    subprocess.run(command, cwd=Path(__file__).parents[2], env=environment, check=True)
    return folder / name


def parts(path):
    with zipfile.ZipFile(path) as file:
        return {info.filename: (file.read(info), info.date_time) for info in file.infolist()}
