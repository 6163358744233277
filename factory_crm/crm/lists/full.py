"""The lists that only the full edition chooses from, beside those of ``choices``."""

from ...schema.column_type import Choices
from .core import CHOICES, STEPS

STAGES = ("客户识别", "客户接触", "需求分析", "方案制定", "合同签订", "售后服务")
"""The six stages of a sale, in order."""
WON, LOST = "赢单", "输单"
OUR_SIDE, THEIR_SIDE = "我方", "客户"

_OFFSETS = (
    *("-10:00", "-09:00", "-08:00", "-07:00", "-06:00", "-05:00", "-04:00", "-03:00", "+00:00", "+01:00", "+02:00"),
    *("+03:00", "+03:30", "+04:00", "+05:00", "+05:30", "+06:00", "+06:30", "+07:00", "+08:00", "+09:00", "+09:30"),
    *("+10:00", "+12:00"),
)
_CURRENCY_ALIASES = {
    "人民币": "CNY",
    "RMB": "CNY",
    "元": "CNY",
    "美元": "USD",
    "美金": "USD",
    "欧元": "EUR",
    "港币": "HKD",
    "港元": "HKD",
    "日元": "JPY",
    "英镑": "GBP",
    "澳元": "AUD",
    "加元": "CAD",
    "新加坡元": "SGD",
    "韩元": "KRW",
    "卢布": "RUB",
    "台币": "TWD",
    "新台币": "TWD",
    "瑞郎": "CHF",
    "泰铢": "THB",
    "卢比": "INR",
}

MORE_CHOICES: dict[str, Choices] = {
    "source": Choices(("展会", "网络", "老客户介绍", "电话开发", "拜访", "广告", "招投标", "其他"), open_list=True),
    "country": Choices(
        (
            "中国",
            "美国",
            "加拿大",
            "墨西哥",
            "巴西",
            "英国",
            "德国",
            "法国",
            "意大利",
            "西班牙",
            "荷兰",
            "波兰",
            "俄罗斯",
            "土耳其",
            "沙特阿拉伯",
            "阿联酋",
            "印度",
            "巴基斯坦",
            "孟加拉国",
            "泰国",
            "越南",
            "马来西亚",
            "新加坡",
            "印度尼西亚",
            "菲律宾",
            "日本",
            "韩国",
            "澳大利亚",
            "新西兰",
            "南非",
            "埃及",
            "尼日利亚",
        ),
        aliases={"中华人民共和国": "中国", "印尼": "印度尼西亚", "沙特": "沙特阿拉伯", "澳洲": "澳大利亚"},
        open_list=True,
    ),
    "currency": Choices(
        (
            *("CNY", "USD", "EUR", "HKD", "JPY", "GBP", "AUD", "CAD", "SGD", "CHF"),
            *("KRW", "TWD", "THB", "VND", "MYR", "IDR", "INR", "RUB", "AED", "BRL", "MXN", "TRY", "ZAR", "NZD"),
        ),
        aliases=_CURRENCY_ALIASES,
    ),
    "language": Choices(
        ("中文", "英文", "日文", "韩文", "德文", "法文", "西班牙文", "俄文", "阿拉伯文", "葡萄牙文"),
        aliases={"汉语": "中文", "英语": "英文", "日语": "日文", "韩语": "韩文", "德语": "德文", "法语": "法文"},
        open_list=True,
    ),
    "time_zone": Choices(
        tuple(f"UTC{offset}" for offset in _OFFSETS),
        aliases={
            "北京时间": "UTC+08:00",
            "东八区": "UTC+08:00",
            "GMT+8": "UTC+08:00",
            "UTC+8": "UTC+08:00",
            "UTC": "UTC+00:00",
            "GMT": "UTC+00:00",
        },
    ),
    "purpose": Choices(("履行订单", "售后服务", "满意度回访", "营销推广", "统计分析"), aliases={"回访": "满意度回访"}),
    "unit": Choices(
        ("件", "个", "套", "台", "只", "箱", "千克", "吨", "米", "平方米", "立方米", "升"),
        aliases={"kg": "千克", "公斤": "千克", "t": "吨", "m": "米", "pcs": "件"},
        open_list=True,
    ),
    "changed_by": Choices((THEIR_SIDE, OUR_SIDE), aliases={"客户原因": THEIR_SIDE, "我方原因": OUR_SIDE}),
    "channel": Choices(
        ("电话", "微信", "邮件", "拜访", "来访", "视频会议", "展会", "网站", "其他"),
        aliases={"来电": "电话", "去电": "电话", "邮箱": "邮件", "上门": "拜访", "会议": "视频会议"},
        open_list=True,
    ),
    "priority": Choices(("高", "中", "低"), aliases={"紧急": "高", "一般": "中", "普通": "中", "不急": "低"}),
    "decision_role": Choices(("决策人", "使用人", "采购", "技术", "财务", "其他"), open_list=True),
    "step": Choices(STEPS, aliases={k: v for k, v in CHOICES["status"].aliases.items() if v in STEPS}),
    "return_reason": Choices(
        ("质量问题", "发错货", "数量不符", "运输损坏", "客户原因", "其他"), aliases={"质量": "质量问题", "其它": "其他"}
    ),
    "return_way": Choices(
        ("退货退款", "换货", "维修", "补发", "折价"), aliases={"退货": "退货退款", "退款": "退货退款"}
    ),
    "stage": Choices(STAGES, aliases={"签约": "合同签订", "报价": "方案制定"}),
    "sale_result": Choices(
        (WON, LOST), aliases={"成交": WON, "赢": WON, "中标": WON, "丢单": LOST, "输": LOST, "未中标": LOST}
    ),
    "lost_for": Choices(("价格", "交期", "质量", "服务", "关系", "需求取消", "其他"), open_list=True),
}
