"""Kinds of value that only the full edition and factories need, and every kind by the name ``factory.toml`` calls it."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from pydantic import Field

from . import days, registers, spellings, vocabulary
from .kinds import Kind

_DAY_FORMAT = "yyyy-mm-dd"

MORE_KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind(
            name="yuan",
            basis="number",
            expected="0 或更大的金额（元），最多 2 位小数",
            understand=spellings.number,
            frame="integer",
            places=2,
            number_format="#,##0.00",
            align="right",
            width=15,
        ),
        Kind(
            name="measure",
            basis="number",
            expected="0 或更大的数，最多 4 位小数",
            understand=spellings.quantity,
            frame="integer",
            places=4,
            align="right",
            width=11,
        ),
        Kind(
            name="whole",
            basis="number",
            expected="整数，可以是负数",
            understand=spellings.whole,
            frame="integer",
            number_format="0",
            align="right",
            width=10,
        ),
        Kind(
            name="grade",
            basis="number",
            expected="0–100 的数，最多 1 位小数",
            understand=spellings.quantity,
            frame="integer",
            places=1,
            align="center",
            width=11,
        ),
        Kind(
            name="recommendation",
            basis="number",
            expected="0–10 的整数，10 为最愿意推荐",
            understand=spellings.score,
            frame="integer",
            number_format="0",
            align="center",
            width=14,
        ),
        Kind(
            name="percent",
            basis="number",
            expected="0%–100%，如 13%",
            understand=spellings.percent,
            frame="integer",
            places=4,
            number_format="0.0#%",
            align="center",
            width=9,
        ),
        Kind(
            name="rate",
            basis="number",
            expected="大于 0 的数，最多 6 位小数，如 7.1234",
            understand=spellings.quantity,
            frame="integer",
            places=6,
            number_format="0.00####",
            align="right",
            width=11,
        ),
        Kind(
            name="month",
            basis="day",
            expected="月份，如 2023-04",
            understand=days.month,
            frame="day",
            number_format="yyyy-mm",
            align="center",
            width=11,
        ),
        Kind(
            name="birthday",
            basis="day",
            expected="日期，如 1985-06-01",
            understand=days.birthday,
            frame="day",
            earliest=date(1900, 3, 1),
            number_format=_DAY_FORMAT,
            align="center",
            width=13,
        ),
        Kind(
            name="credit_code",
            basis="text",
            expected="18 位统一社会信用代码，如 91350100M000100Y43",
            understand=registers.credit_code,
            number_format="@",
            align="center",
            width=22,
        ),
        Kind(
            name="account",
            basis="text",
            expected="5–12 位数字，如 123456789",
            understand=spellings.identifier,
            number_format="@",
            align="center",
            width=14,
        ),
    )
}

Yuan = Annotated[Decimal, Field(ge=0, le=10**13, decimal_places=2), MORE_KINDS["yuan"]]
"""Yuan beside the row's own amount: paid, expected. Only ``Money`` is the money that a merge accounts for."""
Measure = Annotated[Decimal, Field(ge=0, le=10**10, decimal_places=4), MORE_KINDS["measure"]]
"""An amount that may be nothing."""
Whole = Annotated[int, Field(ge=-(10**9), le=10**9), MORE_KINDS["whole"]]
"""A whole number of either sign."""
Grade = Annotated[Decimal, Field(ge=0, le=100, decimal_places=1), MORE_KINDS["grade"]]
"""The result of a test."""
Recommendation = Annotated[int, Field(ge=0, le=10), MORE_KINDS["recommendation"]]
"""How likely somebody is to recommend us."""
Percent = Annotated[Decimal, Field(ge=0, le=1, decimal_places=4), MORE_KINDS["percent"]]
"""A share; 13 % is held as 0.13, as Excel does."""
Rate = Annotated[Decimal, Field(gt=0, le=10**6, decimal_places=6), MORE_KINDS["rate"]]
"""Yuan for one unit of another currency."""
Month = Annotated[date, MORE_KINDS["month"]]
"""A month, held as its first day."""
Birthday = Annotated[date, MORE_KINDS["birthday"]]
"""A day that may lie long ago."""
CreditCode = Annotated[str, Field(pattern=r"^[0-9A-HJ-NPQRTUWXY]{18}$"), MORE_KINDS["credit_code"]]
"""The unified social credit code of a company (GB 32100-2015)."""
Account = Annotated[str, Field(pattern=r"^[1-9][0-9]{4,11}$"), MORE_KINDS["account"]]
"""The number of an account, such as QQ."""

TYPES: dict[str, Any] = {
    "text": vocabulary.Text,
    "prose": vocabulary.Prose,
    "number": vocabulary.Number,
    "count": vocabulary.Count,
    "quantity": vocabulary.Quantity,
    "unit_price": vocabulary.UnitPrice,
    "day": vocabulary.Day,
    "moment": vocabulary.Moment,
    "choice": vocabulary.Choice,
    "choices": vocabulary.SeveralChoices,
    "phone": vocabulary.Phone,
    "email": vocabulary.Email,
    "score": vocabulary.Score,
    "yuan": Yuan,
    "measure": Measure,
    "whole": Whole,
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
