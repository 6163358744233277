"""Kinds of value that only the full edition and factories need, and every kind by the name ``factory.toml`` calls it."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from pydantic import Field

from . import types
from .column_type import ColumnType
from .parsers import credit_code, dates, text

_DAY_FORMAT = "yyyy-mm-dd"

FURTHER_TYPES: dict[str, ColumnType] = {
    kind.name: kind
    for kind in (
        ColumnType(
            name="yuan",
            base_type="number",
            expected="0 或更大的金额（元），最多 2 位小数",
            parse=text.number,
            storage="integer",
            scale=2,
            number_format="#,##0.00",
            align="right",
            width=15,
        ),
        ColumnType(
            name="measure",
            base_type="number",
            expected="0 或更大的数，最多 4 位小数",
            parse=text.quantity,
            storage="integer",
            scale=4,
            align="right",
            width=11,
        ),
        ColumnType(
            name="whole",
            base_type="number",
            expected="整数，可以是负数",
            parse=text.integer,
            storage="integer",
            number_format="0",
            align="right",
            width=10,
        ),
        ColumnType(
            name="grade",
            base_type="number",
            expected="0–100 的数，最多 1 位小数",
            parse=text.quantity,
            storage="integer",
            scale=1,
            align="center",
            width=11,
        ),
        ColumnType(
            name="recommendation",
            base_type="number",
            expected="0–10 的整数，10 为最愿意推荐",
            parse=text.score,
            storage="integer",
            number_format="0",
            align="center",
            width=14,
        ),
        ColumnType(
            name="percent",
            base_type="number",
            expected="0%–100%，如 13%",
            parse=text.percent,
            storage="integer",
            scale=4,
            number_format="0.0#%",
            align="center",
            width=9,
        ),
        ColumnType(
            name="rate",
            base_type="number",
            expected="大于 0 的数，最多 6 位小数，如 7.1234",
            parse=text.quantity,
            storage="integer",
            scale=6,
            number_format="0.00####",
            align="right",
            width=11,
        ),
        ColumnType(
            name="month",
            base_type="day",
            expected="月份，如 2023-04",
            parse=dates.month,
            storage="day",
            number_format="yyyy-mm",
            align="center",
            width=11,
        ),
        ColumnType(
            name="birthday",
            base_type="day",
            expected="日期，如 1985-06-01",
            parse=dates.birthday,
            storage="day",
            earliest=date(1900, 3, 1),
            number_format=_DAY_FORMAT,
            align="center",
            width=13,
        ),
        ColumnType(
            name="credit_code",
            base_type="text",
            expected="18 位统一社会信用代码，如 91350100M000100Y43",
            parse=credit_code.credit_code,
            number_format="@",
            align="center",
            width=22,
        ),
        ColumnType(
            name="account",
            base_type="text",
            expected="5–12 位数字，如 123456789",
            parse=text.identifier,
            number_format="@",
            align="center",
            width=14,
        ),
    )
}

Yuan = Annotated[Decimal, Field(ge=0, le=10**13, decimal_places=2), FURTHER_TYPES["yuan"]]
"""Yuan beside the row's own amount: paid, expected. Only ``Money`` is the money that a merge accounts for."""
Measurement = Annotated[Decimal, Field(ge=0, le=10**10, decimal_places=4), FURTHER_TYPES["measure"]]
"""An amount that may be nothing."""
Integer = Annotated[int, Field(ge=-(10**9), le=10**9), FURTHER_TYPES["whole"]]
"""A whole number of either sign."""
Grade = Annotated[Decimal, Field(ge=0, le=100, decimal_places=1), FURTHER_TYPES["grade"]]
"""The result of a test."""
Recommendation = Annotated[int, Field(ge=0, le=10), FURTHER_TYPES["recommendation"]]
"""How likely somebody is to recommend us."""
Percent = Annotated[Decimal, Field(ge=0, le=1, decimal_places=4), FURTHER_TYPES["percent"]]
"""A share; 13 % is held as 0.13, as Excel does."""
Rate = Annotated[Decimal, Field(gt=0, le=10**6, decimal_places=6), FURTHER_TYPES["rate"]]
"""Yuan for one unit of another currency."""
Month = Annotated[date, FURTHER_TYPES["month"]]
"""A month, held as its first day."""
Birthday = Annotated[date, FURTHER_TYPES["birthday"]]
"""A day that may lie long ago."""
CreditCode = Annotated[str, Field(pattern=r"^[0-9A-HJ-NPQRTUWXY]{18}$"), FURTHER_TYPES["credit_code"]]
"""The unified social credit code of a company (GB 32100-2015)."""
Account = Annotated[str, Field(pattern=r"^[1-9][0-9]{4,11}$"), FURTHER_TYPES["account"]]
"""The number of an account, such as QQ."""

TYPES: dict[str, Any] = {
    "text": types.Text,
    "prose": types.LongText,
    "number": types.RecordId,
    "count": types.Count,
    "quantity": types.Quantity,
    "unit_price": types.UnitPrice,
    "day": types.Day,
    "moment": types.Moment,
    "choice": types.Choice,
    "choices": types.MultipleChoice,
    "phone": types.Phone,
    "email": types.Email,
    "score": types.Score,
    "yuan": Yuan,
    "measure": Measurement,
    "whole": Integer,
    "grade": Grade,
    "recommendation": Recommendation,
    "percent": Percent,
    "rate": Rate,
    "month": Month,
    "birthday": Birthday,
    "credit_code": CreditCode,
    "account": Account,
}
"""What may stand in a cell, by the name of its kind."""
