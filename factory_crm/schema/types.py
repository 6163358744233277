"""The column types: what a cell may hold, one row a type.

Each type is an annotation for the fields of a ``Sheet``: the Python type of its values, their limits, and a
``ColumnType`` with all else that the toolkit asks of it: parser, checks, storage, format, its name in ``factory.toml``.
Whatever lists types elsewhere is derived from these rows.
"""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, get_origin

from pydantic import Field

from .column_type import ColumnType, LiveCheck, column_type_of
from .parsers import choice, credit_code, dates, email, numbers, phone, text

Text = Annotated[
    str,
    Field(min_length=1, max_length=100),
    ColumnType(
        name="text",
        base_type="text",
        expected="文字",
        parse=text.text,
        identity=text.PLAIN_TEXT,
        live=LiveCheck.TEXT,
        width=16,
    ),
]
"""A short text: a name, a model."""

LongText = Annotated[
    str,
    Field(min_length=1, max_length=2000),
    ColumnType(
        name="prose",
        base_type="text",
        expected="文字",
        parse=text.text,
        identity=text.PLAIN_TEXT,
        live=LiveCheck.TEXT,
        width=32,
    ),
]
"""A longer text: an address, a description."""

RecordId = Annotated[
    str,
    Field(pattern=r"^[A-Za-z0-9_/.\-]{1,32}$"),
    ColumnType(
        name="number",
        base_type="text",
        expected="1–32 位字母、数字或 - _ / .，如 CUS001",
        parse=text.identifier,
        identity=text.PLAIN_NUMBER,
        live=LiveCheck.IDENTIFIER,
        number_format="@",
        align="center",
        width=13,
        report="number",
    ),
]
"""The number of a record (编号)."""

Count = Annotated[
    int,
    Field(ge=1, le=9999),
    ColumnType(
        name="count",
        base_type="number",
        expected="1–9999 的整数",
        parse=numbers.integer,
        live=LiveCheck.NUMBER,
        storage="integer",
        number_format="0",
        align="center",
        width=7,
        report="count",
    ),
]
"""A whole number from 1."""

Quantity = Annotated[
    Decimal,
    Field(gt=0, le=10**10, decimal_places=4),
    ColumnType(
        name="quantity",
        base_type="number",
        expected="大于 0 的数，最多 4 位小数（退货不写负数，请记在备注）",
        parse=numbers.quantity,
        live=LiveCheck.NUMBER,
        storage="integer",
        scale=4,
        align="right",
        width=11,
        report="quantity",
    ),
]
"""An amount of goods, in the product's own unit."""

UnitPrice = Annotated[
    Decimal,
    Field(ge=0, le=10**9, decimal_places=6),
    ColumnType(
        name="unit_price",
        base_type="number",
        expected="0 或更大的数，最多 6 位小数，不带单位",
        parse=numbers.number,
        live=LiveCheck.NUMBER,
        storage="integer",
        scale=6,
        number_format="#,##0.00####",
        align="right",
        width=12,
        report="price",
    ),
]
"""Yuan for one unit."""

Money = Annotated[
    Decimal,
    Field(ge=0, le=10**13, decimal_places=2),
    ColumnType(
        name="money",
        base_type="number",
        expected="金额（元），最多 2 位小数",
        parse=numbers.number,
        live=LiveCheck.NUMBER,
        storage="integer",
        scale=2,
        number_format="#,##0.00",
        align="right",
        width=15,
        report="money",
        in_config=False,
    ),
]
"""Yuan, exact to the fen."""

Day = Annotated[
    date,
    ColumnType(
        name="day",
        base_type="day",
        expected="日期，如 2023-01-31",
        parse=dates.day,
        live=LiveCheck.DAY,
        storage="day",
        number_format="yyyy-mm-dd",
        align="center",
        width=13,
        report="day",
    ),
]
"""A day of the calendar."""

