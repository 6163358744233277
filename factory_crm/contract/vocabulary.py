"""The kinds of value a cell may hold. The type says what may stand in a cell; nothing else repeats it."""

import re
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated

from pydantic import Field

from . import contacts, days, spellings
from .kinds import Kind, Understand

_MONEY_FORMAT, _DAY_FORMAT, _MOMENT_FORMAT = "#,##0.00", "yyyy-mm-dd", "yyyy-mm-dd hh:mm"

KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind(name="text", basis="text", expected="文字", understand=spellings.text, width=16),
        Kind(name="prose", basis="text", expected="文字", understand=spellings.text, width=32),
        Kind(
            name="number",
            basis="text",
            expected="1–32 位字母、数字或 - _ / .，如 CUS001",
            understand=spellings.identifier,
            number_format="@",
            align="center",
            width=13,
        ),
        Kind(
            name="count",
            basis="number",
            expected="1–9999 的整数",
            understand=spellings.whole,
            frame="integer",
            number_format="0",
            align="center",
            width=7,
        ),
        Kind(
            name="quantity",
            basis="number",
            expected="大于 0 的数，最多 4 位小数（退货不写负数，请记在备注）",
            understand=spellings.quantity,
            frame="integer",
            places=4,
            align="right",
            width=11,
        ),
        Kind(
            name="unit_price",
            basis="number",
            expected="0 或更大的数，最多 6 位小数，不带单位",
            understand=spellings.number,
            frame="integer",
            places=6,
            number_format="#,##0.00####",
            align="right",
            width=12,
        ),
        Kind(
            name="money",
            basis="number",
            expected="金额（元），最多 2 位小数",
            understand=spellings.number,
            frame="integer",
            places=2,
            number_format=_MONEY_FORMAT,
            align="right",
            width=15,
        ),
        Kind(
            name="day",
            basis="day",
            expected="日期，如 2023-01-31",
            understand=days.day,
            frame="day",
            number_format=_DAY_FORMAT,
            align="center",
            width=13,
        ),
        Kind(
            name="moment",
            basis="moment",
            expected="日期，可带时间，如 2023-01-31 或 2023-01-31 09:30",
            understand=days.moment,
            frame="moment",
            number_format=_MOMENT_FORMAT,
            align="center",
            width=18,
        ),
        Kind(
            name="choice",
            basis="text",
            expected="下拉列表中的一项",
            understand=contacts.choice,
            align="center",
            width=12,
        ),
        Kind(
            name="choices",
            basis="text",
            expected="列表中的一项或几项，用顿号隔开",
            understand=contacts.several,
            width=22,
            several=True,
        ),
        Kind(
            name="phone",
            basis="text",
            expected="11 位手机号，或带区号的座机，如 0755-12345678",
            understand=contacts.phone,
            number_format="@",
            align="center",
            width=17,
            lenient=True,
        ),
        Kind(
            name="email",
            basis="text",
            expected="邮箱地址，如 zhangsan@abc.com",
            understand=contacts.email,
            number_format="@",
            width=24,
            lenient=True,
        ),
        Kind(
            name="score",
            basis="number",
            expected="1–5 的整数，5 为最满意",
            understand=spellings.score,
            frame="integer",
            number_format="0",
            align="center",
            width=13,
        ),
    )
}

ITSELF: dict[Understand, re.Pattern[str]] = {
    spellings.text: spellings.PLAIN_TEXT,
    spellings.identifier: spellings.PLAIN_NUMBER,
    contacts.phone: contacts.PLAIN_MOBILE,
}
"""By what understands them, the texts that mean just themselves, as nearly all do: they need not be understood first."""

Text = Annotated[str, Field(min_length=1, max_length=100), KINDS["text"]]
"""A short text: a name, a model."""
Prose = Annotated[str, Field(min_length=1, max_length=2000), KINDS["prose"]]
"""A longer text: an address, a description."""
Number = Annotated[str, Field(pattern=r"^[A-Za-z0-9_/.\-]{1,32}$"), KINDS["number"]]
"""The number of a record (编号)."""
Count = Annotated[int, Field(ge=1, le=9999), KINDS["count"]]
"""A whole number from 1."""
Quantity = Annotated[Decimal, Field(gt=0, le=10**10, decimal_places=4), KINDS["quantity"]]
"""An amount of goods, in the product's own unit."""
UnitPrice = Annotated[Decimal, Field(ge=0, le=10**9, decimal_places=6), KINDS["unit_price"]]
"""Yuan for one unit."""
Money = Annotated[Decimal, Field(ge=0, le=10**13, decimal_places=2), KINDS["money"]]
"""Yuan, exact to the fen."""
Day = Annotated[date, KINDS["day"]]
"""A day of the calendar."""
Moment = Annotated[datetime | date, KINDS["moment"]]
"""A day, or a day with its time; the two compare by day."""
Choice = Annotated[str, Field(min_length=1, max_length=100), KINDS["choice"]]
"""One of a list."""
SeveralChoices = Annotated[tuple[str, ...], Field(min_length=1), KINDS["choices"]]
"""Several of a list, in one cell."""
Phone = Annotated[str, Field(max_length=100), KINDS["phone"]]
"""A phone number, or several."""
Email = Annotated[str, Field(max_length=254), KINDS["email"]]
"""An e-mail address."""
Score = Annotated[int, Field(ge=1, le=5), KINDS["score"]]
"""A rating from 1 to 5."""
YesNo = Annotated[str, Field(min_length=1, max_length=1), KINDS["choice"]]
"""是 or 否."""
