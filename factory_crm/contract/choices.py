"""The lists to choose from, and the other spellings people use for them: the only declaration of each."""

from .kinds import Choices

_PROVINCES = (
    "北京", "天津", "河北", "山西", "内蒙古", "辽宁", "吉林", "黑龙江", "上海", "江苏", "浙江", "安徽", "福建", "江西", "山东", "河南", "湖北",
    "湖南", "广东", "广西", "海南", "重庆", "四川", "贵州", "云南", "西藏", "陕西", "甘肃", "青海", "宁夏", "新疆", "香港", "澳门", "台湾")
_AUTONOMOUS = {"广西壮族自治区": "广西", "宁夏回族自治区": "宁夏", "新疆维吾尔自治区": "新疆", "国外": "海外", "境外": "海外"}  # zh only
_ENDINGS = ("省", "市", "自治区", "特别行政区")  # zh only

STEPS = ("接单确认", "订单审核", "任务分配", "备料准备", "生产制造", "质量检验", "包装发货", "物流跟踪")
"""The eight steps of an order, in order."""
DONE, PAUSED, CANCELLED = "已完成", "已暂停", "已取消"

CHOICES: dict[str, Choices] = {
    "customer_type": Choices(("企业", "个人"),
                             {"公司": "企业", "单位": "企业", "个体": "个人", "自然人": "个人"}),  # zh only
    "industry": Choices(("电子制造", "机械设备", "汽车零部件", "家用电器", "医疗器械", "通信设备", "新能源", "纺织服装", "食品饮料", "化工材料",
                         "建筑建材", "贸易流通", "其他"), only_suggested=True),
    "size": Choices(("大型", "中型", "小型", "微型"),
                    {"大型企业": "大型", "中型企业": "中型", "小型企业": "小型", "微型企业": "微型", "小微企业": "微型"}),  # zh only
    "region": Choices((*_PROVINCES, "海外"),
                      {**{name + ending: name for name in _PROVINCES for ending in _ENDINGS}, **_AUTONOMOUS}),
    "needs": Choices(("采购量大", "重视品质", "注重交期", "价格敏感", "需要定制"),
                     {"量大": "采购量大", "品质": "重视品质", "质量": "重视品质", "交期": "注重交期", "价格": "价格敏感", "定制": "需要定制"}),  # zh only
    "status": Choices((*STEPS, DONE, PAUSED, CANCELLED), {
        "接单": "接单确认", "已接单": "接单确认", "待审核": "订单审核", "审核中": "订单审核", "备料": "备料准备", "备料中": "备料准备",  # zh only
        "生产": "生产制造", "生产中": "生产制造", "质检": "质量检验", "质检中": "质量检验", "包装": "包装发货", "待发货": "包装发货",  # zh only
        "已发货": "物流跟踪", "运输中": "物流跟踪", "在途": "物流跟踪", "已签收": DONE, "已交货": DONE, "已收货": DONE, "完成": DONE,  # zh only
        "已完结": DONE, "暂停": PAUSED, "取消": CANCELLED, "作废": CANCELLED, "已作废": CANCELLED}),  # zh only
    "event": Choices(("咨询", "投诉", "售后服务"),
                     {"询问": "咨询", "客诉": "投诉", "售后": "售后服务", "维修": "售后服务"}),  # zh only
    "issue": Choices(("产品质量", "交期", "服务", "价格", "物流", "其他"),
                     {"质量": "产品质量", "品质": "产品质量", "交货期": "交期", "服务态度": "服务", "运输": "物流", "其它": "其他"}),  # zh only
    "outcome": Choices(("已答复", "已解决", "处理中", "待客户确认", "无法解决"), only_suggested=True),
    "yes_no": Choices(("是", "否"),
                      {"对": "是", "有": "是", "√": "是", "✓": "是", "✔": "是", "y": "是", "yes": "是", "true": "是",  # zh only
                       "不是": "否", "没有": "否", "×": "否", "x": "否", "n": "否", "no": "否", "false": "否"}),  # zh only
}