Moment = Annotated[
    datetime | date,
    ColumnType(
        name="moment",
        base_type="moment",
        expected="日期，可带时间，如 2023-01-31 或 2023-01-31 09:30",
        parse=dates.moment,
        live=LiveCheck.MOMENT,
        storage="moment",
        number_format="yyyy-mm-dd hh:mm",
        align="center",
        width=18,
        report="moment",
    ),
]
"""A day, or a day with its time; the two compare by day."""

Choice = Annotated[
    str,
    Field(min_length=1, max_length=100),
    ColumnType(
        name="choice",
        base_type="text",
        expected="下拉列表中的一项",
        parse=choice.choice,
        live=LiveCheck.CHOICE,
        align="center",
        width=12,
        report="centre",
    ),
]
"""One of a list."""

MultipleChoice = Annotated[
    tuple[str, ...],
    Field(min_length=1),
    ColumnType(
        name="choices",
        base_type="text",
        expected="列表中的一项或几项，用顿号隔开",
        parse=choice.multiple_choice,
        live=LiveCheck.MULTIPLE_CHOICE,
        width=22,
        multiple=True,
    ),
]
"""Several of a list, in one cell."""

Phone = Annotated[
    str,
    Field(max_length=100),
    ColumnType(
        name="phone",
        base_type="text",
        expected="11 位手机号，或带区号的座机，如 0755-12345678",
        parse=phone.phone,
        identity=phone.PLAIN_MOBILE,
        live=LiveCheck.PHONE,
        number_format="@",
        align="center",
        width=17,
        warn_only=True,
    ),
]
"""A phone number, or several."""

Email = Annotated[
    str,
    Field(max_length=254),
    ColumnType(
        name="email",
        base_type="text",
        expected="邮箱地址，如 zhangsan@abc.com",
        parse=email.email,
        live=LiveCheck.EMAIL,
        number_format="@",
        width=24,
        warn_only=True,
    ),
]
"""An e-mail address."""

Score = Annotated[
    int,
    Field(ge=1, le=5),
    ColumnType(
        name="score",
        base_type="number",
        expected="1–5 的整数，5 为最满意",
        parse=numbers.score,
        live=LiveCheck.NUMBER,
        storage="integer",
        number_format="0",
        align="center",
        width=13,
        report="count",
    ),
]
"""A rating from 1 to 5."""

YesNo = Annotated[Choice, Field(max_length=1)]
"""是 or 否."""

Yuan = Annotated[
    Decimal,
    Field(ge=0, le=10**13, decimal_places=2),
    ColumnType(
        name="yuan",
        base_type="number",
        expected="0 或更大的金额（元），最多 2 位小数",
        parse=numbers.number,
        live=LiveCheck.NUMBER,
        storage="integer",
        scale=2,
        number_format="#,##0.00",
        align="right",
        width=15,
        report="quantity",
    ),
]
"""Yuan beside the row's own amount: paid, expected. Only ``Money`` is the money that a merge accounts for."""

Measurement = Annotated[
    Decimal,
    Field(ge=0, le=10**10, decimal_places=4),
    ColumnType(
        name="measure",
        base_type="number",
        expected="0 或更大的数，最多 4 位小数",
        parse=numbers.quantity,
        live=LiveCheck.NUMBER,
        storage="integer",
        scale=4,
        align="right",
        width=11,
        report="quantity",
    ),
]
"""An amount that may be nothing."""

Integer = Annotated[
    int,
    Field(ge=-(10**9), le=10**9),
    ColumnType(
        name="whole",
        base_type="number",
        expected="整数，可以是负数",
        parse=numbers.integer,
        live=LiveCheck.NUMBER,
        storage="integer",
        number_format="0",
        align="right",
        width=10,
        report="quantity",
    ),
]
"""A whole number of either sign."""

