"""What a factory adds in ``factory.toml`` is enforced everywhere; a mistake in the file is named by its key."""

import pickle
from dataclasses import fields, replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from factory_crm.cli.app import main
from factory_crm.config.errors import keys_at
from factory_crm.config.file import FilePart
from factory_crm.crm import load
from factory_crm.crm import parse as parse_schema
from factory_crm.crm import schema as standard
from factory_crm.crm.config import PRODUCT, restored
from factory_crm.crm.settings import SalesTargets, Settings
from factory_crm.i18n.translate import LazyText, OwnText, translate
from factory_crm.problems import codes
from factory_crm.reading.limits import ReaderLimits, reader_limits
from factory_crm.schema.export import markdown
from factory_crm.schema.layout import RESERVED_TITLES
from factory_crm.schema.limits import Caps
from factory_crm.schema.workbook import WorkbookSchema
from factory_crm.template.workbook import write_template
from factory_crm.validation.workbook import validate_workbook
from tests.template.conftest import headers

DOCS = Path(__file__).resolve().parents[2] / "docs"
EXAMPLE = DOCS / "examples" / "factory.toml"


@pytest.fixture
def schema() -> WorkbookSchema:
    found = load(EXAMPLE)
    assert isinstance(found, WorkbookSchema), [f"{p.location}: {p.message()}" for p in found]
    return found


def mistakes(text: str) -> list[str]:
    """Return what is wrong with a file: its code and the path of its key."""
    found = parse_schema(text)
    assert isinstance(found, list)
    for problem in found:
        assert all(problem.message(language) and problem.hint(language) for language in ("zh", "en"))
        assert "{" not in problem.message("en")
    return [f"{problem.code.name} {problem.location.sheet}".strip() for problem in found]


# What is added


def test_caps_on_reading_are_the_factorys(tmp_path) -> None:
    assert reader_limits(standard().limits) == ReaderLimits()
    schema = parse_schema("[limits]\ncells = 1000\nfile_megabytes = 200\nunpacked_megabytes = 1024\nseconds = 90")
    assert isinstance(schema, WorkbookSchema)
    found = reader_limits(schema.limits)
    assert (found.cells, found.file_bytes, found.part_bytes, found.seconds) == (1000, 200 << 20, 512 << 20, 90)
    write_template(tmp_path / "large.xlsx", schema, rows=2000)
    [problem] = validate_workbook(tmp_path / "large.xlsx", schema).problems
    assert problem.code is codes.TOO_LARGE
    assert mistakes("[limits]\ncells = 1") == ["F405 limits.cells"]


def test_an_empty_file_adds_nothing() -> None:
    assert restored(None, " ").fingerprint == standard().fingerprint


def test_the_example_says_all_it_can(schema) -> None:
    assert schema.product == "华东工厂客户管理表"
    assert [office.name for office in schema.offices] == ["一分厂", "二分厂"]
    assert schema.prepared_rows == 200
    assert schema.extension(Settings) == Settings(t1_days=60, t2_days=150, on_time_goal=0.9, capacity={"生产制造": 1})
    assert schema.extension(SalesTargets).months == {"": {"2024-05": 80_000_000}, "李四": {"2024-05": 30_000_000}}
    assert schema.calendar is not None
    assert schema.sheet("samples").title == "样品记录"
    assert schema.sheet("orders").column("unit_price").hint == "每件多少元，含税"
    assert {"X101", "X102", "X201"} <= schema.codes().keys()
    assert schema.fingerprint != standard().fingerprint


def test_its_own_words_have_their_own_english(schema) -> None:
    colour = schema.sheet("orders").column("colour")
    assert translate(colour.header, "en") == "Colour"
    assert LazyText(colour.header).in_language("en") == "Colour"
    assert pickle.loads(pickle.dumps(OwnText("红", {"en": "Red"}))).in_language("en") == "Red"  # noqa: S301 - our own
    assert "Samples" in markdown(schema, "en")


def test_the_command_line_goes_before_the_file() -> None:
    assert restored("full", 'edition = "basic"').edition == "full"
    assert restored(None, 'edition = "full"').sheets == standard("full").sheets


