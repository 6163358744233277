"""What every code promises: its texts are filled by its params, and no problem of it can be built without them."""

import pickle
import re
from functools import cache
from pathlib import Path
from string import Formatter

import pytest

import factory_crm
from factory_crm.problems import codes
from factory_crm.problems.code import Code
from factory_crm.problems.declare import Declared
from factory_crm.problems.problem import Location, Problem

AT = Location("甲厂.xlsx", "订单记录", 7, 3)
each_code = pytest.mark.parametrize("code", codes.ALL.values(), ids=lambda code: code.name)


def asked(text: str) -> set[str]:
    """The params that a text is filled with."""
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@each_code
def test_the_texts_of_a_code_ask_for_nothing_but_its_params(code: Code) -> None:
    assert asked(code.message) | asked(code.hint) | asked(code.retype) <= code.params | code.optional
    assert not code.params & code.optional


@each_code
def test_a_code_arrives_in_another_process_as_itself(code: Code) -> None:
    assert pickle.loads(pickle.dumps(code)) is code  # noqa: S301 - our own


def test_a_problem_is_built_by_calling_its_code() -> None:
    problem = codes.SUBMITTED_TWICE(AT, other="乙厂.xlsx")
    assert problem == Problem(codes.SUBMITTED_TWICE, AT, {"other": "乙厂.xlsx"})
    assert problem.message() == "内容与 乙厂.xlsx 完全相同，只算一次"


def test_a_problem_of_a_cell_is_built_with_its_header() -> None:
    problem = codes.UNUSUAL_DATE.at(AT, "下单日期", value="2204-06-14")
    assert problem.message() == "「下单日期」的 2204-06-14 年份少见"


@pytest.mark.parametrize("params", [{}, {"othre": "乙厂.xlsx"}, {"other": "乙厂.xlsx", "first": 3}], ids=str)
def test_a_param_that_is_missing_misspelt_or_unknown_is_refused(params: dict[str, object]) -> None:
    with pytest.raises(TypeError, match="M203"):
        Problem.of(codes.SUBMITTED_TWICE, AT, **params)


def test_what_may_be_left_out_may_be_given() -> None:
    assert codes.COLUMN_UNKNOWN(AT, header="色").hint().startswith("不需要处理")
    assert codes.COLUMN_UNKNOWN(AT, header="色", hint="可能就是「颜色」").hint().startswith("可能就是「颜色」；")


@each_code
def test_a_code_is_raised_by_the_package_and_named_by_a_test(code: Code) -> None:
    """A code nobody raises is a promise nobody keeps; one that no test names may stop being raised unnoticed."""
    assert isinstance(code, Declared)
    assert re.search(rf"\b{code.attribute}\b", raising())
    assert re.search(rf"\b({code.attribute}|{code.name})\b", texts_of_tests())


@cache
def raising() -> str:
    """The modules that may raise a problem."""
    home = Path(factory_crm.__file__).parent
    modules = (path for path in home.rglob("*.py") if path.relative_to(home).parts[0] not in ("problems", "examples"))
    return "".join(path.read_text("utf-8") for path in modules)


@cache
def texts_of_tests() -> str:
    """The tests but this one."""
    home = Path(__file__).parents[1]
    return "".join(path.read_text("utf-8") for path in home.rglob("*.py") if path != Path(__file__))
