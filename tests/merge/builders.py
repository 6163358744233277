"""Small workbooks for merge tests: one call a workbook, rows as short dicts."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from factory_crm.crm import schema as standard

Rows = Mapping[str, Sequence[Mapping[str, Any]]]


def customer(number: str = "CUS001", name: str = "甲乙机械有限公司", **more: Any) -> dict[str, Any]:
    return {"customer_id": number, "name": name, "contact": "王五", "phone": "13800000000", **more}


def order(number: str = "ORD001", customer_id: str = "CUS001", **more: Any) -> dict[str, Any]:
    return {
        "order_id": number,
        "customer_id": customer_id,
        "product": "X100",
        "quantity": 10,
        "unit_price": 2.5,
        "ordered_on": datetime(2024, 1, 5),
        "due_on": datetime(2024, 2, 5),
        "status": "生产制造",
        **more,
    }


def service(customer_id: str = "CUS001", **more: Any) -> dict[str, Any]:
    return {
        "customer_id": customer_id,
        "event": "咨询",
        "description": "问交期",
        "handler": "赵六",
        "received_at": datetime(2024, 1, 10),
        **more,
    }


def feedback(customer_id: str = "CUS001", **more: Any) -> dict[str, Any]:
    return {"customer_id": customer_id, "given_on": datetime(2024, 1, 20), "text": "不错", "score": 5, **more}


def workbook(
    path: Path, rows: Rows, *, office: str = "", period: str = "", modified: datetime = datetime(2024, 6, 30)
) -> Path:
    """Write a plain workbook with the schema's headers; each row's cells by column name, unknown names as they are."""
    schema, book = standard(), Workbook()
    del book[book.sheetnames[0]]
    if office:
        cover = book.create_sheet(schema.cover.title)
        cover.append(["填报单位", office])
        cover.append(["报送期间", period or None])
    for sheet in schema.sheets:
        page = book.create_sheet(sheet.title)
        headers = sheet.headers()
        known = rows.get(sheet.table, ())
        extra = sorted({name for row in known for name in row} - headers.keys())
        page.append([*headers.values(), *extra])
        for row in known:
            page.append([row.get(name) for name in (*headers, *extra)])
    book.properties.modified = book.properties.created = modified
    path.parent.mkdir(parents=True, exist_ok=True)
    _save(book, path, modified)
    return path


def _save(book: Workbook, path: Path, modified: datetime) -> None:
    """openpyxl stamps the moment of saving; tests say when a workbook was saved."""
    from unittest.mock import patch

    with patch("openpyxl.writer.excel.datetime") as clock:
        clock.datetime.now.return_value = modified
        clock.timezone = __import__("datetime").timezone
        book.save(path)
