"""Many workbooks at once: bad ones, interruptions, two merges into one output."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from contextlib import nullcontext
from datetime import datetime
from functools import partial
from importlib import import_module
from operator import attrgetter
from pathlib import Path
from random import Random

import pytest
from click.testing import CliRunner

from factory_crm.cli.app import main
from factory_crm.crm import schema as standard
from factory_crm.engine.engines import LocalEngine, start_engine
from factory_crm.merge.ingest import ingest
from factory_crm.merge.merge import merge, reconciles, totals
from factory_crm.reading.folder import WorkbookFile, find_workbooks
from factory_crm.storage.atomic import locked
from tests.report.builders import loaded

from .builders import customer, order, service, workbook
from .hostile import hostile

ROOT = Path(__file__).resolve().parents[2]


def run(*arguments):
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def folder(place, count, lines=3):
    for n in range(count):
        content = {
            "customers": [customer(f"C{n:03d}", f"第{n:03d}号机械厂", phone=f"139{n:08d}", owner=f"业务{n % 3}")],
            "orders": [order(f"O{n:03d}-{line}", f"C{n:03d}", quantity=line + 1) for line in range(lines)],
            "services": [service(f"C{n:03d}", description=f"问{n}")],
        }
        workbook(place / f"{n:03d}.xlsx", content, office=f"第{n}分厂")
    return place


def begun(*arguments):
    command = [sys.executable, "-X", "utf8", "-m", "factory_crm", "merge", *map(str, arguments)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


def done(*arguments):
    """Run a merge to its end; return its exit code."""
    process = begun(*arguments)
    process.communicate()
    return process.returncode


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no such signals")
@pytest.mark.parametrize(("number", "code"), [(signal.SIGKILL, -9), (signal.SIGINT, 2)])
def test_an_interrupted_merge_leaves_the_old_summary_whole(tmp_path, number, code):
    """Killed at twelve moments from the start to the last write; then it runs again as if nothing had been."""
    place, out = folder(tmp_path / "in", 30), tmp_path / "out" / "s.xlsx"
    assert done(place, "-o", out) == 0
    old = out.read_bytes()
    workbook(place / "more.xlsx", {"customers": [customer("NEW")], "orders": [order("N1", "NEW")]})
    start = time.monotonic()
    copy = tmp_path / "timed" / "s.xlsx"
    assert done(place, "-o", copy) == 0
    whole, new = time.monotonic() - start, copy.read_bytes()
    ends = Counter()
    for moment in range(12):
        process = begun(place, "-o", out)
        time.sleep(whole * (moment + 0.5) / 12)
        process.send_signal(number)
        told = process.communicate(timeout=300)[0].decode()  # its workers hold the pipe too: they end with it
        ends[process.returncode] += 1
        assert "Traceback" not in told
        assert out.read_bytes() in (old, new)
        out.write_bytes(old)
    assert ends[code] >= 2
    assert done(place, "-o", out) == 0
    assert out.read_bytes() == new
    assert sorted(path.name for path in out.parent.iterdir()) == ["s.xlsx", "s.~1~.xlsx"]


def test_a_second_merge_into_one_output_is_told_before_it_reads(tmp_path):
    place, out = folder(tmp_path / "in", 1), tmp_path / "s.xlsx"
    with locked(out):
        result = run("merge", place, "-o", out)
    assert result.exit_code == 2
    assert "正在写" in result.output
    assert not out.exists()


@pytest.mark.slow
def test_fifty_hostile_files_cost_the_others_nothing(tmp_path):
    place = folder(tmp_path / "in", 450)
    good = (place / "000.xlsx").read_bytes()
    for name, content in hostile(good, Random(5)):
        (place / name).write_bytes(content)
    files = find_workbooks([place])
    assert len(files) == 500
    with start_engine("here", len(files), jobs=2) as engine:
        result = merge(files, standard(), engine)
    assert reconciles(result)
    statuses = Counter(origin.status for origin in result.origins)
    assert statuses == {"merged": 450, "unreadable": 50}
    bad = [origin for origin in result.origins if origin.status == "unreadable"]
    assert all(origin.file.startswith("bad") and origin.problems[0].code.name[0] in "FS" for origin in bad)
    assert totals(result.origins)["orders"].accepted.rows == 450 * 3
    out = tmp_path / "s.xlsx"
    assert run("merge", place, "-o", out, "--jobs", 2).exit_code == 1


def test_each_bad_file_is_listed_with_its_code(tmp_path):
    place, out = folder(tmp_path / "in", 1), tmp_path / "s.xlsx"
    (place / "空.xlsx").write_bytes(b"")
    (place / "再发.xlsx").write_bytes((place / "000.xlsx").read_bytes())
    result = run("merge", place, "-o", out)
    assert result.exit_code == 1
    listed = loaded(out, values=True)["数据来源"].iter_rows(min_row=5, max_row=7, values_only=True)
    whys = {row[1]: (row[2], row[-2], (row[-1] or "").split(" ")[0]) for row in listed}
    assert whys == {
        "000.xlsx": ("已汇总", "xlsx", ""), "再发.xlsx": ("重复文件", "xlsx", "M203"), "空.xlsx": ("读不了", "xlsx", "F104"),
    }  # fmt: skip
    assert "(M203)" in result.output
    assert "(F104)" in result.output


class Deadly(LocalEngine):
    """An engine whose workers the system kills over certain files, as it does for want of memory."""

    def each(self, work, things):
        return super().each(partial(worked_to_death, work), things)


def worked_to_death(work, file):
    if file.name.startswith("杀"):
        os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
    return work(file)


def test_a_file_that_kills_its_reader_is_listed_and_costs_the_others_nothing(tmp_path):
    place = folder(tmp_path / "in", 6)
    for name in ("杀1", "杀2"):
        (place / f"{name}.xlsx").write_bytes((place / "000.xlsx").read_bytes())
    with ProcessPoolExecutor(2) as executor:
        result = merge(find_workbooks([place]), standard(), Deadly(executor))
    assert reconciles(result)
    assert Counter(origin.status for origin in result.origins) == {"merged": 6, "unreadable": 2}
    unread = {origin.file: [problem.code.name for problem in origin.problems] for origin in result.origins[6:]}
    assert unread == {"杀1.xlsx": ["F120"], "杀2.xlsx": ["F120"]}


def deadly(schema, file):
    return worked_to_death(partial(ingest, schema), file)


def test_so_it_is_with_a_single_process(tmp_path, monkeypatch):
    place = folder(tmp_path / "in", 2)
    (place / "杀.xlsx").write_bytes((place / "000.xlsx").read_bytes())
    monkeypatch.setattr(import_module("factory_crm.merge.merge"), "ingest", deadly)
    with start_engine("here", 3, jobs=1) as engine:
        result = merge(find_workbooks([place]), standard(), engine)
    assert [(origin.file, origin.status) for origin in result.origins] == [
        ("000.xlsx", "merged"), ("001.xlsx", "merged"), ("杀.xlsx", "unreadable"),
    ]  # fmt: skip


@pytest.mark.parametrize("deaths", [(), (0,), (3,), (0, 1), (1, 3), (0, 1, 2, 3)])
def test_what_is_made_of_the_others_comes_in_order(deaths):
    files = [WorkbookFile(Path(), f"{'杀' if n in deaths else ''}{n}") for n in range(4)]
    with ProcessPoolExecutor(2) as executor:
        made = list(Deadly(executor).each(attrgetter("name"), files))
    assert made == [None if n in deaths else str(n) for n in range(4)]


class Careless(LocalEngine):
    """An engine that does something to the rows on their way into its tables."""

    def __init__(self, does):
        super().__init__()
        self.does = does

    def frame(self, rows, kinds):
        return super().frame(self.does([dict(zip(kinds, row, strict=True)) for row in rows]), kinds)


@pytest.mark.parametrize(("does", "holds"), [
    (lambda rows: rows, True),
    (lambda rows: rows[1:], False),
    (lambda rows: [*rows, *rows[:1]], False),
    (lambda rows: [{**row, "amount": row["amount"] + 1} if "amount" in row else row for row in rows], False),
])  # fmt: skip
def test_what_does_not_add_up_to_the_last_fen_is_not_written(tmp_path, monkeypatch, does, holds):
    place, out = folder(tmp_path / "in", 2), tmp_path / "s.xlsx"
    out.write_bytes(b"the old one")
    careless = Careless(lambda rows: [tuple(row.values()) for row in does(rows)])
    monkeypatch.setattr("factory_crm.api.merging.start_engine", lambda *_, **__: nullcontext(careless))
    result = run("merge", place, "-o", out)
    assert (result.exit_code == 0) is holds
    assert (result.exit_code == 2) is ("对账不平" in result.output) is not holds
    assert (out.read_bytes() == b"the old one") is not holds


def test_a_date_far_off_is_told_with_its_place(tmp_path):
    content = {
        "customers": [customer()],
        "orders": [order(), order("O2", ordered_on=datetime(2042, 1, 5), due_on=None)],
    }
    path = workbook(tmp_path / "in" / "a.xlsx", content)
    assert "a.xlsx › 订单记录!3:3  日期 2042-01-05" in run("merge", path, "-o", tmp_path / "s.xlsx", "--dry-run").output


def test_each_person_gets_a_workbook_with_their_own_customers(tmp_path):
    place, out = folder(tmp_path / "in", 7), tmp_path / "out" / "汇总.xlsx"
    workbook(place / "none.xlsx", {"customers": [customer("X1", "无人负责厂")], "orders": [order("X", "X9")]})
    result = run("merge", place, "-o", out, "--by", "负责人")
    assert result.exit_code == 0
    made = sorted((tmp_path / "out" / "汇总_按负责人").iterdir())
    assert [path.stem for path in made] == ["业务0", "业务1", "业务2", "未指定负责人"]
    own = {
        path.stem: [row[1] for row in loaded(path)["我的客户"].iter_rows(min_row=5, values_only=True)] for path in made
    }
    assert own["业务0"] == ["C000", "C003", "C006"]
    assert sum(map(len, own.values())) == 9
    late = [row[1] for row in loaded(made[0])["逾期未交"].iter_rows(min_row=5, values_only=True)]
    assert late in ([], ["√ 没有。"]) or all(number.startswith("O00") for number in late if number)
    again = run("merge", tmp_path / "out", "-o", tmp_path / "again.xlsx")
    assert "跳过 5" in again.output, again.output


def test_a_dry_run_tells_everything_and_writes_nothing(tmp_path):
    place, out = folder(tmp_path / "in", 3), tmp_path / "out" / "s.xlsx"
    run("merge", place, "-o", out)
    (place / "002.xlsx").unlink()
    workbook(place / "000.xlsx", {"customers": [customer("C000", "第000号机械厂")], "orders": [
        order("O000-0", "C000", quantity=1, due_on=datetime(2024, 9, 9))]}, office="第0分厂")  # fmt: skip
    other = tmp_path / "elsewhere" / "t.xlsx"
    result = run("merge", place, "-o", other, "--previous", out, "--dry-run")
    for text in ("交期改动 O000-0 + 1：2024-02-05 → 2024-09-09", "第2分厂 这次没有交", "第2分厂：您好", "消失"):
        assert text in result.output, text
    assert not other.parent.exists()


def test_every_line_leads_back_to_its_very_cell(tmp_path):
    """The place of each accepted line, opened with another program: the same order number stands there."""
    place = folder(tmp_path / "in", 5)
    files = find_workbooks([place])
    with start_engine("here", len(files)) as engine:
        result = merge(files, standard(), engine)
    books = {file.name: loaded(file.path, values=True) for file in files}
    for table, number, title in (("orders", "order_id", "订单编号"), ("customers", "customer_id", "客户编号")):
        lines = result.tables[table].select(number, "file", "sheet", "row").collect().rows()
        assert lines
        for value, file, sheet, row in lines:
            page = books[file][sheet]
            at = next(cell.column for cell in page[1] if cell.value == title)
            assert page.cell(row, at).value == value


def test_what_nobody_registered_is_kept_and_listed(tmp_path):
    path = workbook(tmp_path / "in" / "a.xlsx", {"customers": [customer()], "orders": [order("O1", "C404")]})
    out = tmp_path / "s.xlsx"
    assert run("merge", path, "-o", out).exit_code == 0
    book = loaded(out, values=True)
    listed = [row for row in book["数据来源"].iter_rows(values_only=True) if row[5] == "C404"]
    assert [(row[1], row[2], row[3]) for row in listed] == [("a.xlsx", 2, "订单记录")]
    customers = list(book["客户汇总"].iter_rows(min_row=5, values_only=True))
    assert ("C404", "未登记客户") in {(row[1], row[2]) for row in customers}


def test_an_engine_that_is_not_installed_is_named(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    place = folder(tmp_path / "in", 1)
    result = run("merge", place, "-o", tmp_path / "s.xlsx", "--engine", "spark")
    assert (result.exit_code, "spark-local" in result.output) == (2, True)
    assert os.listdir(tmp_path) == ["in"]  # noqa: PTH208 - names are all that is asked
