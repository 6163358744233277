"""What every code promises: its texts are filled by its params, and no problem of it can be built without them."""

import pickle
import re
from functools import cache
from pathlib import Path
from string import Formatter

import pytest

import factory_crm
from factory_crm.problems import codes
from factory_crm.problems.code import Code, Severity
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


def test_a_code_may_be_used_as_its_name() -> None:
    assert codes.SUBMITTED_TWICE == "M203"
    assert {codes.SUBMITTED_TWICE: "twice"}["M203"] == "twice"  # type: ignore[index]
    assert f"{codes.SUBMITTED_TWICE} {codes.SUBMITTED_TWICE!s:>6}" == "M203   M203"
    assert codes.SUBMITTED_TWICE not in ("M204", 203, codes.UNUSUAL_DATE)


def test_rules_of_two_schemas_may_share_a_name() -> None:
    one, other = Code("X001", Severity.ERROR, "太早"), Code("X001", Severity.ERROR, "太晚")
    assert one == Code("X001", Severity.ERROR, "太早")
    assert one != other
    assert one == "X001" == other


def test_a_problem_says_flatly_where_it_is_and_what_is_proposed() -> None:
    problem = codes.SUBMITTED_TWICE(AT, other="乙厂.xlsx")
    assert (problem.file, problem.sheet, problem.row, problem.cell) == ("甲厂.xlsx", "订单记录", 7, "C7")
    assert (problem.value, problem.fix) == (None, None)
    with pytest.raises(AttributeError):
        problem.file = "丙厂.xlsx"  # type: ignore[misc]


def test_a_file_has_neither_sheet_nor_cell() -> None:
    problem = codes.SUBMITTED_TWICE(Location("甲厂.xlsx"), other="乙厂.xlsx")
    assert (problem.file, problem.sheet, problem.row, problem.cell) == ("甲厂.xlsx", "", 0, "")


def test_only_what_is_used_already_is_a_fix() -> None:
    fix, error = (Code("X002", severity, "{before} {after}") for severity in (Severity.FIX, Severity.ERROR))
    params = {"before": "1,200", "after": "1200"}
    assert Problem(fix, AT, params).fix == "1200"
    assert Problem(error, AT, params).fix is None
    assert Problem(error, AT, params).value == "1,200"