def test_another_process_makes_the_very_same_contract(schema) -> None:
    sent = pickle.dumps(schema)
    assert len(sent) < EXAMPLE.stat().st_size + 200
    assert pickle.loads(sent).fingerprint == schema.fingerprint  # noqa: S301 - our own


def test_a_contract_that_was_changed_travels_by_value(schema) -> None:
    changed = replace(schema, prepared_rows=7)
    again = pickle.loads(pickle.dumps(changed))  # noqa: S301 - our own
    assert again.prepared_rows == 7
    assert again.fingerprint == schema.fingerprint


# Enforced in the workbook and by the check


@pytest.fixture
def book(schema, tmp_path):
    path = tmp_path / "filled.xlsx"
    write_template(path, schema, rows=5, office="一分厂")
    book = openpyxl.load_workbook(path)
    fill(book["客户信息"], 客户编号="CUS001", 客户名称="甲公司", 联系人姓名="张三", 联系电话="13800000000")
    order = {"订单编号": "ORD001", "客户编号": "CUS001", "产品型号": "X100", "数量": 10, "单价(元)": 5}
    fill(book["订单记录"], **order, 颜色="黄", 系列="甲系列", 系列型号="A1", **{"定金(元)": 20})
    fill(book["样品记录"], 样品编号="SMP001", 客户编号="CUS001", 件数=2, 批号="B0001")
    book["样品记录"].cell(5, headers(book["样品记录"])["寄样日期"], "2024-05-06")
    return book


def fill(sheet, **cells) -> None:
    at = headers(sheet)
    for header, value in cells.items():
        sheet.cell(5, at[header]).value = value


def problems(book, schema, tmp_path) -> list[str]:
    book.save(tmp_path / "book.xlsx")
    found = validate_workbook(tmp_path / "book.xlsx", schema).problems
    return [
        f"{p.code.name} {p.location.address}" for p in found if p.severity.value == "error" or p.code.name[0] == "X"
    ]


def test_what_is_in_order_has_no_problem(book, schema, tmp_path) -> None:
    assert problems(book, schema, tmp_path) == []


@pytest.mark.parametrize(
    ("sheet", "cells", "problem"),
    [
        ("订单记录", {"颜色": "紫"}, "C106 颜色"),
        ("订单记录", {"定金(元)": 51}, "X101 定金(元)"),
        ("订单记录", {"颜色": "红"}, "X102 备注"),
        ("订单记录", {"系列型号": "B1"}, "X000 系列型号"),
        ("订单记录", {"定金(元)": -1}, "C103 定金(元)"),
        ("样品记录", {"件数": 21}, "C103 件数"),
        ("样品记录", {"件数": None}, "C101 件数"),
        ("样品记录", {"批号": "0001"}, "C102 批号"),
        ("样品记录", {"客户编号": "CUS009"}, "K103 客户编号"),
        ("样品记录", {"客户回复日期": "2024-05-01"}, "X201 客户回复日期"),
    ],
)
def test_what_is_added_is_held_at_the_exact_cell(book, schema, tmp_path, sheet, cells, problem) -> None:
    fill(book[sheet], **cells)
    code, header = problem.split()
    at = openpyxl.utils.get_column_letter(headers(book[sheet])[header])
    assert problems(book, schema, tmp_path) == [f"{code} {sheet}!{at}5"]


def test_an_office_that_is_not_listed_is_told(book, schema, tmp_path) -> None:
    cover = book["填写说明"]
    cell = next(cell for row in cover.iter_rows() for cell in row if cell.value == "一分厂")
    cell.value = "三分厂"
    assert [p.split()[0] for p in problems(book, schema, tmp_path)] == ["C106"]


def test_lists_are_offered_whole_and_by_what_they_depend_on(book) -> None:
    guards = {str(v.sqref).split(":")[0]: v for v in book["订单记录"].data_validations.dataValidation}
    at = headers(book["订单记录"])
    letter = {header: openpyxl.utils.get_column_letter(place) for header, place in at.items()}
    assert guards[f"{letter['产品型号']}5"].formula1 == "L_product"
    above = f"${letter['系列']}5"
    assert guards[f"{letter['系列型号']}5"].formula1 == (
        f"IF(ISNUMBER(MATCH({above},L_OF_model,0)),OFFSET(L_BY_model,MATCH({above},L_OF_model,0)-1,0,COUNTIF(L_OF_model,{above}),1),L_model)"
    )
    listed = [cell.value for row in book["选项"].iter_rows() for cell in row if cell.value]
    assert "Y100, 特制" in listed
    assert {"L_OF_model", "L_BY_model", "L_offices"} <= set(book.defined_names)


