"""The seed's card holds the seed's own tables, word for word."""

from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from factory_crm.examples.seed import write_seed

# as they stand in the article, separators and all
ARTICLE = {
    "客户信息": (
        "客户编号 | 客户名称 | 联系人姓名 | 联系电话 | 电子邮箱 | 公司地址 | 注册日期 |",
        "CUS001 | ABC有限公司 | 张三 | 13800000000 | zhangsan@abc.com | 北京市朝阳区XX街道XX号 | 2023-01-01 |",
    ),
    "订单记录": (
        "订单编号 | 产品型号 | 数量 | 单价(元) | 总金额(元) | 发货日期 | 收货日期 |",
        "ORD001 | X100 | 1000 | 50 | 50000 | 2023-02-01 | 2023-02-10 |",
    ),
    "服务记录": (
        "事件类型 | 描述 | 处理人员 | 处理结果 | 处理日期 |",
        "咨询 | 询问产品详细规格 | 李四 | 已答复 | 2023-03-01 |",
    ),
    "反馈评价": (
        "反馈日期 | 客户反馈 | 处理结果 | 评分(满分5分) |",
        "2023-04-01 | 产品交期较慢 | 正在改进 | 3 |",
    ),
}


@pytest.fixture
def card(tmp_path: Path) -> Path:
    write_seed(tmp_path / "card.xlsx")
    return tmp_path / "card.xlsx"


def written(value: object) -> str:
    return f"{value:%Y-%m-%d}" if isinstance(value, datetime) else str(value)


def test_the_card_is_the_article_word_for_word(card: Path) -> None:
    made = {
        page.title: tuple(" | ".join(map(written, row)) + " |" for row in page.iter_rows(values_only=True))
        for page in load_workbook(card).worksheets
    }
    assert made == ARTICLE


def test_dates_and_numbers_are_real_and_the_phone_is_text(card: Path) -> None:
    book = load_workbook(card)
    assert isinstance(book["客户信息"]["D2"].value, str)
    assert isinstance(book["客户信息"]["G2"].value, datetime)
    assert [type(cell.value) for cell in book["订单记录"][2]][2:] == [int, int, int, datetime, datetime]


def test_two_runs_make_the_same_bytes(tmp_path: Path) -> None:
    write_seed(tmp_path / "a.xlsx")
    write_seed(tmp_path / "b.xlsx")
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
