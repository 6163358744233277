"""Merge many workbooks, beside what merely reads them: wall seconds, CPU seconds and peak memory of whole process trees.

    python benchmarks/merge.py [WORKBOOKS] [--runs N] [--orders LINES] [--only WORD]...

Each workbook has four sheets of 50 to 200 rows; with ``--orders``, so many order lines instead. The programs take turns,
so that a busy machine slows all alike. Only the ratios mean something elsewhere.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from random import Random
from resource import RUSAGE_CHILDREN, getrusage

from xlsxwriter import Workbook

MERGE = "import sys\nfrom factory_crm.cli.app import main\nmain(['merge', sys.argv[1], '-o', sys.argv[2], {more}], standalone_mode=False)"
PROGRAMS = {
    "calamine, reading alone": "import sys, pathlib, python_calamine\n"
    "print(sum(len(row) for path in sorted(pathlib.Path(sys.argv[1]).glob('*.xlsx'))"
    " for book in [python_calamine.CalamineWorkbook.from_path(str(path))]"
    " for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python()))",
    "pandas + openpyxl + concat, nothing written": "import sys, pathlib, pandas\n"
    "books = [pandas.read_excel(path, sheet_name=None, engine='openpyxl') for path in sorted(pathlib.Path(sys.argv[1]).glob('*.xlsx'))]\n"
    "print(sum(len(pandas.concat([book[name] for book in books])) for name in books[0]))",
    "pandas + openpyxl + concat": "import sys, pathlib, pandas\n"
    "books = [pandas.read_excel(path, sheet_name=None, engine='openpyxl') for path in sorted(pathlib.Path(sys.argv[1]).glob('*.xlsx'))]\n"
    "whole = {name: pandas.concat([book[name] for book in books]) for name in books[0]}\n"
    "with pandas.ExcelWriter(sys.argv[2], engine='xlsxwriter') as writer:\n"
    "    [frame.to_excel(writer, sheet_name=name) for name, frame in whole.items()]",
    "factory_crm, reading alone": "import sys, pathlib\nfrom factory_crm.reading.opening import open_workbook\n"
    "for path in sorted(pathlib.Path(sys.argv[1]).glob('*.xlsx')):\n"
    "    with open_workbook(path) as source:\n"
    "        [sum(len(row.cells) for row in source.grid(info.name).rows()) for info in source.sheets]",
    "factory_crm merge, dry run": MERGE.format(more="'--jobs', '1', '--dry-run'"),
    "factory_crm merge, 1 process": MERGE.format(more="'--jobs', '1'"),
    "factory_crm merge, 2 processes": MERGE.format(more="'--jobs', '2'"),
    "factory_crm merge, dry run, duckdb": MERGE.format(more="'--jobs', '2', '--engine', 'duckdb', '--dry-run'"),
    "factory_crm merge, duckdb": MERGE.format(more="'--jobs', '2', '--engine', 'duckdb'"),
}


def make(folder: Path, workbooks: int, orders: int = 0) -> int:
    """Write the workbooks, each with so many order lines where they are given; return how many rows they have."""
    chance, rows = Random(11), 0
    day = date(2023, 1, 1)
    for n in range(workbooks):
        with Workbook(folder / f"{n:04d}.xlsx", {"default_date_format": "yyyy-mm-dd"}) as book:
            sizes = [chance.randint(50, 200) for _ in range(4)]
            sizes[1] = orders or sizes[1]
            rows += sum(sizes)
            ids = [f"C{n:04d}-{i:03d}" for i in range(sizes[0])]
            sheets = {
                "客户信息": (["客户编号", "客户名称", "联系人姓名", "联系电话", "负责人"],
                         [[one, f"{one}{chance.choice('东海云山')}机械厂", "王五", f"138{n:04d}{i:04d}", f"业务{i % 9}"]
                          for i, one in enumerate(ids)]),
                "订单记录": (["订单编号", "客户编号", "产品型号", "数量", "单价(元)", "下单日期", "约定交期", "发货日期", "收货日期", "订单状态"],
                         [[f"O{n:04d}-{i:03d}", chance.choice(ids), f"X{i % 40}", chance.randint(1, 5000), chance.randint(100, 9999) / 100,
                           *(day + timedelta(chance.randint(0, 500) + more) for more in (0, 530, 510, 1020)), "已完成"]
                          for i in range(sizes[1])]),
                "服务记录": (["客户编号", "事件类型", "描述", "受理时间", "处理人员"],
                         [[chance.choice(ids), "咨询", f"问交期{i}", day + timedelta(chance.randint(0, 500)), "赵六"] for i in range(sizes[2])]),
                "反馈评价": (["客户编号", "反馈日期", "客户反馈", "评分(满分5分)"],
                         [[chance.choice(ids), day + timedelta(chance.randint(0, 500)), f"不错{i}", chance.randint(1, 5)] for i in range(sizes[3])]),
            }  # fmt: skip
            for title, (headers, lines) in sheets.items():
                page = book.add_worksheet(title)
                for at, line in enumerate([headers, *lines]):
                    page.write_row(at, 0, line)
    return rows


def cost(code: str, folder: Path, out: Path) -> tuple[float, float, float]:
    """Run a program; return its wall seconds, its CPU seconds and the peak memory of its largest process in MB."""
    before, start = getrusage(RUSAGE_CHILDREN), time.monotonic()
    script = f"{code}\nimport resource as r\nprint('PEAK', max(r.getrusage(who).ru_maxrss for who in (r.RUSAGE_SELF, r.RUSAGE_CHILDREN)))"
    told = subprocess.run(
        [sys.executable, "-c", script, str(folder), str(out)], stdout=subprocess.PIPE, check=True, text=True
    )
    after = getrusage(RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return time.monotonic() - start, cpu, int(told.stdout.split("PEAK")[1]) / 1024


def main(workbooks: int, runs: int, orders: int, only: list[str]) -> None:
    """Print a table of medians."""
    programs = {name: code for name, code in PROGRAMS.items() if not only or any(word in name for word in only)}
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place, "in")
        folder.mkdir()
        rows = make(folder, workbooks, orders)
        measured: dict[str, list[tuple[float, float, float]]] = {name: [] for name in programs}
        for _ in range(runs):
            for name, code in programs.items():
                measured[name].append(
                    cost(code, folder, Path(place, "out", "s.xlsx") if "merge" in name else Path(place, "s.xlsx"))
                )
    print(f"{workbooks} workbooks, {rows} rows, median of {runs} runs")
    medians = {name: [statistics.median(one[i] for one in costs) for i in range(3)] for name, costs in measured.items()}
    base = medians.get("calamine, reading alone", next(iter(medians.values())))[1]
    for name, (wall, cpu, memory) in medians.items():
        print(f"{name:32} {wall:7.1f} s wall  {cpu:7.1f} s CPU  {cpu / base:5.2f} x  {memory:6.0f} MB")
    print(json.dumps({"workbooks": workbooks, "rows": rows, "medians": medians}))


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("workbooks", type=int, nargs="?", default=500)
    asked.add_argument("--runs", type=int, default=3)
    asked.add_argument("--orders", type=int, default=0, help="order lines in each workbook")
    asked.add_argument("--only", nargs="*", default=[], help="programs with one of these words in their name")
    main(**vars(asked.parse_args()))