def test_a_list_longer_than_excel_takes_in_a_cell_is_a_name(tmp_path) -> None:
    values = [f"型号,{n:03}" for n in range(300)]
    schema = restored(
        None, f'[choices]\nlong = {values!r}\n[orders.columns]\nm = {{ header = "长", choices = "long" }}'
    )
    write_template(tmp_path / "long.xlsx", schema, rows=3)
    book = openpyxl.load_workbook(tmp_path / "long.xlsx")
    assert book.defined_names["L_long"].attr_text.endswith("$303")


# Mistakes in the file


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a = = 1", ["F402"]),
        ("colour = 1", ["F403 colour"]),
        ('[orders.columns.x]\nheadr = "a"', ["F403 orders.columns.x.headr"]),
        ("[thresholds]\nt1_day = 3", ["F403 thresholds.t1_day"]),
        ('[thresholds]\nt1_days = "3"', ["F405 thresholds.t1_days"]),
        ('edition = "big"', ["F405 edition"]),
        ("[[offices]]", ["F404 offices[1].name"]),
        ('offices = [{ name = "甲" }, { name = "甲" }]', ["F407 offices[2].name"]),
        ('[orders.columns]\nx = { header = "某", kind = "txt" }', ["F405 orders.columns.x.kind"]),
        ('[orders.columns]\nx = { kind = "text" }', ["F404 orders.columns.x.header"]),
        ('[orders.columns]\nx = { header = "某" }', ["F404 orders.columns.x.kind"]),
        ('[orders.columns]\nx = { header = "某", choices = "none" }', ["F406 orders.columns.x.choices"]),
        ('[orders.columns]\nx = { header = "备注", kind = "text" }', ["F407 orders.columns.x.header"]),
        ('[orders.columns]\nclass = { header = "某", kind = "text" }', ["F405 orders.columns.class"]),
        ('[orders.columns]\nX1 = { header = "某", kind = "text" }', ["F405 orders.columns.X1"]),
        ('[orders.columns]\nx = { header = "某", kind = "day", example = "x" }', ["F409 orders.columns.x.example"]),
        ('[orders.columns]\nx = { header = "某", kind = "text", pattern = "(" }', ["F405 orders.columns.x.pattern"]),
        ('[orders.columns]\nx = { header = "某", kind = "text", max = 3 }', ["F405 orders.columns.x.max"]),
        ('[orders.columns]\nx = { header = "某", kind = "yuan", formula = "note" }', ["F408 orders.columns.x.formula"]),
        ('[orders.columns]\namount = { kind = "yuan" }', ["F405 orders.columns.amount.kind"]),
        ('[[orders.rules]]\ncode = "R101"\nholds = "note"', ["F405 orders.rules[1].code"]),
        ('[[orders.rules]]\ncode = "X101"\nholds = "import os"', ["F408 orders.rules[1].holds"]),
        ('[[orders.rules]]\ncode = "X101"\nholds = "notes"', ["F406 orders.rules[1].holds"]),
        ('[[orders.rules]]\ncode = "X101"\nholds = "note <= amount"', ["F408 orders.rules[1].holds"]),
        ('[[orders.rules]]\ncode = "X101"\nholds = "status == \'完了\'"', ["F406 orders.rules[1].holds"]),
        ('[[orders.rules]]\ncode = "X000"\nholds = "note"', ["F407 orders.rules[1].code"]),
        ('[choices]\nstatus = ["好"]', ["F405 choices.status.values"]),
        ("[choices]\nmine = []", ["F405 choices.mine"]),
        ('[choices.mine]\nvalues = ["a"]\naliases = { b = "c" }', ["F406 choices.mine.aliases.b"]),
        ('[contacts.columns]\nx = { header = "某", kind = "text" }', ["F405 contacts"]),
        ('[[sheets]]\ntable = "orders"\ntitle = "别的"\npurpose = "a"', ["F407 sheets[1].table"]),
        ('[[sheets]]\ntable = "a"\ntitle = "订单记录"\npurpose = "a"', ["F407 sheets[1].title"]),
        ('[[sheets]]\ntable = "a"\ntitle = "a/b"\npurpose = "a"', ["F405 sheets[1].title"]),
        ('[[sheets]]\ntable = "a"\ntitle = "甲"\npurpose = "a"', ["F404 sheets[1].columns"]),
        ('[calendar]\nhours = ["12:00-08:00"]', ["F405 calendar.hours[1]"]),
        ('[thresholds.capacity]\n"生产" = 3', ["F405 thresholds.capacity.生产"]),
        ('[thresholds.capacity]\n"生产制造" = 0', ["F405 thresholds.capacity.生产制造"]),
    ],
)
def test_a_mistake_is_named_by_its_key(text: str, expected: list[str]) -> None:
    assert mistakes(text) == expected


