"""反馈评价 and 满意度调查: what customers think."""

from datetime import date
from typing import ClassVar

from ...schema.column import column
from ...schema.rule import Rule, rule
from ...schema.types import Choice, Day, LongText, Recommendation, RecordId, Score, Text
from .common import BY_CONTENT, CUSTOMER_ALIASES, NAME_ALIASES, PICK_CUSTOMER, CustomerSheet


class Feedback(
    CustomerSheet, table="feedbacks", title="反馈评价", purpose="一行一条客户反馈。评分为 1–5 的整数，5 为最满意。"
):
    """One row for each feedback of a customer."""

    edition_docs: ClassVar = {"full": "A feedback with what was done about it: 回应, 分析, 改进, 评估."}  # zh only
    happened_on = ("given_on",)
    detail_title = "反馈"

    aliases = ("反馈", "客户反馈表", "评价", "反馈与评价")

    feedback_id: RecordId | None = column(
        "反馈编号",
        "可不填，由系统按内容编号",
        key=True,
        example="FB001",
        aliases=("反馈单号",),
        key_from=("customer_id", "given_on", "text"),
    )
    customer_id: RecordId = column(
        "客户编号", PICK_CUSTOMER, references="customers", example="CUS001", aliases=CUSTOMER_ALIASES
    )
    customer_name: Text | None = column("客户名称", lookup="customer_id", aliases=NAME_ALIASES)
    order_id: RecordId | None = column(
        "订单编号", "与订单有关时填", references="orders", example="ORD001", aliases=("订单号", "订单ID")
    )
    given_on: Day = column("反馈日期", event_date=True, example=date(2023, 4, 1), aliases=("评价日期", "反馈时间"))
    text: LongText = column("客户反馈", "客户的原话或大意", example="产品交期较慢", aliases=("反馈内容", "反馈意见"))
    issue: Choice | None = column("反馈类别", choices="issue", example="交期")
    outcome: LongText | None = column("处理结果", example="正在改进", aliases=("结果",))
    score: Score | None = column(
        "评分(满分5分)",
        "1–5 的整数",
        recommended_for="满意度",
        example=3,
        aliases=("评分", "满意度", "打分", "满意度评分"),
    )
    product: Text | None = column(
        "产品型号", "有关的产品", example="X100", aliases=("型号", "产品", "产品名称"), edition="full"
    )
    channel: Choice | None = column("反馈渠道", "可选可填", choices="channel", example="微信", edition="full")
    replied_on: Day | None = column(
        "首次回应日期", example=date(2023, 4, 2), aliases=("回应日期",), edition="full", ends=True
    )
    cause: LongText | None = column("原因分析", example="生产排期不当", aliases=("原因",), edition="full")
    measures: LongText | None = column("改进措施", example="调整排期", aliases=("措施",), edition="full")
    responsible: Text | None = column("责任人", example="王五", edition="full")
    done_on: Day | None = column("完成日期", "改进做完才填", example=date(2023, 4, 20), edition="full", ends=True)
    effect: LongText | None = column("效果评估", example="交期缩短 3 天", aliases=("效果",), edition="full")

    rules: ClassVar[tuple[Rule, ...]] = (
        rule("R411", "replied_on >= given_on"),
        rule("R412", "done_on >= given_on"),
        rule("R413", "not done_on or measures", at="measures", severity="warning", remedy="写下做了哪些改进"),
    )


class Survey(
    CustomerSheet,
    table="surveys",
    title="满意度调查",
    purpose="一行一份调查。各项 1–5 分，5 为最满意；推荐意愿 0–10。",
    edition="full",
):
    """One row for each answered survey."""

    may_be_absent = True
    happened_on = ("answered_on",)

    aliases = ("满意度调查表", "调查")

    survey_id: RecordId | None = column(
        "调查编号",
        BY_CONTENT,
        key=True,
        example="SUR001",
        key_from=("customer_id", "answered_on", "contact", "overall"),
    )
    customer_id: RecordId = column(
        "客户编号", PICK_CUSTOMER, references="customers", example="CUS001", aliases=CUSTOMER_ALIASES
    )
    customer_name: Text | None = column("客户名称", lookup="customer_id", aliases=NAME_ALIASES)
    answered_on: Day = column("调查日期", example=date(2023, 5, 1))
    contact: Text | None = column("受访人", example="张三")
    quality: Score | None = column("产品质量", "1–5 的整数", example=4)
    response: Score | None = column("响应速度", "1–5 的整数", example=3)
    service: Score | None = column("售后服务", "1–5 的整数", example=5)
    overall: Score | None = column("总体满意度", "1–5 的整数", recommended_for="满意度", example=4, aliases=("总体",))
    recommendation: Recommendation | None = column("推荐意愿", "0–10 的整数", recommended_for="净推荐值", example=9)
    comment: LongText | None = column("意见", example="希望加快发货", aliases=("建议",))
