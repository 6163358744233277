"""What arrives where, what is listed, and what is refused."""

import hashlib
from datetime import date, datetime, time
from pathlib import Path

import openpyxl
import pytest

from factory_crm.crm import schema as standard
from factory_crm.i18n.translate import translate
from factory_crm.migrate import migrate
from factory_crm.migrate.log import LEFT, RENAMED, REWRITTEN, TITLE, UNCHANGED
from factory_crm.schema.stamp import DEFINED_NAME, META_SHEET
from factory_crm.storage.atomic import NotSaved
from factory_crm.template.records import ErrorValue, Result, Serial
from factory_crm.template.workbook import write_template
from factory_crm.validation.workbook import validate_workbook
from tests.migrate.conftest import CUSTOMERS, cells_of, checked, line, make, records

pytestmark = pytest.mark.slow

ORDER = {"order_id": "ORD001", "customer_id": "007", "product": "X100", "quantity": 10, "unit_price": 5}
EXAMPLE = Path(__file__).resolve().parents[2] / "docs" / "examples" / "factory.toml"


def notes_of(path: Path, language="zh") -> list[tuple[object, ...]]:
    book = openpyxl.load_workbook(path)
    title = translate(TITLE, language)
    return [row[:4] for row in book[title].iter_rows(min_row=5, values_only=True)] if title in book.sheetnames else []


# What arrives


def test_values_arrive_as_what_they_are(written, moved) -> None:
    order = ORDER | {"ordered_on": date(2024, 5, 6), "status": "生产制造", "note": "=1+1"}
    outcome, new = moved(written({"customers": CUSTOMERS, "orders": [order]}), language="en")
    found = line(new, "Orders")
    assert [found[header].value for header in ("客户编号", "数量", "下单日期")] == ["007", 10, datetime(2024, 5, 6)]
    assert found["订单状态"].value == translate("生产制造", "en")
    assert found["备注"].data_type == "s"
    assert str(found["总金额(元)"].value).startswith("=")
    assert outcome.notes == ()
    assert notes_of(new, "en") == []


def test_automatic_columns_show_what_they_come_to(written, moved) -> None:
    _, new = moved(written({"customers": CUSTOMERS, "orders": [ORDER]}))
    book = openpyxl.load_workbook(new, data_only=True)
    values = book["订单记录"]
    assert [values.cell(5, at).value for at in (5, 9)] == ["甲公司", 50]
    told = [
        str(value) for title in ("填写说明", "自检") for row in book[title].iter_rows(values_only=True) for value in row
    ]
    assert not [text for text in told if "还没有填写" in text], "kept from the blank template"


def test_the_cover_arrives(written, moved) -> None:
    old = written({"customers": CUSTOMERS})
    assert checked(moved(old)[1]).cover == checked(old).cover
    assert checked(moved(old, office="二分厂")[1]).cover.office == "二分厂"
    period = moved(old, open_only=True)[1]
    assert (checked(period).cover.office, checked(period).cover.period) == ("一分厂", "")


@pytest.mark.slow
def test_more_rows_than_a_template_has_are_prepared_for(written, moved) -> None:
    many = [{"customer_id": f"C{n}", "name": f"公司{n}", "contact": "张三", "phone": "13800000000"} for n in range(310)]
    _, new = moved(written({"customers": many[:20]}), rows=None)
    assert prepared(new) == standard().prepared_rows
    write_template(new, standard(), rows=310, filled={"customers": many})
    _, newer = moved(new)
    assert prepared(newer) == 360
    assert records(checked(newer)) == records(checked(new))


def prepared(path: Path) -> int:
    facts = openpyxl.load_workbook(path)[META_SHEET].iter_rows(values_only=True)
    return next(row[1] for row in facts if row[0] == "rows")


def test_what_is_not_understood_stays_as_it_was_written(written, moved) -> None:
    odd = [
        ORDER | {"order_id": date(2024, 5, 1), "quantity": "一千", "ordered_on": 12, "due_on": time(9, 30)},
        ORDER | {"order_id": 1e15, "product": ErrorValue("#REF!"), "ordered_on": Serial(60), "status": "差不多"},
        ORDER | {"order_id": "ORD003", "unit_price": True, "ordered_on": datetime(2024, 5, 6, 8, 5), "due_on": "随便"},
    ]
    old = written({"customers": CUSTOMERS, "orders": odd})
    outcome, new = moved(old)
    before, after = checked(old), checked(new)
    assert [str(p) for p in map(told, after.problems)] == [str(p) for p in map(told, before.problems) if p[0] != "C312"]
    assert len(cells_of(outcome, UNCHANGED)) == 10
    assert notes_of(new)[0][:4] == ("原样带入，待改", "订单记录!B5", "订单编号", "2024-05-01")


