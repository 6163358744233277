"""The dirty cells, as data: one cell of a workbook that is otherwise right, and what has to come of it."""

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any, NamedTuple

from factory_crm.crm import schema as standard
from factory_crm.schema.column import Column

ROW = 2
"""Of the records, counted from 0: the one that is spoilt; no other row refers to it."""
Row = dict[str, Any]
RIGHT: dict[str, list[Row]] = {
    "customers": [
        {
            "customer_id": f"CUS00{n}",
            "name": name,
            "contact": "张三",
            "phone": f"1380000000{n}",
            "email": f"zhangsan{n}@abc.com",
            "address": "北京市朝阳区建国路1号",
            "registered_on": date(2023, 1, 5),
            "customer_type": "企业",
            "industry": "电子制造",
            "size": "中型",
            "region": "广东",
            "needs": ("重视品质", "注重交期"),
            "owner": "李四",
            "note": "老客户",
        }
        for n, name in ((1, "ABC有限公司"), (2, "甲乙机械厂"), (3, "丙丁电子"))
    ],
    "orders": [
        {
            "order_id": f"ORD00{n}",
            "customer_id": "CUS001",
            "product": "X100",
            "quantity": 1000,
            "unit_price": 50,
            "ordered_on": date(2023, 1, 6),
            "due_on": date(2023, 2, 12),
            "shipped_on": date(2023, 2, 1),
            "received_on": date(2023, 2, 3),
            "status": "已完成",
            "note": "加急",
        }
        for n in (1, 2, 3)
    ],
    "services": [
        {
            "service_id": f"SRV00{n}",
            "customer_id": "CUS002",
            "order_id": "ORD001",
            "event": "咨询",
            "description": "询问产品规格",
            "issue": "产品质量",
            "product": "X100",
            "received_at": datetime(2023, 3, 1, 9, 0),
            "responded_at": datetime(2023, 3, 1, 10, 30),
            "handler": "李四",
            "outcome": "已答复",
            "closed_at": datetime(2023, 3, 2, 15, 0),
            "first_contact": "是",
        }
        for n in (1, 2, 3)
    ],
    "feedbacks": [
        {
            "feedback_id": f"FB00{n}",
            "customer_id": "CUS001",
            "order_id": "ORD002",
            "given_on": date(2023, 4, 1),
            "text": "产品交期较慢",
            "issue": "交期",
            "outcome": "正在改进",
            "score": 4,
        }
        for n in (1, 2, 3)
    ],
}


class Case(NamedTuple):
    """What is written into one cell; ``codes`` are all problems there; ``value``: what it has to mean, where it is harmless."""

    table: str
    column: str
    written: Any
    codes: str = ""
    value: Any = None
    at: str = ""
    """Another column that shows the problem."""

    @property
    def harmless(self) -> bool:
        return self.value is not None


class Formula(NamedTuple):
    """A formula with its kept result, ``None`` for one never calculated."""

    text: str
    result: Any = None


class ErrorValue(str):
    """An error value such as #REF!."""

    __slots__ = ()


def day_spellings(day: date) -> Iterator[tuple[Any, str]]:
    y, m, d = day.year, day.month, day.day
    for text in (
        f"{y}年{m}月{d}日",
        f"{y}年{m:02}月{d:02}日",
        f"{y}.{m}.{d}",
        f"{y}/{m}/{d}",
        f"{y}-{m}-{d}",
        f"{y}{m:02}{d:02}",
        f"{y}-{m:02}-{d:02}",
        f" {y}/{m:02}/{d:02} ",
        f"{y}．{m}．{d}",
        f"{y} 年 {m} 月 {d} 号",
        f"{y}-{m:02}-{d:02} 00:00:00",
        f"{y}、{m}、{d}",
    ):
        yield text, "C304"
    yield float(f"{y}{m:02}{d:02}"), "C304"
    yield (day - date(1899, 12, 30)).days, "C205"
    yield datetime(y, m, d, 9, 30), "C312"


def moment_spellings(at: datetime) -> Iterator[tuple[Any, str]]:
    for text in (
        f"{at:%Y-%m-%d %H:%M}",
        f"{at:%Y/%m/%d %H:%M:%S}",
        f"{at:%Y年%m月%d日 %H时%M分}",
        f"{at:%Y.%m.%d} {at:%H}：{at:%M}",
    ):
        yield text, "C304"
    since = at - datetime(1899, 12, 30)
    yield since.days + since.seconds / 86400, "C205"


