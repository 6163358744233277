"""人员绩效: one line a person: sales beside targets, services, how satisfied their customers are."""

from ...metrics.frames import BLANK
from ...report.render.cells import INSUFFICIENT, ReportPage, rounded, rows_of, yuan
from ...report.render.table_page import ColumnMaker, StackedTable, paint, write_stack
from ..metrics.results import Results
from .details import data_bar

TITLE = "人员绩效"


def write_performance(page: ReportPage, results: Results) -> None:
    """Write the list, as ``metrics.people`` says."""
    translate, column = page.report.translate, ColumnMaker(page)
    rows = rows_of(results.frames["people"])

    def known(name: str, places: int = 2) -> list[object]:
        return [INSUFFICIENT if row[name] is None else rounded(row[name], places) for row in rows]

    columns = [
        column("姓名", "text", 110, [translate(BLANK) if row["person"] == BLANK else row["person"] for row in rows]),
        column("下单客户", "count", 80, [row["customers"] for row in rows]),
        column("订单数", "count", 76, [row["orders"] for row in rows]),
        column("期内金额(元)", "money", 130, [yuan(row["amount_fen"]) for row in rows]),
        column("目标(元)", "money", 120, [yuan(row["target_fen"]) if row["target_fen"] else None for row in rows]),
        column("目标完成率", "rate", 90, [row["target_rate"] for row in rows]),
        column("期内服务", "count", 76, [row["services"] for row in rows]),
        column("响应中位数(小时)", "score", 104, known("response_hours")),
        column("服务时限达标率", "rate", 96, known("sla_rate", 6)),
        column("解决中位数(天)", "score", 104, known("resolution_days")),
        column("评分条数", "count", 76, [row["rated"] for row in rows]),
        column("客户满意度", "rate", 90, known("csat", 6)),
    ]
    told = translate(
        "{count} 人。金额归订单的业务员，没填的归客户的现负责人，未扣退货；服务按处理人员，满意度按客户的现负责人。"
        "人少、条数少时请勿据此评比。",
        count=len(rows),
    )
    part = StackedTable("", columns, translate("还没有填负责人或处理人员。"))
    write_stack(page, told, [part])
    paint(page, part, 3, data_bar())
