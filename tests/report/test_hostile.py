"""Ten thousand hostile texts in every text column: no formula, no link, and each the same when it is read back."""

from datetime import date, datetime
from random import Random

import pytest

from factory_crm.crm import schema as standard
from factory_crm.crm.metrics.registry import compute
from factory_crm.crm.summary import write_summary
from factory_crm.merge.result import MergeResult
from tests.crm.metrics import drawing
from tests.report.builders import loaded

pytestmark = pytest.mark.slow
ROWS = 10_000
PIECES = (
    *(
        "=",
        "+",
        "-",
        "@",
        "＝",
        "＋",
        "'",
        '"',
        "{=",
        "}",
        "(",
        ")",
        "!A1",
        "$A$1",
        "1+1",
        "cmd|' /C calc'!A0",
        "HYPERLINK(",
    ),
    *(
        "http://x.example/",
        "https://",
        "mailto:a@x",
        "internal:'计算'!A1",
        "external:c:\\x.xlsx",
        "file://s/x",
        "ftp://x",
        "#REF!",
    ),
    *(
        "_x0041_",
        "_x",
        "<b>",
        "&amp;",
        "]]>",
        "<!--",
        "\n",
        "\t",
        "数",
        "客户",
        "😀",
        "\u202e",
        "\u200b",
        "é",
        "1e5",
        "00123",
        "TRUE",
    ),
    *("%s", "{title}", "{0}", "~", "*", "?", "|", ";", ",", " "),
)
TITLES = {"orders": "订单", "services": "服务", "feedbacks": "反馈"}
SHOWN = {
    "orders": {"订单编号": "order_id", "产品型号": "product", "备注": "note", "来源文件": "file", "填报单位": "office"},
    "services": {"描述": "description", "处理人员": "handler", "处理结果": "outcome", "产品型号": "product"},
    "feedbacks": {"客户反馈": "text", "处理结果": "outcome"},
}


def text(chance):
    return "".join(chance.choice(PIECES) for _ in range(chance.randint(1, 6))).strip() or "="


def rows(chance, table):
    """Rows whose every text is hostile; only what binds them to each other is drawn from few."""
    schema, customers = drawing.schema(table), [f"C{at}" for at in range(40)]
    texts = [
        name
        for name, kind in schema.items()
        if kind == "str" and name not in {"customer_id", "digest", "extra", "sheet"}
    ]
    for at in range(40 if table == "customers" else ROWS):
        row = {name: text(chance) for name in texts}
        day = datetime.fromordinal(date(2023, 7, 1).toordinal() + at % 360).date().isoformat()
        more = {
            "customers": {"customer_id": customers[at % 40]},
            "orders": {"order_id": f"{row.get('order_id')}{at}", "line": 1, "quantity": 10_000, "amount": at, "ordered_on": day},
            "services": {"service_id": f"S{at}", "received_at": day, "event": "投诉"},
            "feedbacks": {"feedback_id": f"F{at}", "given_on": day, "score": 1 + at % 5},
        }[table]  # fmt: skip
        yield {**row, "customer_id": chance.choice(customers), **more}


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    path, chance = tmp_path_factory.mktemp("hostile") / "s.xlsx", Random(7)
    frames = {table: drawing.framed(table, rows(chance, table)) for table in drawing.SHEETS}
    merged = MergeResult(drawing.on("pandas", frames), (), (), (), (), date(2024, 6, 30))
    write_summary(path, merged, compute(merged.tables, merged.as_of), standard())
    return frames, loaded(path)


def test_no_text_became_a_formula_or_a_link(written):
    _, book = written
    links = [cell.hyperlink for sheet in book for row in sheet.iter_rows() for cell in row if cell.hyperlink]
    assert {link.target for link in links} == {None}
    assert all(link.location.endswith("!A1") for link in links)
    for title in (*TITLES.values(), "待办", "预测", "人员绩效", "指标口径"):
        assert [cell for row in book[title].iter_rows() for cell in row if cell.data_type == "f"] == [], title
    allowed = ("=COUNTIFS(", "=SUMIFS(", "=ROUND(", "=IF(", "=IFERROR(MATCH(", "=SUM(", "=0")
    formulas = [cell.value for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert [formula for formula in formulas if not formula.startswith(allowed)] == []


@pytest.mark.parametrize("table", TITLES)
def test_every_text_is_read_back_as_it_was(written, table):
    frames, book = written
    heads, *lines = book[TITLES[table]].iter_rows(min_row=4, values_only=True)
    assert len(lines) == ROWS
    for header, name in SHOWN[table].items():
        at = heads.index(header)
        assert [line[at] for line in lines] == frames[table][name].tolist(), header