def told(problem) -> tuple[str, str]:
    return problem.code.name, problem.location.address


def test_what_was_understood_is_written_properly_and_listed(written, moved) -> None:
    customer = CUSTOMERS[0] | {
        "phone": "138-0000-0000",
        "needs": "重视品质,交期",
        "registered_on": "2023.1.5",
        "email": "无",
    }
    outcome, new = moved(written({"customers": [customer]}), language="en")
    found = line(new, "Customers")
    assert found["需求偏好"].value == "Quality-focused, Delivery-focused"
    assert found["注册日期"].value == datetime(2023, 1, 5)
    assert found["电子邮箱"].value is None
    assert sorted(before for _, before in cells_of(outcome, REWRITTEN)) == [
        "138-0000-0000",
        "2023.1.5",
        "无",
        "重视品质,交期",
    ]
    assert checked(new).problems == ()


def test_a_moment_of_early_1900_arrives_as_it_was(written, moved) -> None:
    service = {"service_id": "S1", "customer_id": "007", "received_at": Serial(1.5), "closed_at": Serial(59.75)}
    there = moved(written({"customers": CUSTOMERS, "services": [service]}))[1]
    for new in (there, moved(there)[1]):
        found = line(new, "服务记录")
        assert (found["受理时间"].value, found["处理日期"].value) == (
            datetime(1900, 1, 1, 12),
            datetime(1900, 2, 28, 18),
        )


# What is listed, so that nothing is lost


def test_what_the_template_has_no_place_for_is_kept_on_a_sheet(written, moved) -> None:
    def change(book) -> None:
        sheet = book["客户信息"]
        sheet["R4"], sheet["R5"], sheet["S6"] = "颜色", "红", "没有表头"
        sheet["B9"] = "制表：李四"
        book.create_sheet("备忘")["B2"] = "周五前寄样"

    outcome, new = moved(written({"customers": CUSTOMERS}, change))
    expected = [
        ("客户信息!R5", "红"),
        ("客户信息!S6", "没有表头"),
        ("客户信息!B9", "制表：李四"),
        ("备忘!B2", "周五前寄样"),
    ]
    assert cells_of(outcome, LEFT) == expected
    assert [(row[1], row[3]) for row in notes_of(new)] == expected
    again, newest = moved(new, language="en")
    assert cells_of(again, LEFT) == expected
    assert [(row[1], row[3]) for row in notes_of(newest, "en")] == expected


@pytest.mark.slow
def test_what_only_the_full_edition_knows_is_listed_when_it_goes_basic(tmp_path, moved) -> None:
    old = tmp_path / "full.xlsx"
    filled = {
        "customers": [CUSTOMERS[0] | {"wechat": "wx1"}],
        "contacts": [{"customer_id": "007", "name": "赵六", "phone": "13700000000"}],
    }
    write_template(old, standard("full"), rows=3, filled=filled)
    outcome, _ = moved(old, edition="basic")
    assert [before for _, before in cells_of(outcome, LEFT)] == ["wx1", "007", "赵六", "13700000000"]
    assert {note.header for note in outcome.notes} == {"微信", "客户编号", "姓名", "联系电话"}
    assert records(checked(moved(old)[1], "full")) == records(checked(old, "full"))


def test_what_was_typed_over_a_formula_is_listed_where_the_formula_says_otherwise(written, moved) -> None:
    orders = [
        ORDER | {"amount": 999},
        ORDER | {"order_id": "ORD002", "amount": 50},
        ORDER | {"order_id": "ORD003", "quantity": None, "amount": 7},
    ]
    outcome, _ = moved(written({"customers": CUSTOMERS, "orders": orders}))
    assert [before for _, before in cells_of(outcome, LEFT)] == ["999", "7"]


