"""应收账款: what each customer still owes, by how long it is overdue."""

from ...report.data import ReportData
from ...report.format import in_words
from ...report.page import Col, Page, Table, Tables
from ...report.values import yuan
from .names import names_of

TITLE = "应收账款"
_AGES = (
    Col("应收合计(元)", "receivable_fen", "money", 120, yuan), Col("未到期(元)", "not_due_fen", "money", 120, yuan),
    Col("逾期 1–30 天(元)", "to_30_fen", "money", 120, yuan), Col("逾期 31–60 天(元)", "to_60_fen", "money", 120, yuan),
    Col("逾期 61–90 天(元)", "to_90_fen", "money", 120, yuan), Col("逾期 90 天以上(元)", "over_90_fen", "money", 120, yuan),
)  # fmt: skip


def receivables_page(data: ReportData) -> Tables:
    """Return one line a customer, the most first."""
    columns = (
        Col("客户编号", "customer_id", "number", 100),
        Col("客户名称", "customer_id", "text", 190, names_of(data).get),
        *_AGES,
    )
    owed, overdue = (data.results.figures[name] for name in ("receivable", "overdue_receivable"))
    sentence = data.translate(
        "应收 {owed}，其中逾期 {overdue}；只看填了已收金额或付款到期日的订单行。",
        owed=in_words(owed, owed.value, data.language),
        overdue=in_words(overdue, overdue.value, data.language),
    )
    table = Table(data.columns_for(data.rows("receivables"), columns), data.translate("没有应收账款。"))
    return Tables(sentence, (table,), frozen=2)


RECEIVABLES = Page(TITLE, receivables_page, place=40, needs=("orders.paid", "orders.payment_due_on"))
