"""A folder as it comes in on the last day of the month: good workbooks, broken ones, some sent twice, some at odds."""

import shutil
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from xlsxwriter import Workbook

from factory_crm.crm import schema as standard

from .builders import Rows, customer, feedback, order, service

DAY = datetime(2024, 1, 1)
NAMES = ("苏州东海精密机械有限公司", "东海精密机械", "云山纺织股份有限公司", "云山纺织", "长河电子")


def crowd(place: Path, count: int, seed: int = 1) -> Path:
    """Write so many workbooks: of every ten, one is broken, one was sent twice and one again with more in it."""
    chance = Random(seed)
    place.mkdir(parents=True, exist_ok=True)
    kept: list[tuple[Path, Rows, str]] = []
    for n in range(count):
        path = place / f"{n:03d}.xlsx"
        match n % 10:
            case 3:
                path.write_bytes(chance.choice((b"", b"PK\x03\x04 broken", b"no workbook", chance.randbytes(500))))
            case 5:
                shutil.copy(chance.choice(kept)[0], path)
            case 7:
                _, rows, office = chance.choice(kept)
                write(path, {**rows, "orders": [*rows["orders"], _order(chance, n, 99)]}, office, DAY + timedelta(n))
            case _:
                office = f"第{n}分厂"
                kept.append((path, _rows(chance, n), office))
                write(path, kept[-1][1], office, DAY + timedelta(chance.randint(0, 9)))
    return place


def _rows(chance: Random, n: int) -> Rows:
    own = [f"C{n:03d}-{i}" for i in range(chance.randint(1, 4))]
    customers = [customer(number, f"{number}号机械厂", phone=f"139{n:04d}{i:04d}") for i, number in enumerate(own)]
    shared = customer(f"G{n % 7}", chance.choice(NAMES), phone=f"1380000000{chance.randint(0, 2)}")
    lines = [_order(chance, n, i, chance.choice([*own, f"G{n % 7}", "C404"])) for i in range(chance.randint(2, 9))]
    asked = [
        service(own[0], description=chance.choice("甲乙"), responded_at=DAY + timedelta(9, 3600)) for _ in range(3)
    ]
    return {"customers": [*customers, shared], "orders": lines, "services": asked, "feedbacks": [feedback(own[0])]}


def _order(chance: Random, n: int, i: int, buyer: str = "G1") -> dict[str, Any]:
    number = f"O{n:03d}-{i}" if chance.random() < 0.9 else f"S{i}"
    return order(
        number,
        buyer,
        line=chance.choice([None, 1, 2]),
        quantity=chance.choice([1, 2.5, 100, "坏", 0.0001]),
        unit_price=chance.choice([0.01, 3.333333, 12]),
        due_on=DAY + timedelta(chance.randint(40, 90)),
        渠道=chance.choice([None, "展会", "=网络"]),
    )


def write(path: Path, rows: Rows, office: str, saved: datetime) -> None:
    """Write a workbook as ``builders.workbook`` does, several times faster."""
    schema = standard()
    with Workbook(path, {"default_date_format": "yyyy-mm-dd hh:mm", "strings_to_formulas": False}) as book:
        book.set_properties({"created": saved})
        cover = book.add_worksheet(schema.cover.title)
        cover.write_row(0, 0, ["填报单位", office])
        cover.write_row(1, 0, ["报送期间", "2024-06"])
        for sheet in schema.sheets:
            page, lines = book.add_worksheet(sheet.title), rows.get(sheet.table, ())
            headers = sheet.headers()
            names = [*headers, *sorted({name for line in lines for name in line} - headers.keys())]
            page.write_row(0, 0, [headers.get(name, name) for name in names])
            for at, line in enumerate(lines, 1):
                page.write_row(at, 0, [line.get(name) for name in names])
