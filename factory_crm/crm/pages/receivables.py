"""应收账款 (full edition): what each customer still owes, by how long it is overdue."""

from ...report.format import in_words
from ...report.render.cells import ReportPage, rows_of, yuan
from ...report.render.table_page import ColumnMaker, StackedTable, write_stack
from ..metrics.results import Results
from .names import names_of

TITLE = "应收账款"
_AGES = (
    ("应收合计(元)", "receivable_fen"), ("未到期(元)", "not_due_fen"), ("逾期 1–30 天(元)", "to_30_fen"),
    ("逾期 31–60 天(元)", "to_60_fen"), ("逾期 61–90 天(元)", "to_90_fen"), ("逾期 90 天以上(元)", "over_90_fen"),
)  # fmt: skip


def write_receivables(page: ReportPage, results: Results) -> None:
    """Write one line a customer, the most first."""
    report, column = page.report, ColumnMaker(page)
    rows, names = rows_of(results.frames["receivables"]), names_of(report, results)
    columns = [
        column("客户编号", "number", 100, [row["customer_id"] for row in rows]),
        column("客户名称", "text", 190, [names.get(row["customer_id"]) for row in rows]),
        *(column(header, "money", 120, [yuan(row[name]) for row in rows]) for header, name in _AGES),
    ]
    owed, overdue = (results.figures[name] for name in ("receivable", "overdue_receivable"))
    told = report.translate(
        "应收 {owed}，其中逾期 {overdue}；只看填了已收金额或付款到期日的订单行。",
        owed=in_words(owed, owed.value, report.language),
        overdue=in_words(overdue, overdue.value, report.language),
    )
    write_stack(page, told, [StackedTable("", columns, report.translate("没有应收账款。"))], frozen=2)