def test_every_mistake_is_told_at_once() -> None:
    assert len(mistakes('edition = "x"\nrows = "y"\n[orders.columns.z]\nkind = 3')) == 3


def test_a_file_that_cannot_be_read_is_told(tmp_path) -> None:
    (tmp_path / "gbk.toml").write_bytes('product = "工厂"'.encode("gbk"))
    for path in (tmp_path / "none.toml", tmp_path, tmp_path / "gbk.toml"):
        found = load(path)
        assert isinstance(found, list)
        assert [problem.code.name for problem in found] == ["F401"]


# Documents and the command line


@pytest.mark.parametrize("page", ["factory.md", "factory.zh-CN.md"])
def test_every_key_is_explained(page: str) -> None:
    told = (DOCS / page).read_text("utf-8")
    keys = {*PRODUCT.file_model.model_fields, *(f.name for f in (*fields(Settings), *fields(Caps)))}
    keys |= {name for part in FilePart.__subclasses__() for name in part.model_fields}
    assert [key for key in sorted(keys) if f"`{key}`" not in told] == []


@pytest.mark.parametrize("page", ["factory.md", "factory.zh-CN.md"])
def test_the_page_tells_the_caps_of_the_reader(page: str) -> None:
    told, caps = (DOCS / page).read_text("utf-8"), ReaderLimits()
    assert f"| `file_megabytes` | {caps.file_bytes >> 20} |" in told
    assert f"| `unpacked_megabytes` | {caps.unpacked_bytes >> 20} |" in told
    assert f"| `cells` | {caps.cells:,} |" in told
    assert f"| `seconds` | {caps.seconds} |" in told


def test_keys_are_found_by_their_path() -> None:
    assert "header" in keys_at(PRODUCT.file_model, ("orders", "columns", "colour"))
    assert "severity" in keys_at(PRODUCT.file_model, ("sheets", 0, "rules", 0))


def run(*arguments: object):
    return CliRunner().invoke(main, [str(argument) for argument in arguments], standalone_mode=False)


def test_the_commands_take_the_file(tmp_path) -> None:
    target = tmp_path / "t.xlsx"
    assert run("template", "--config", EXAMPLE, "--office", "一分厂", "-o", target).return_value == 0
    assert "样品记录" in openpyxl.load_workbook(target).sheetnames
    assert run("validate", target, "--config", EXAMPLE).return_value == 0
    assert "样品编号" in run("schema", "--config", EXAMPLE, "--format", "md").output
    assert "销售机会" in run("schema", "--edition", "full", "--format", "md").output


@pytest.mark.parametrize("code", ["X101", "x000", "X201", "R111", "C101"])
def test_explain_knows_the_codes_of_the_file_and_all_others(code: str) -> None:
    ran = run("explain", code, "--config", EXAMPLE)
    assert ran.return_value == 0
    assert ran.output.startswith(code.upper())
    assert (run("explain", code).return_value == 0) is (code[0] not in "xX")
    assert f"\n{code.upper()}  " in run("explain", "--config", EXAMPLE).output or code == "C101"


def test_an_unknown_office_or_a_wrong_file_ends_in_2(tmp_path) -> None:
    (tmp_path / "bad.toml").write_text("colour = 1", "utf-8")
    for arguments in (("--config", EXAMPLE, "--office", "三分厂"), ("--config", tmp_path / "bad.toml")):
        ran = run("template", *arguments, "-o", tmp_path / "t.xlsx")
        assert isinstance(ran.exception, SystemExit)
        assert ran.exception.code == 2
    assert not (tmp_path / "t.xlsx").exists()