@pytest.mark.slow
def test_a_workbook_without_a_stamp_is_judged_by_its_headers(tmp_path, moved) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "客户资料"
    for row in (
        ["本厂客户"],
        ["客户号", "公司名称", "联系人", "手机", "颜色"],
        ["007", "甲公司", "张三", "13800000000", "红"],
    ):
        sheet.append(row)
    book.create_sheet("跟进记录").append(["客户编号", "沟通日期", "方式", "沟通人", "内容"])
    book["跟进记录"].append(["007", datetime(2024, 5, 6), "电话", "李四", "问价"])
    book.save(tmp_path / "plain.xlsx")
    outcome, new = moved(tmp_path / "plain.xlsx")
    assert checked(new, "full").stamp.fingerprint == standard("full").fingerprint
    assert records(checked(new, "full"))["contact_logs"][0]["summary"] == "问价"
    assert cells_of(outcome, LEFT) == [("客户资料!A1", "本厂客户"), ("客户资料!E3", "红")]
    renamed = {(note.before, str(note.after)) for note in outcome.notes if note.kind == RENAMED}
    assert {("客户资料", "客户信息"), ("客户号", "客户编号"), ("手机", "联系电话"), ("跟进记录", "沟通记录")} <= renamed


def test_a_workbook_that_lost_two_of_its_stamps_is_still_known(written, moved) -> None:
    def strip(book) -> None:
        del book.defined_names[DEFINED_NAME]
        book.custom_doc_props.props.clear()

    old = written({"customers": CUSTOMERS}, strip)
    assert checked(old).stamp is not None
    assert moved(old)[0].notes == ()


def test_a_rule_that_the_old_workbook_did_not_know_is_listed(tmp_path, moved) -> None:
    (tmp_path / "factory.toml").write_text('[[customers.rules]]\ncode = "X001"\nholds = "note"\n', "utf-8")
    old = tmp_path / "old.xlsx"
    write_template(old, standard(), rows=3, filled={"customers": [CUSTOMERS[0]]})
    outcome, new = moved(old, config=tmp_path / "factory.toml")
    assert cells_of(outcome, UNCHANGED) == [("客户信息!5:5", "")]
    assert "备注" in str(notes_of(new)[0])


# A factory's own columns and lists


@pytest.mark.slow
def test_a_factorys_own_columns_arrive_in_either_language(written, moved) -> None:
    from factory_crm.crm import load

    schema = load(EXAMPLE)
    order = ORDER | {"colour": "黄", "deposit": 20, "series": "甲系列", "model": "A1"}
    old = written({"customers": CUSTOMERS, "orders": [order]}, schema=schema)
    _, english = moved(old, config=EXAMPLE, language="en")
    assert line(english, "Orders")["Colour"].value == "Yellow"
    outcome, chinese = moved(english, config=EXAMPLE)
    assert line(chinese, "订单记录")["颜色"].value == "黄"
    assert outcome.notes == ()
    without, _ = moved(old)
    assert sorted(before for _, before in cells_of(without, LEFT)) == ["20", "A1", "甲系列", "黄"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_result_out_of_range_is_told_as_what_it_is_not_as_typed_over(written, moved, language) -> None:
    from factory_crm.crm import load

    order = ORDER | {"deposit": 500, "rest": Result(-450), "model": None}
    old = written({"customers": CUSTOMERS, "orders": [order]}, schema=load(EXAMPLE))
    told = {problem.location.cell: problem.code.name for problem in validate_workbook(old, load(EXAMPLE)).problems}
    assert told["T5"] == "C103"
    outcome, _ = moved(old, config=EXAMPLE, language=language)
    assert (cells_of(outcome, LEFT), cells_of(outcome, REWRITTEN)) == ([], [])


# What is refused


def test_what_is_no_filled_workbook_is_refused_in_the_readers_words(tmp_path, moved) -> None:
    (tmp_path / "text.xlsx").write_text("订单,数量")
    outcome, new = moved(tmp_path / "text.xlsx")
    assert outcome.written is None
    assert [problem.code.name for problem in outcome.book.problems] == ["F107"]
    assert not new.exists()


def test_the_old_workbook_is_never_written(written) -> None:
    old = written({"customers": CUSTOMERS})
    before = hashlib.sha256(old.read_bytes()).digest()
    with pytest.raises(NotSaved):
        make(migrate.TemplateJob(old, old=old))
    assert hashlib.sha256(old.read_bytes()).digest() == before


def test_a_table_longer_than_any_template_is_refused(written, moved, monkeypatch) -> None:
    monkeypatch.setattr(migrate, "MOST_ROWS", 1)
    outcome, new = moved(written({"customers": CUSTOMERS}))
    assert outcome.too_many == 2
    assert not new.exists()


@pytest.mark.slow
def test_the_same_move_makes_the_same_parts(written, moved) -> None:
    from tests.generated import parts

    old = written({"customers": CUSTOMERS, "orders": [ORDER | {"status": "随便"}]})
    first = parts(moved(old)[1])
    assert parts(moved(old)[1]) == first
