"""The tables this toolkit began with, as they stood in the article: one customer's card, without a template."""

from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from .save import save

TABLES: dict[str, dict[str, Any]] = {
    "客户信息": {
        "客户编号": "CUS001",
        "客户名称": "ABC有限公司",
        "联系人姓名": "张三",
        "联系电话": "13800000000",
        "电子邮箱": "zhangsan@abc.com",
        "公司地址": "北京市朝阳区XX街道XX号",
        "注册日期": date(2023, 1, 1),
    },
    "订单记录": {
        "订单编号": "ORD001",
        "产品型号": "X100",
        "数量": 1000,
        "单价(元)": 50,
        "总金额(元)": 50000,
        "发货日期": date(2023, 2, 1),
        "收货日期": date(2023, 2, 10),
    },
    "服务记录": {
        "事件类型": "咨询",
        "描述": "询问产品详细规格",
        "处理人员": "李四",
        "处理结果": "已答复",
        "处理日期": date(2023, 3, 1),
    },
    "反馈评价": {"反馈日期": date(2023, 4, 1), "客户反馈": "产品交期较慢", "处理结果": "正在改进", "评分(满分5分)": 3},
}
"""Every table's headers and its one row."""


def write_seed(target: Path) -> None:
    """Write the four tables as four plain sheets, headers in row 1."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for title, row in TABLES.items():
        sheet = workbook.create_sheet(title)
        sheet.append(list(row))
        sheet.append(list(row.values()))
    save(workbook, target)