def text_spellings(text: str) -> Iterator[tuple[Any, str]]:
    for written in (f" {text}", f"{text}\u3000", f"\ufeff{text}", f"{text}\xa0", f"{text}\u200b", f"\n{text}\n"):
        yield written, "C301"


def number_spellings(text: str) -> Iterator[tuple[Any, str]]:
    wide = text.translate({code: code + 0xFEE0 for code in range(0x21, 0x7F)})
    yield from ((wide, "C302"), (f" {text} ", "C301"), (f"{text[:3]} {text[3:]}", "C301"), (f"{text}\u200b", "C301"))


def phone_spellings(text: str) -> Iterator[tuple[Any, str]]:
    a, b, c = text[:3], text[3:7], text[7:]
    yield float(text), "C307"
    for written in (
        f"{a}-{b}-{c}",
        f"{a} {b} {c}",
        f"+86{text}",
        f"+86 {a}-{b}-{c}",
        f"0086{text}",
        f"(+86){text}",
        f"86-{text}",
        f" {text}",
        f"电话:{text}",
        f"手机：{text}",
        f"\u202d{text}\u202c",
        text.translate({code: code + 0xFEE0 for code in range(0x30, 0x3A)}),
    ):
        yield written, "C305"


def email_spellings(text: str) -> Iterator[tuple[Any, str]]:
    name, domain = text.split("@")
    for written in (
        f" {text}",
        f"{name}＠{domain}",
        f"{name}@{domain.upper()}",
        f"mailto:{text}",
        f"{text};",
        f"{name}@ {domain}",
        f"{name}@{domain.replace('.', '。')}",
    ):
        yield written, "C309"


def amount_spellings(number: float, sign: str) -> Iterator[tuple[Any, str]]:
    wide = str(number).translate({code: code + 0xFEE0 for code in range(0x30, 0x3A)})
    yield from (
        (str(number), "C303"),
        (f" {number} ", "C303"),
        (wide, "C302"),
        (f"{number}.0", "C303"),
        (f"{number:,}.00", "C310" if number > 999 else "C303"),
    )
    yield f"{number / 10000:g}万", "C310"
    yield Formula(f"{number}+0", number), "C202"
    if sign:
        yield from (
            (f"{sign}{number}", "C310"),
            (f"{number}元", "C310"),
            (f"￥{number}.00", "C310"),
            (f"RMB {number}", "C310"),
        )


def score_spellings(number: int) -> Iterator[tuple[Any, str]]:
    yield from ((str(number), "C303"), (f"{number}分", "C310"), (f"{number} 分", "C310"), ("４", "C302"))


ALIASES = {
    "企业": ("公司", "单位", "企 业"),
    "电子制造": ("电子 制造",),
    "中型": ("中型企业", "中 型"),
    "广东": ("广东省", " 广东 "),
    "已完成": ("已签收", "已交货", "完成", "已收货"),
    "咨询": ("询问", "咨询 "),
    "产品质量": ("品质", "质量"),
    "交期": ("交货期",),
    "是": ("对", "√", "Y", "yes", "✔"),
}
SEVERAL = {
    "重视品质,注重交期": "C308",
    "重视品质，注重交期": "C308",
    "重视品质；注重交期": "C308",
    "重视品质/注重交期": "C308",
    "重视品质 注重交期": "C308",
    "重视品质\n注重交期": "C308",
    "品质、交期": "C306",
    "重视品质、注重交期、重视品质": "C306",
    "Quality-focused, Delivery-focused": "",
    "Quality-focused、Delivery-focused": "",
}


def spellings(column: Column, right: Any) -> Iterator[tuple[Any, str]]:
    """Yield what people write for the same thing, and the code that has to propose the better spelling."""
    match column.column_type.name:
        case "day":
            yield from day_spellings(right)
        case "moment":
            yield from moment_spellings(right)
        case "text" | "prose":
            yield from text_spellings(right)
        case "number":
            yield from number_spellings(right)
        case "phone":
            yield from phone_spellings(right)
        case "email":
            yield from email_spellings(right)
        case "quantity":
            yield from amount_spellings(right, "")
        case "unit_price":
            yield from amount_spellings(right, "¥")
        case "score":
            yield from score_spellings(right)
        case "choices":
            yield from SEVERAL.items()


