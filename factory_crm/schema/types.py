"""The kinds of value a cell may hold. The type says what may stand in a cell; nothing else repeats it."""

import re
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated

from pydantic import Field

from .column_type import ColumnType, Parser
from .parsers import contacts, dates, text

_MONEY_FORMAT, _DAY_FORMAT, _MOMENT_FORMAT = "#,##0.00", "yyyy-mm-dd", "yyyy-mm-dd hh:mm"

BASIC_TYPES: dict[str, ColumnType] = {
    kind.name: kind
    for kind in (
        ColumnType(name="text", base_type="text", expected="文字", parse=text.text, width=16),
        ColumnType(name="prose", base_type="text", expected="文字", parse=text.text, width=32),
        ColumnType(
            name="number",
            base_type="text",
            expected="1–32 位字母、数字或 - _ / .，如 CUS001",
            parse=text.identifier,
            number_format="@",
            align="center",
            width=13,
        ),
        ColumnType(
            name="count",
            base_type="number",
            expected="1–9999 的整数",
            parse=text.integer,
            storage="integer",
            number_format="0",
            align="center",
            width=7,
        ),
        ColumnType(
            name="quantity",
            base_type="number",
            expected="大于 0 的数，最多 4 位小数（退货不写负数，请记在备注）",
            parse=text.quantity,
            storage="integer",
            scale=4,
            align="right",
            width=11,
        ),
        ColumnType(
            name="unit_price",
            base_type="number",
            expected="0 或更大的数，最多 6 位小数，不带单位",
            parse=text.number,
            storage="integer",
            scale=6,
            number_format="#,##0.00####",
            align="right",
            width=12,
        ),
        ColumnType(
            name="money",
            base_type="number",
            expected="金额（元），最多 2 位小数",
            parse=text.number,
            storage="integer",
            scale=2,
            number_format=_MONEY_FORMAT,
            align="right",
            width=15,
        ),
        ColumnType(
            name="day",
            base_type="day",
            expected="日期，如 2023-01-31",
            parse=dates.day,
            storage="day",
            number_format=_DAY_FORMAT,
            align="center",
            width=13,
        ),
        ColumnType(
            name="moment",
            base_type="moment",
            expected="日期，可带时间，如 2023-01-31 或 2023-01-31 09:30",
            parse=dates.moment,
            storage="moment",
            number_format=_MOMENT_FORMAT,
            align="center",
            width=18,
        ),
        ColumnType(
            name="choice",
            base_type="text",
            expected="下拉列表中的一项",
            parse=contacts.choice,
            align="center",
            width=12,
        ),
        ColumnType(
            name="choices",
            base_type="text",
            expected="列表中的一项或几项，用顿号隔开",
            parse=contacts.multiple_choice,
            width=22,
            multiple=True,
        ),
        ColumnType(
            name="phone",
            base_type="text",
            expected="11 位手机号，或带区号的座机，如 0755-12345678",
            parse=contacts.phone,
            number_format="@",
            align="center",
            width=17,
            warn_only=True,
        ),
        ColumnType(
            name="email",
            base_type="text",
            expected="邮箱地址，如 zhangsan@abc.com",
            parse=contacts.email,
            number_format="@",
            width=24,
            warn_only=True,
        ),
        ColumnType(
            name="score",
            base_type="number",
            expected="1–5 的整数，5 为最满意",
            parse=text.score,
            storage="integer",
            number_format="0",
            align="center",
            width=13,
        ),
    )
}

IDENTITY_PATTERNS: dict[Parser, re.Pattern[str]] = {
    text.text: text.PLAIN_TEXT,
    text.identifier: text.PLAIN_NUMBER,
    contacts.phone: contacts.PLAIN_MOBILE,
}
"""By what understands them, the texts that mean just themselves, as nearly all do: they need not be understood first."""

Text = Annotated[str, Field(min_length=1, max_length=100), BASIC_TYPES["text"]]
"""A short text: a name, a model."""
LongText = Annotated[str, Field(min_length=1, max_length=2000), BASIC_TYPES["prose"]]
"""A longer text: an address, a description."""
RecordId = Annotated[str, Field(pattern=r"^[A-Za-z0-9_/.\-]{1,32}$"), BASIC_TYPES["number"]]
"""The number of a record (编号)."""
Count = Annotated[int, Field(ge=1, le=9999), BASIC_TYPES["count"]]
"""A whole number from 1."""
Quantity = Annotated[Decimal, Field(gt=0, le=10**10, decimal_places=4), BASIC_TYPES["quantity"]]
"""An amount of goods, in the product's own unit."""
UnitPrice = Annotated[Decimal, Field(ge=0, le=10**9, decimal_places=6), BASIC_TYPES["unit_price"]]
"""Yuan for one unit."""
Money = Annotated[Decimal, Field(ge=0, le=10**13, decimal_places=2), BASIC_TYPES["money"]]
"""Yuan, exact to the fen."""
Day = Annotated[date, BASIC_TYPES["day"]]
"""A day of the calendar."""
Moment = Annotated[datetime | date, BASIC_TYPES["moment"]]
"""A day, or a day with its time; the two compare by day."""
Choice = Annotated[str, Field(min_length=1, max_length=100), BASIC_TYPES["choice"]]
"""One of a list."""
MultipleChoice = Annotated[tuple[str, ...], Field(min_length=1), BASIC_TYPES["choices"]]
"""Several of a list, in one cell."""
Phone = Annotated[str, Field(max_length=100), BASIC_TYPES["phone"]]
"""A phone number, or several."""
Email = Annotated[str, Field(max_length=254), BASIC_TYPES["email"]]
"""An e-mail address."""
Score = Annotated[int, Field(ge=1, le=5), BASIC_TYPES["score"]]
"""A rating from 1 to 5."""
YesNo = Annotated[str, Field(min_length=1, max_length=1), BASIC_TYPES["choice"]]
"""是 or 否."""
