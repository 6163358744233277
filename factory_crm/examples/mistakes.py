"""A workbook as a hurried clerk fills it in: every mistake is declared here, the rest is right."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from ..crm.lists.order import DONE, STEPS
from ..problems import codes
from .fill import FIRST_ROW
from .goods import PRODUCTS
from .orders import Row


class Mistake(NamedTuple):
    """One cell that is not as it should be, and the code of the problem to be found there."""

    table: str
    row: int
    """Of the worksheet, as Excel counts."""
    column: str
    written: Any
    """What the clerk wrote, ``None`` for nothing."""
    code: str


MISTAKES = (
    Mistake("customers", 6, "name", None, codes.BLANK.name),
    Mistake("customers", 7, "phone", "1380000000123", codes.NOT_A_PHONE.name),
    Mistake("customers", 8, "email", "lianxi＃yugutai-demo.cn", codes.NOT_AN_EMAIL.name),
    Mistake("customers", 9, "registered_on", "2023-02-30", codes.NO_SUCH_DATE.name),
    Mistake("customers", 10, "registered_on", "03/04/2023", codes.AMBIGUOUS_DATE.name),
    Mistake("customers", 11, "phone", None, "R001"),
    Mistake("customers", 12, "size", "超大", codes.NOT_A_CHOICE.name),
    Mistake("customers", 13, "contact", "\u202d杜经理", codes.BAD_CHARACTERS.name),
    Mistake("customers", 13, "phone", "138-0000-0069", codes.FIX_PHONE.name),
    Mistake("customers", 14, "registered_on", "2023.1.5", codes.FIX_DATE.name),
    Mistake("customers", 15, "email", "caigou@GUIHUASUO-demo.CN", codes.FIX_EMAIL.name),
    Mistake("customers", 16, "email", "无", codes.FIX_BLANK.name),
    Mistake("customers", 16, "needs", "重视品质,交期", codes.FIX_SEPARATOR.name),
    Mistake("customers", 17, "region", "湖北省", codes.FIX_CHOICE.name),
    Mistake("customers", 18, "contact", "韦女士　", codes.FIX_SPACES.name),
    Mistake("customers", 19, "customer_id", "SF001", codes.DUPLICATE_KEY.name),
    Mistake("orders", 6, "quantity", "一千", codes.UNPARSABLE.name),
    Mistake("orders", 7, "quantity", -5, codes.OUT_OF_RANGE.name),
    Mistake("orders", 8, "status", "差不多了", codes.NOT_A_CHOICE.name),
    Mistake("orders", 9, "order_id", "SF2405-001", codes.DUPLICATE_LINE.name),
    Mistake("orders", 10, "customer_id", "SF099", codes.UNKNOWN_REFERENCE.name),
    Mistake("orders", 11, "received_on", date(2024, 5, 20), "R101"),
    Mistake("orders", 12, "received_on", None, "R103"),
    Mistake("orders", 13, "amount", 99999, codes.OVERWRITTEN.name),
    Mistake("orders", 14, "shipped_on", None, "R104"),
    Mistake("orders", 15, "unit_price", "￥1,234.50", codes.FIX_UNIT.name),
    Mistake("orders", 16, "quantity", "５００", codes.FIX_WIDTH.name),
    Mistake("orders", 17, "ordered_on", "2024年5月14日", codes.FIX_DATE.name),
    Mistake("orders", 18, "status", "已签收", codes.FIX_CHOICE.name),
    Mistake("orders", 19, "shipped_on", date(2024, 4, 30), "R105"),
    Mistake("orders", 20, "status", "生产制造", "R106"),
    Mistake("orders", 21, "unit_price", 3.14159265, codes.TOO_MANY_DECIMALS.name),
    Mistake("orders", 22, "product", "#REF!", codes.ERROR_VALUE.name),
    Mistake("orders", 24, "ordered_on", date(2024, 5, 21), codes.INCONSISTENT.name),
    Mistake("orders", 25, "order_id", 20240525, codes.FIX_TEXT.name),
    Mistake("orders", 26, "due_on", None, codes.BLANK_RECOMMENDED.name),
    Mistake("orders", 27, "quantity", "1.2万", codes.FIX_UNIT.name),
    Mistake("orders", 28, "order_id", date(2024, 5, 1), codes.TURNED_INTO_DATE.name),
    Mistake("services", 6, "responded_at", datetime(2024, 6, 10, 8, 5), "R201"),
    Mistake("services", 7, "outcome", None, "R203"),
    Mistake("services", 8, "event", "客诉", codes.FIX_CHOICE.name),
    Mistake("services", 9, "handler", None, codes.BLANK.name),
    Mistake("services", 10, "order_id", "SF2405-999", codes.UNKNOWN_REFERENCE.name),
    Mistake("services", 11, "received_at", "2024-06-15 9:30", codes.FIX_DATE.name),
    Mistake("services", 12, "closed_at", date(2024, 6, 1), "R202"),
    Mistake("feedbacks", 6, "score", 6, codes.OUT_OF_RANGE.name),
    Mistake("feedbacks", 7, "given_on", None, codes.BLANK.name),
    Mistake("feedbacks", 8, "score", "5分", codes.FIX_UNIT.name),
    Mistake("feedbacks", 9, "given_on", date(2204, 6, 14), codes.UNUSUAL_DATE.name),
    Mistake("feedbacks", 10, "score", "４", codes.FIX_WIDTH.name),
)
"""Every mistake, by table and row."""

COVER = {"office": "示范分厂", "filled_by": "邓四", "period": "2024-06"}
_TRADES = (
    "石头剪",
    "云梯屋",
    "豆荚船",
    "鱼鼓台",
    "蒲扇塔",
    "竹马街",
    "铃铛坡",
    "花轿桥",
    "木屐洞",
    "桂树梯",
    "龟画所",
    "灯芯渡",
    "泥哨湾",
    "麻绳岛",
    "瓦当船",
)
_SLUGS = (
    "shitoujian",
    "yuntiwu",
    "doujiachuan",
    "yugutai",
    "pushanta",
    "zhumajie",
    "lingdangpo",
    "huajiaoqiao",
    "mujidong",
    "guishuti",
    "guihuasuo",
    "dengxindu",
    "nishaowan",
    "mashengdao",
    "wadangchuan",
)
_SURNAMES = "谢邹喻柏水窦章云苏潘葛奚范韦昌"
_STREET, _QUESTION = "湖北省武汉市样板工业园{}号", "询问{}的详细规格"
_WITHOUT_EMAIL, _COPIED, _SHIPPED, _TWO_LINES = 6, 4, 9, 19
_BUYERS, _ORDERS, _SERVICES, _FEEDBACKS = 14, 24, 10, 10


def rows() -> dict[str, list[Row]]:
    """Return what the clerk wrote, by table: the mistakes and all around them."""
    return {
        table: [_spoilt(table, number, row) for number, row in enumerate(right, FIRST_ROW)]
        for table, right in right_rows().items()
    }


def right_rows() -> dict[str, list[Row]]:
    """Return the same rows as they would be without a mistake, but for what the mistakes need around them."""
    bought = [_order(index) for index in range(_ORDERS)]
    bought[_COPIED] |= {name: bought[0][name] for name in ("customer_id", "ordered_on")}
    bought[_SHIPPED] |= {"received_on": None, "status": STEPS[-1]}
    bought[_TWO_LINES - 1] |= {"line": 1}
    bought[_TWO_LINES] |= {
        **{name: bought[_TWO_LINES - 1][name] for name in ("order_id", "customer_id", "ordered_on")},
        "line": 2,
    }
    return {
        "customers": [_customer(index) for index in range(len(_TRADES))],
        "orders": bought,
        "services": [_service(index, bought) for index in range(_SERVICES)],
        "feedbacks": [_feedback(index, bought) for index in range(_FEEDBACKS)],
    }


def _spoilt(table: str, number: int, row: Mapping[str, Any]) -> Row:
    written = {m.column: m.written for m in MISTAKES if (m.table, m.row) == (table, number)}
    return {name: value for name, value in {**row, **written}.items() if value is not None}


def _customer(index: int) -> Row:
    mailbox = None if index == _WITHOUT_EMAIL else f"lianxi@{_SLUGS[index]}-demo.cn"
    return {
        "customer_id": f"SF{index + 1:03}",
        "name": "武汉" + _TRADES[index] + "机械有限公司",
        "contact": _SURNAMES[index] + ("经理", "女士", "先生")[index % 3],
        "phone": f"138000000{61 + index}",
        "email": mailbox,
        "address": _STREET.format(index + 1),
        "registered_on": date(2023, 2, 1) + timedelta(days=index),
        "customer_type": "企业",
        "industry": "机械设备",
        "size": "中型",
        "region": "湖北",
        "needs": "重视品质、注重交期",
        "owner": "邓四",
    }


def _order(index: int) -> Row:
    product = tuple(PRODUCTS.values())[index % len(PRODUCTS)]
    day = date(2024, 5, 2) + timedelta(days=index)
    return {
        "order_id": f"SF2405-{index + 1:03}",
        "customer_id": f"SF{index % _BUYERS + 1:03}",
        "product": product.model,
        "quantity": 100 * (index % 5 + 1),
        "unit_price": product.price,
        "ordered_on": day,
        "due_on": day + timedelta(days=21),
        "shipped_on": day + timedelta(days=16),
        "received_on": day + timedelta(days=19),
        "status": DONE,
    }


def _service(index: int, bought: list[Row]) -> Row:
    order, day = bought[index % 4], date(2024, 6, 9) + timedelta(days=index)
    return {
        "service_id": f"SF-S{index + 1:03}",
        "customer_id": order["customer_id"],
        "order_id": order["order_id"],
        "event": "咨询",
        "description": _QUESTION.format(order["product"]),
        "issue": "其他",
        "product": order["product"],
        "received_at": datetime.combine(day, time(9, 30)),
        "responded_at": datetime.combine(day, time(10, 15)),
        "handler": "邓四",
        "outcome": "已答复",
        "closed_at": datetime.combine(day, time(11, 0)),
        "first_contact": "是",
    }


def _feedback(index: int, bought: list[Row]) -> Row:
    order = bought[index % 4]
    return {
        "feedback_id": f"SF-F{index + 1:03}",
        "customer_id": order["customer_id"],
        "order_id": order["order_id"],
        "given_on": date(2024, 6, 10) + timedelta(days=index),
        "text": "质量稳定，会继续合作",
        "issue": "产品质量",
        "outcome": "已致谢",
        "score": 5 - index % 2,
    }