BAD_DAYS = (
    ("2023-02-30", "C111"), ("2023年13月1日", "C111"), ("03/04/2023", "C110"), ("1.5", "C110"), ("昨天", "C102"), ("23年春", "C102"), ("1899-12-31", "C103"),
    (5, "C102"), (-1, "C102"), (True, "C102"), (ErrorValue("#N/A"), "C114"), (Formula("TODAY()"), "C115"),
)  # fmt: skip
MISTAKES: dict[str, tuple[tuple[Any, str], ...]] = {
    "day": BAD_DAYS,
    "moment": (*BAD_DAYS, ("2023-03-01 25:00", "C102"), (time(9, 0), "C102")),
    "text": (("字" * 101, "C105"), ("甲\u202e乙", "C117"), (ErrorValue("#REF!"), "C114"), (Formula("A1"), "C115"), ("甲\x07乙", "C117")),
    "prose": (("字" * 2001, "C105"), ("甲\u2066乙", "C117"), (ErrorValue("#VALUE!"), "C114")),
    "number": (
        ("CUS#001", "C107"), ("客户三", "C107"), ("C" * 33, "C107"), (True, "C107"), (date(2023, 3, 1), "C113"), (1234567890123456, "C112"),
        (ErrorValue("#NAME?"), "C114"), ("CUS\u202e003", "C117"),
    ),
    "count": (("第一行", "C102"), (0, "C103"), (10000, "C103"), (1.5, "C103"), (ErrorValue("#N/A"), "C114")),
    "quantity": (
        ("1000件", "C102"), ("一千", "C102"), ("1,23", "C102"), ("1.38E+10", "C102"), ("5千", "C102"), ("1000元", "C102"), ("约1000", "C102"), (-5, "C103"),
        (0, "C103"), (1e16, "C103"), (1.00001, "C104"), (True, "C102"), (date(2023, 1, 5), "C102"), (ErrorValue("#DIV/0!"), "C114"), (Formula("1+1"), "C115"), (None, "C101"),
        ("/", "C101"), ("无", "C101"), ("  ", "C101"),
    ),
    "unit_price": (("$50", "C102"), ("50/件", "C102"), ("面议", "C102"), (-0.01, "C103"), (0.1234567, "C104"), ("5 0", "C102"), (None, "C101"), (ErrorValue("#VALUE!"), "C114")),
    "phone": (("1380000000", "C108"), ("123", "C108"), ("见名片", "C108"), (1380000000000, "C108"), (True, "C108"), (ErrorValue("#N/A"), "C114"), ("12800000000", "C108"), (None, "C201")),
    "email": (("zhangsan#abc.com", "C109"), ("zhangsan", "C109"), ("a@b", "C109"), ("张三@", "C109"), (12345, "C109"), ("zs@example.com", "C204"), ("a b@c@d.com", "C109")),
    "score": ((6, "C103"), (0, "C103"), (4.5, "C103"), ("五星", "C102"), ("很好", "C102"), (None, "C201"), (True, "C102")),
    "choice": (("差不多了", "C106"), (ErrorValue("#N/A"), "C114"), (12, "C106")),
    "choices": (("重视品质、便宜", "C106"), ("别的", "C106"), (7, "C106")),
}  # fmt: skip
SPECIAL = (
    Case("customers", "registered_on", date(2204, 1, 5), "C203"),
    Case("orders", "due_on", date(1985, 1, 5), "C203"),
    Case("feedbacks", "given_on", date(2204, 1, 5), "C203"),
    Case("customers", "phone", "0755-12345678", value="0755-12345678"),
    Case("customers", "phone", "0755 1234 5678", "C305", "0755-12345678"),
    Case("customers", "phone", 75512345678, "C307", "0755-12345678"),
    Case("customers", "phone", "（0755）12345678转801", "C305", "0755-12345678-801"),
    Case("customers", "phone", "400-800-1234", value="400-800-1234"),
    Case("customers", "phone", "13800000003/13900000000", "C305", "13800000003、13900000000"),
    Case("customers", "phone", "+1 650-253-0000", value="+1 650-253-0000"),
    Case("customers", "email", None, ""),
    Case("customers", "email", "无", "C311"),
    Case("customers", "address", "/", value="/"),
    Case("customers", "industry", "航空航天", value="航空航天"),
    Case("customers", "customer_type", "Company", value="企业"),
    Case("customers", "name", None, "C101"),
    Case("customers", "contact", "  ", "C101"),
    Case("customers", "registered_on", None, "C201"),
    Case("customers", "customer_id", "CUS001", "K101"),
    Case("customers", "customer_id", "cus001", "K101"),
    Case("customers", "customer_id", None, "C101"),
    Case("customers", "name", 20230105, value="20230105"),
    Case("customers", "customer_id", 20230105, "C307", "20230105"),
    Case("orders", "order_id", "ORD001", "K104"),
    Case("orders", "order_id", None, "C101"),
    Case("orders", "line", 2, value=2),
    Case("orders", "line", "2", "C303", 2),
    Case("orders", "line", "２", "C302", 2),
    Case("orders", "customer_id", "CUS009", "K103"),
    Case("orders", "customer_id", "CUSO01", "K103"),
    Case("orders", "customer_id", "cus001", value="cus001"),
    Case("orders", "customer_name", "ABC有限公司", value=""),
    Case("orders", "customer_name", "别的公司", "C118"),
    Case("orders", "amount", 50000, value=50000),
    Case("orders", "amount", "50000", value=50000),
    Case("orders", "amount", 49999, "C118"),
    Case("orders", "amount", "很多", "C118"),
    Case("orders", "amount", ErrorValue("#VALUE!"), "C118"),
    Case("orders", "product", None, "C101"),
    Case("orders", "due_on", None, "C201"),
    Case("orders", "status", None, "C201"),
    Case("orders", "ordered_on", None, "C201"),
    Case("orders", "ordered_on", date(2023, 2, 2), "R105", at="shipped_on"),
    Case("orders", "received_on", None, "R103"),
    Case("orders", "received_on", date(2023, 1, 31), "R101"),
    Case("orders", "shipped_on", date(2023, 2, 4), "R101", at="received_on"),
    Case("orders", "shipped_on", None, ""),
    Case("orders", "status", "生产制造", "R106"),
    Case("services", "customer_id", "CUS099", "K103"),
    Case("services", "order_id", "ORD999", "K103"),
    Case("services", "order_id", "/", "C311"),
    Case("services", "service_id", "SRV001", "K101"),
    Case("services", "event", None, "C101"),
    Case("services", "description", None, "C101"),
    Case("services", "handler", None, "C101"),
    Case("services", "received_at", None, "C201"),
    Case("services", "responded_at", datetime(2023, 3, 1, 8, 59), "R201"),
    Case("services", "responded_at", date(2023, 3, 1), value=date(2023, 3, 1)),
    Case("services", "closed_at", date(2023, 2, 28), "R202"),
    Case("services", "closed_at", date(2023, 3, 2), value=date(2023, 3, 2)),
    Case("services", "outcome", None, "R203"),
    Case("services", "outcome", "转交工程部", value="转交工程部"),
    Case("feedbacks", "customer_id", None, "C101"),
    Case("feedbacks", "feedback_id", "FB001", "K101"),
    Case("feedbacks", "given_on", None, "C101"),
    Case("feedbacks", "text", None, "C101"),
    Case("feedbacks", "order_id", "ORD00l", "K103"),
    Case("feedbacks", "score", 5, value=5),
)


def cases() -> Iterator[Case]:
    """Yield every case: each kind of value in each of its columns, and what is special to one."""
    for sheet in standard().sheets:
        for column in sheet.columns:
            right = RIGHT[sheet.table][ROW].get(column.name)
            if column.automatic:
                continue
            if right is not None:
                for written, code in spellings(column, right):
                    yield Case(sheet.table, column.name, written, code, right)
                for written in ALIASES.get(right, ()) if column.column_type.name == "choice" else ():
                    yield Case(sheet.table, column.name, written, "C306", right)
            for written, code in MISTAKES.get(column.column_type.name, ()):
                if not (standard().choices_of(column).open_list and code == "C106"):
                    yield Case(sheet.table, column.name, written, code)
    yield from SPECIAL