Grade = Annotated[
    Decimal,
    Field(ge=0, le=100, decimal_places=1),
    ColumnType(
        name="grade",
        base_type="number",
        expected="0–100 的数，最多 1 位小数",
        parse=numbers.quantity,
        live=LiveCheck.NUMBER,
        storage="integer",
        scale=1,
        align="center",
        width=11,
        report="quantity",
    ),
]
"""The result of a test."""

Recommendation = Annotated[
    int,
    Field(ge=0, le=10),
    ColumnType(
        name="recommendation",
        base_type="number",
        expected="0–10 的整数，10 为最愿意推荐",
        parse=numbers.score,
        live=LiveCheck.NUMBER,
        storage="integer",
        number_format="0",
        align="center",
        width=14,
        report="quantity",
    ),
]
"""How likely somebody is to recommend us."""

Percent = Annotated[
    Decimal,
    Field(ge=0, le=1, decimal_places=4),
    ColumnType(
        name="percent",
        base_type="number",
        expected="0%–100%，如 13%",
        parse=numbers.percent,
        live=LiveCheck.NUMBER,
        storage="integer",
        scale=4,
        number_format="0.0#%",
        align="center",
        width=9,
        report="quantity",
    ),
]
"""A share; 13 % is held as 0.13, as Excel does."""

Rate = Annotated[
    Decimal,
    Field(gt=0, le=10**6, decimal_places=6),
    ColumnType(
        name="rate",
        base_type="number",
        expected="大于 0 的数，最多 6 位小数，如 7.1234",
        parse=numbers.quantity,
        live=LiveCheck.NUMBER,
        storage="integer",
        scale=6,
        number_format="0.00####",
        align="right",
        width=11,
        report="quantity",
    ),
]
"""Yuan for one unit of another currency."""

Month = Annotated[
    date,
    ColumnType(
        name="month",
        base_type="day",
        expected="月份，如 2023-04",
        parse=dates.month,
        live=LiveCheck.DAY,
        storage="day",
        number_format="yyyy-mm",
        align="center",
        width=11,
    ),
]
"""A month, held as its first day."""

Birthday = Annotated[
    date,
    ColumnType(
        name="birthday",
        base_type="day",
        expected="日期，如 1985-06-01",
        parse=dates.birthday,
        live=LiveCheck.DAY,
        storage="day",
        earliest=date(1900, 3, 1),
        number_format="yyyy-mm-dd",
        align="center",
        width=13,
    ),
]
"""A day that may lie long ago."""

CreditCode = Annotated[
    str,
    Field(pattern=r"^[0-9A-HJ-NPQRTUWXY]{18}$"),
    ColumnType(
        name="credit_code",
        base_type="text",
        expected="18 位统一社会信用代码，如 91350100M000100Y43",
        parse=credit_code.credit_code,
        live=LiveCheck.CREDIT_CODE,
        number_format="@",
        align="center",
        width=22,
    ),
]
"""The unified social credit code of a company (GB 32100-2015)."""

Account = Annotated[
    str,
    Field(pattern=r"^[1-9][0-9]{4,11}$"),
    ColumnType(
        name="account",
        base_type="text",
        expected="5–12 位数字，如 123456789",
        parse=text.identifier,
        identity=text.PLAIN_NUMBER,
        live=LiveCheck.IDENTIFIER,
        number_format="@",
        align="center",
        width=14,
    ),
]
"""The number of an account, such as QQ."""

_BY_NAME: dict[str, Any] = {}
for _annotation in [value for value in globals().values() if get_origin(value) is Annotated]:
    _BY_NAME.setdefault(column_type_of(_annotation).name, _annotation)

COLUMN_TYPES: dict[str, ColumnType] = {name: column_type_of(annotation) for name, annotation in _BY_NAME.items()}
"""Every type by its name, in the order above."""
CONFIG_TYPES: dict[str, Any] = {name: _BY_NAME[name] for name, one in COLUMN_TYPES.items() if one.in_config}
"""The annotations of the types that a ``factory.toml`` may use, by the name (``kind``) it uses."""
