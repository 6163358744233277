"""填写说明: the cover of the customer workbook, which says to begin with the customers."""

from typing import ClassVar

from ...schema.cover import Cover


class CustomerCover(Cover, table=Cover.table, title=Cover.title):
    """What the workbook says of itself: label and value, side by side."""

    steps_title: ClassVar = "三步完成"
    steps: ClassVar = (
        ("① 先登记客户", "在「{entity}」里每个客户填一行，客户编号自己定，如 CUS001。"),
        ("② 再填业务", "在其他各表里从下拉选择客户编号，客户名称自动带出。"),
        ("③ 看检查列", "每行最左边显示 √ 就是没有问题；显示 × 时看最右边的说明，改到变 √。"),
    )
    questions: ClassVar = (
        ("只有一家客户", "「{entity}」里只登记了一家时，其他表的客户编号可以不填。"),
        *Cover.questions,
    )
