"""Lists of several subjects."""

from ...schema.column_type import Choices

CHOICES: dict[str, Choices] = {
    "yes_no": Choices(
        ("是", "否"),
        aliases={
            "对": "是",
            "有": "是",
            "√": "是",
            "✓": "是",
            "✔": "是",
            "y": "是",
            "yes": "是",
            "true": "是",
            "不是": "否",
            "没有": "否",
            "×": "否",
            "x": "否",
            "n": "否",
            "no": "否",
            "false": "否",
        },
        fixed=True,
    ),
    "channel": Choices(
        ("电话", "微信", "邮件", "拜访", "来访", "视频会议", "展会", "网站", "其他"),
        aliases={"来电": "电话", "去电": "电话", "邮箱": "邮件", "上门": "拜访", "会议": "视频会议"},
        open_list=True,
    ),
    "purpose": Choices(("履行订单", "售后服务", "满意度回访", "营销推广", "统计分析"), aliases={"回访": "满意度回访"}),
}
