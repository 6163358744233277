"""Rows as people fill them in: mostly right, about one cell in eight as wrong as it gets."""

import random
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from factory_crm.i18n.translate import LANGUAGES, translate
from factory_crm.schema.column import Column
from factory_crm.schema.model import Sheet
from factory_crm.schema.parsers.choice import joined
from factory_crm.schema.workbook import WorkbookSchema
from factory_crm.template.records import ErrorValue, Serial

TEXTS = [
    " ", "  ", "\u3000", "\xa0", " x", "x ", "张三\u3000", "\xa0张三", "张\u200b三", "a\tb", "x\n", "两\n行", "*", "?", "~", "C?S001", "CUS*", "~~",
    "<5", ">1", "=1+1", "-1", "+1", "@x", "'", '引"号', "a&b<c>", "1", "12", "１２", "007", "1.5", "1,234.5", "￥12", "1.2万", "5%", "1e10", "5分",
    "ＣＵＳ００１", "cus001", "CUS 001", "客户1", "C" * 33, "A" * 101, "正" * 100, "😀" * 3, "\ufeffx", "2023.1.5", "2023年1月5日", "20230105",
    "2023-01-05", "03/04/2023", "2023-02-30", "1:30", "13800000000", "138-0000-0000", "+8613800000000", "0755-12345678", "075512345678",
    "010-12345678-801", "0755-12345678-", "0755-02345678", "400-123-4567", "400-1234-567", "12345", "23800000000", "13800000000-12", "电话13800000000",
    "a@b.com", "A@B.com", "a@b", "a@@b.c", "a b@c.cn", "a@b.com.", ".a@b.cn", "a..b@c.cn", "a@-b.cn", "mailto:a@b.cn", "a_b+c@d-e.com.cn", "a＠b.cn",
    "TRUE", "无", "-", "/", "n/a", "None", "暂无", "已完成", "完成", "Completed", "completed", "企业", "企 业", "公司", "是", "y", "√", "重视品质",
    "重视品质、价格敏感", "重视品质、Price-sensitive", "Quality-focused, Price-sensitive", "Quality-focused、Price-sensitive", "重视品质, 价格敏感",
    "重视品质，价格敏感", "重视品质、重视品质", "价格敏感 ", "Quality", "质量", "已解决", "已 解决", "Resolved", "resolved", "随便", "合 计",
    "91350100M000100Y44", "91350100m000100y43", "91350100M000100Y4", "A1350100M000100Y43", "+1 650-253-0000", "13800000000、0755-12345678", "张三@例子.公司", "Ｘ１００", "B0001", "b0001", "B00011", "13%", "2023-04", "2023年4月", "01234567", "123456789012",
]  # fmt: skip
NUMBERS = [
    0, 1, -1, 2, 5, 6, 9999, 10000, 1.5, 0.1, 0.30000000000000004, 0.00001, 0.0001, 1e10, 1e10 + 1, 1e15, 12345678901, 13800000000, 75512345678,
    1e-7, 1e20, 45000, 45000.5, 44927, 20230105, 60, 61, 32873, 32874, 73415, 73416, 2958465, 2958466, -45000, 3.14159265,
]  # fmt: skip


Rows = dict[str, list[dict[str, Any]]]


def rows(schema: WorkbookSchema, chance: random.Random, count: int, rate: float = 0.125) -> Rows:
    """Return that many rows for every sheet, by table and column name."""
    return {
        sheet.table: [dict(_row(schema, sheet, chance, number, count, rate)) for number in range(count)]
        for sheet in schema.sheets
    }


def with_one_oddity(schema: WorkbookSchema, chance: random.Random, count: int, *, truths: bool = False) -> Rows:
    """Return right rows with one hostile cell each: nothing else hides what becomes of it.

    ``truths``: TRUE and FALSE in any column; LibreOffice takes them for numbers, other than Excel.
    """
    found = rows(schema, chance, count, 0)
    for sheet in schema.sheets:
        for row in found[sheet.table]:
            if row:
                column = chance.choice(sheet.columns)
                row[column.name] = _hostile(chance, column, truths=truths)
    return found


def _row(
    schema: WorkbookSchema, sheet: type[Sheet], chance: random.Random, number: int, count: int, rate: float
) -> Iterator[tuple[str, Any]]:
    if chance.random() < 0.03:  # a row left out
        return
    clean = chance.random() < 0.35  # else hardly any row would be right
    for column in sheet.columns:
        if not clean and chance.random() < rate * (0.1 if column.automatic else 1):
            yield column.name, _hostile(chance, column)
        elif not column.automatic and (column.required or chance.random() < 0.6):
            yield column.name, _good(schema, column, chance, number, count)


def _hostile(chance: random.Random, column: Column, *, truths: bool = False) -> Any:
    dice = chance.random()
    if dice < 0.55:
        return chance.choice(TEXTS)
    if dice < 0.85:
        number = float(chance.choice(NUMBERS))
        return (
            Serial(number) if column.column_type.base_type in ("day", "moment") else number
        )  # typed into a cell that shows days
    if column.lookup:  # LibreOffice saves a truth value as a formula, and a name that is a formula is not judged
        return None
    return chance.choice(
        [None, None, ErrorValue("#N/A"), *([True, False] if truths or (_is_text(column) and not column.key) else [])]
    )


def _is_text(column: Column) -> bool:
    return column.column_type.name in ("text", "prose", "choice", "phone", "email")


def _good(schema: WorkbookSchema, column: Column, chance: random.Random, number: int, count: int) -> Any:
    kind = column.column_type.name
    if column.choices:
        values = schema.choices_of(column).values
        if column.column_type.multiple:
            language, joint = chance.choice(joined())
            return joint.join(translate(value, language) for value in chance.sample(values, chance.randint(1, 3)))
        return translate(chance.choice(values), "zh" if chance.random() < 0.9 else chance.choice(LANGUAGES))
    if column.references:
        return f"{column.references[:3].upper()}{chance.randint(1, count):04d}"
    made = {
        "number": lambda: f"{column.name[:3].upper()}{max(1, number - (chance.random() < 0.05)):04d}",
        "count": lambda: chance.randint(1, 3),
        "score": lambda: chance.randint(1, 5),
        "quantity": lambda: chance.choice([1, 1000, 0.25, 37.5]),
        "unit_price": lambda: round(chance.uniform(0, 900), chance.choice([0, 2, 6])),
        "day": lambda: date(2023, 1, 1) + timedelta(chance.randint(0, 40)),
        "moment": lambda: datetime(2023, 1, 1) + timedelta(hours=chance.randint(0, 900)),
        "phone": lambda: f"13{chance.randint(10**8, 10**9 - 1)}",
        "email": lambda: f"u{number}@ex.com.cn",
        "percent": lambda: chance.choice([0, 0.13, 0.065, 1]),
        "rate": lambda: 7.1234,
        "yuan": lambda: round(chance.uniform(0, 9000), 2),
        "measure": lambda: chance.choice([0, 3, 2.5]),
        "whole": lambda: chance.randint(-500, 500),
        "grade": lambda: chance.choice([0, 88.5, 100]),
        "recommendation": lambda: chance.randint(0, 10),
        "month": lambda: date(2023, chance.randint(1, 12), 1),
        "birthday": lambda: date(1950 + chance.randint(0, 50), 6, 1),
        "credit_code": lambda: chance.choice(["91350100M000100Y43", "91110000600037341L"]),
        "account": lambda: str(chance.randint(10_000, 999_999_999)),
    }.get(kind)
    return made() if made else chance.choice(["文字", "X100", "some text", "第" + str(number)])
