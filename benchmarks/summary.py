"""What a summary costs: CPU seconds of the figures and of the workbook, its size, its formulas.

    python benchmarks/summary.py [ORDERS[/CUSTOMERS] ...] [--keep FOLDER]

Tables are made in memory, so that only figures and writing are measured; the seconds are this machine's, only the ratios
between lines mean something elsewhere.
"""

import argparse
import re
import sys
import tempfile
import time
import zipfile
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from factory_crm.crm import schema as standard
from factory_crm.crm.metrics.registry import compute
from factory_crm.crm.summary import write_summary
from factory_crm.merge.result import MergeResult
from tests.crm.metrics import drawing

START = date(2022, 7, 1)
DAYS = 730
CASES = ((1_000, 40), (8_000, 4_000), (20_000, 10_000), (100_000, 4_000))
"""Orders and customers; those with many customers show what a figure costs for each of them."""
AS_OF = START + timedelta(days=DAYS)


def case(text: str) -> tuple[int, int]:
    """Read orders and customers; one customer for twenty-five orders where nothing else is said."""
    orders, _, customers = text.partition("/")
    return int(orders), int(customers) if customers else max(int(orders) // 25, 1)


def tables(orders: int, buyers: int) -> MergeResult:
    """So many orders of so many customers, a service each four orders, a feedback each five."""
    chance, customers = Random(11), [f"C{n:05d}" for n in range(buyers)]

    def day(more: int = 0) -> str:
        return (START + timedelta(days=chance.randint(0, DAYS - 40) + more)).isoformat()

    def order(n: int) -> dict[str, object]:
        placed = START + timedelta(days=n * (DAYS - 40) // orders)
        due, done = (placed + timedelta(days=chance.randint(5, 35)) for _ in range(2))
        return {
            "order_id": f"O{n:06d}", "line": 1, "customer_id": chance.choice(customers), "product": f"X{chance.randint(1, 40)}",
            "quantity": 10_000 * chance.randint(1, 500), "amount": chance.randint(10_000, 5_000_000), "ordered_on": placed.isoformat(),
            "due_on": due.isoformat(), "shipped_on": done.isoformat(), "received_on": done.isoformat(), "status": "已完成",
        }  # fmt: skip

    rows = {
        "customers": [{"customer_id": c, "name": f"{c}机械有限公司", "contact": "王五", "phone": "13800000000", "owner": f"业务{n % 9}",
                       "region": chance.choice(("广东", "浙江")), "registered_on": "2022-07-01"} for n, c in enumerate(customers)],
        "orders": [order(n) for n in range(orders)],
        "services": [{"service_id": f"S{n}", "customer_id": chance.choice(customers), "event": chance.choice(("投诉", "咨询", "售后服务")),
                      "description": "问交期", "handler": f"客服{n % 5}", "received_at": f"{day()} 09:00", "closed_at": None} for n in range(orders // 4)],
        "feedbacks": [{"feedback_id": f"F{n}", "customer_id": chance.choice(customers), "given_on": day(), "text": "不错",
                       "score": chance.randint(1, 5)} for n in range(orders // 5)],
    }  # fmt: skip
    lazy = drawing.on("pandas", {table: drawing.framed(table, lines) for table, lines in rows.items()})
    return MergeResult(lazy, (), (), (), (), AS_OF)


def measure(orders: int, buyers: int, folder: Path) -> None:
    """Make, write and tell."""
    merged, path = tables(orders, buyers), folder / f"{orders}.xlsx"
    moments = [time.process_time()]
    results = compute(merged.tables, merged.as_of)
    moments.append(time.process_time())
    write_summary(path, merged, results, standard())
    moments.append(time.process_time())
    with zipfile.ZipFile(path) as package:
        sheets = [package.read(name) for name in package.namelist() if name.startswith("xl/worksheets/sheet")]
    formulas = sum(len(re.findall(rb"<f[ >]", part)) for part in sheets)
    figures, writing = (later - earlier for earlier, later in pairwise(moments))
    size = path.stat().st_size / 1e6
    print(f"| {orders:,} | {buyers:,} | {figures:.2f} s | {writing:.1f} s | {size:.2f} MB | {formulas:,} |", flush=True)


def main() -> None:
    """Read the arguments and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("cases", nargs="*", type=case, default=CASES, help="orders, or orders/customers")
    parser.add_argument("--keep", type=Path, help="where the workbooks stay")
    chosen = parser.parse_args()
    print(
        "| orders | customers | figures, CPU | writing, CPU | size | formulas |\n| --- | --- | --- | --- | --- | --- |"
    )
    with tempfile.TemporaryDirectory() as temporary:
        for orders, buyers in chosen.cases:
            measure(orders, buyers, chosen.keep or Path(temporary))


if __name__ == "__main__":
    main()
