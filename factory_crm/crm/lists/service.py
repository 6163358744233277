"""What customers come with, and how it ends."""

from ...schema.column_type import Choices

CHOICES: dict[str, Choices] = {
    "event": Choices(
        ("咨询", "投诉", "售后服务"),
        aliases={"询问": "咨询", "客诉": "投诉", "售后": "售后服务", "维修": "售后服务"},
        fixed=True,
    ),
    "issue": Choices(
        ("产品质量", "交期", "服务", "价格", "物流", "其他"),
        aliases={
            "质量": "产品质量",
            "品质": "产品质量",
            "交货期": "交期",
            "服务态度": "服务",
            "运输": "物流",
            "其它": "其他",
        },
        fixed=True,
    ),
    "outcome": Choices(("已答复", "已解决", "处理中", "待客户确认", "无法解决"), open_list=True),
    "priority": Choices(
        ("高", "中", "低"), aliases={"紧急": "高", "一般": "中", "普通": "中", "不急": "低"}, fixed=True
    ),
}
