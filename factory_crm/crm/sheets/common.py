"""What the sheets say alike: hints of references and headers under which their columns are found."""

from ...schema.model import Sheet
from ..lists import CHOICES


class CustomerSheet(Sheet):
    """Base of the sheets of the customer workbook: by themselves, their columns are chosen from the standard lists."""

    choice_lists = CHOICES


PICK_CUSTOMER = "从下拉选择；须先登记在「客户信息」"
PICK_ORDER = "从下拉选择；须先登记在「订单记录」"
BY_CONTENT = "可不填，由系统按内容编号"
WHICH_LINE = "订单里的哪一行；只有一行时不用填"
NAME_ALIASES = ("客户", "公司名称", "企业名称", "单位名称")
CUSTOMER_ALIASES = ("客户号", "客户代码", "客户ID")
ORDER_ALIASES = ("订单号", "订单ID")