def test_its_own_choices_are_told_in_english(schema, tmp_path) -> None:
    order = {"order_id": "ORD001", "customer_id": "CUS001", "product": "X100", "quantity": 10, "unit_price": 5}
    path = tmp_path / "filled.xlsx"
    write_template(path, schema, language="en", rows=3, filled={"orders": [order | {"colour": "Red"}]})
    (told,) = (p for p in validate_workbook(path, schema).problems if p.code.name == "X102")
    for problem in (told, pickle.loads(pickle.dumps(told))):  # noqa: S301 - our own
        assert "when Colour = Red" in problem.message("en")
        assert problem.message("en").endswith("Colour Red")
        assert "颜色 = 红" not in problem.message("en")
    ran = run("explain", "X102", "--config", EXAMPLE, "--lang", "en")
    assert "Colour = Red" in ran.output
    assert "红" not in ran.output


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:.*extension is not supported")
@pytest.mark.parametrize(("language", "colour", "office"), [("zh", "黄", "一分厂"), ("en", "Yellow", "Plant 1")])
def test_the_example_goes_the_whole_way(schema, tmp_path, language, colour, office) -> None:
    """Template, filled in, checked, merged: the factory's columns, sheet, list and office arrive in the summary."""
    folder, summary, step = tmp_path / "in", tmp_path / "summary.xlsx", translate("生产制造", language)
    folder.mkdir()
    order = {"order_id": "ORD001", "customer_id": "CUS001", "product": "X100", "quantity": 10, "unit_price": 5}
    filled = {
        "customers": [{"customer_id": "CUS001", "name": "甲公司", "contact": "张三", "phone": "13800000000"}],
        "orders": [
            order | {"colour": colour, "deposit": 20, "ordered_on": date(2024, 5, 6)},
            order | {"order_id": "ORD002", "deposit": 51, "ordered_on": date(2024, 5, 7)},
            order | {"order_id": "ORD003", "ordered_on": date(2024, 5, 6), "status": step},
            order | {"order_id": "ORD004", "ordered_on": date(2024, 5, 6), "status": step},
        ],
        "samples": [{"sample_id": "SMP001", "customer_id": "CUS001", "sent_on": date(2024, 5, 6), "pieces": 2}],
    }
    write_template(folder / "a.xlsx", schema, language=language, rows=5, office=office, filled=filled)
    ran = run("validate", folder, "--config", EXAMPLE, "--lang", language)
    assert ran.return_value == 1
    assert ran.output.count("(X101)") == 1
    assert run("merge", folder, "--config", EXAMPLE, "--lang", language, "-o", summary).return_value == 1
    book = openpyxl.load_workbook(summary, data_only=True)
    told = [
        " ".join(str(cell) for cell in row if cell is not None)
        for sheet in book
        for row in sheet.iter_rows(values_only=True)
    ]
    for wanted in (
        translate(schema.sheet("orders").column("colour").header, language),
        "ORD001",
        "ORD002",
        "甲公司",
        f"{step} 2/1",
    ):
        assert any(wanted in line for line in told), wanted
    assert any("一分厂" in line for line in told)


@pytest.mark.parametrize("title", RESERVED_TITLES)
def test_no_sheet_is_called_what_a_workbook_has_already(title) -> None:
    """A template with two sheets of one name could not be written."""
    sheet = '[[sheets]]\ntable = "own"\ntitle = "{}"\npurpose = "某"\n[sheets.columns]\n'
    sheet += 'own_id = {{ header = "编号", kind = "number", key = true }}'
    for spelling in (title, translate(title, "en"), title.upper()):
        assert mistakes(sheet.format(spelling)) == ["F407 sheets[1].title"]


def test_every_sheet_of_a_template_is_declared_or_reserved(tmp_path) -> None:
    write_template(tmp_path / "t.xlsx", standard(), rows=1)
    declared = {sheet.title for sheet in (standard().cover, *standard().sheets)}
    assert set(openpyxl.load_workbook(tmp_path / "t.xlsx").sheetnames) - declared <= set(RESERVED_TITLES)
