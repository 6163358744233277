"""What kind of customer it is, and how a sale goes."""

from ...schema.column_type import Choices

STAGES = ("客户识别", "客户接触", "需求分析", "方案制定", "合同签订", "售后服务")
"""The six stages of a sale, in order."""
WON, LOST = "赢单", "输单"

CHOICES: dict[str, Choices] = {
    "customer_type": Choices(
        ("企业", "个人"), aliases={"公司": "企业", "单位": "企业", "个体": "个人", "自然人": "个人"}, fixed=True
    ),
    "industry": Choices(
        (
            "电子制造",
            "机械设备",
            "汽车零部件",
            "家用电器",
            "医疗器械",
            "通信设备",
            "新能源",
            "纺织服装",
            "食品饮料",
            "化工材料",
            "建筑建材",
            "贸易流通",
            "其他",
        ),
        open_list=True,
    ),
    "size": Choices(
        ("大型", "中型", "小型", "微型"),
        aliases={"大型企业": "大型", "中型企业": "中型", "小型企业": "小型", "微型企业": "微型", "小微企业": "微型"},
    ),
    "needs": Choices(
        ("采购量大", "重视品质", "注重交期", "价格敏感", "需要定制"),
        aliases={
            "量大": "采购量大",
            "品质": "重视品质",
            "质量": "重视品质",
            "交期": "注重交期",
            "价格": "价格敏感",
            "定制": "需要定制",
        },
    ),
    "source": Choices(("展会", "网络", "老客户介绍", "电话开发", "拜访", "广告", "招投标", "其他"), open_list=True),
    "decision_role": Choices(("决策人", "使用人", "采购", "技术", "财务", "其他"), open_list=True),
    "stage": Choices(STAGES, aliases={"签约": "合同签订", "报价": "方案制定"}, fixed=True),
    "sale_result": Choices(
        (WON, LOST), aliases={"成交": WON, "赢": WON, "中标": WON, "丢单": LOST, "输": LOST, "未中标": LOST}, fixed=True
    ),
    "lost_for": Choices(("价格", "交期", "质量", "服务", "关系", "需求取消", "其他"), open_list=True),
}
