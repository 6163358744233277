"""The declarations of the figures that came later, among them all that only the full edition's sheets can tell."""

from ...metrics.metric import Metric, declare

_DAY = ("orders.ordered_on", "orders.shipped_on", "orders.status")
_ASKED = ("services.received_at", "services.responded_at", "services.closed_at", "services.event")

# fmt: off
MORE: tuple[Metric, ...] = (
    declare("new_customers", "新客户数", "家", ("customers.customer_id", "customers.registered_on"),
            "注册日期在期内的客户数，按不同的客户编号计数。", "up"),
    declare("clv", "客户终身价值（收入口径）", "元", ("orders.customer_id", "orders.amount", *_DAY),
            "平均订单额 × 每个下单客户一年的订单数 × 预计年限，不扣成本。一年的订单数按期内有数据的天数折算；"
            "年限 = 1 ÷ 年流失率，最多 {clv_cap_years} 年，流失率未知时按 {clv_unknown_years} 年。数据不满 180 天时算不出。", "up"),
    declare("target_rate", "销售目标完成率", "%", ("sales_targets.owner", "sales_targets.month", "sales_targets.amount"),
            "期内各月有目标的人的销售额 ÷ 他们的目标金额之和；只算月初在期内的月份，最后一个月没有过完也按整月目标算。"
            "销售额归订单的业务员，没填业务员的归客户的现负责人；目标不指明负责人的，用全部销售额来比。", "up"),
    declare("handling_days", "订单处理时间中位数", "天", ("order_steps.step", "order_steps.done_on", "orders.ordered_on"),
            "期内完成订单审核的订单，订单审核完成日期 − 下单日期的中位数；目标不超过 {handling_goal_days} 天。", "down", "handling_goal_days"),
    declare("handling_days_p90", "订单处理时间 P90", "天", ("order_steps.step", "order_steps.done_on", "orders.ordered_on"),
            "期内完成订单审核的订单，九成的订单处理时间不超过它（同 Excel 的 PERCENTILE.INC）。", "down"),
    declare("in_progress", "在制订单", "单", ("orders.status", "orders.order_id"),
            "订单状态处于八个步骤之一的订单，不论何时下单；一张订单有几行时，看进度最慢的一行。", current=True),
    declare("sla_rate", "服务时限达标率", "%", _ASKED,
            "达标率 = 达标 ÷（达标 + 超时）；只算期内受理的服务。首次响应和办结都没有超时的算达标；没办结而已超时的算超时，"
            "没办结也没超时的不计入；缺钟点的不看响应。响应时限：高 {high_response_hours} 小时，中 {mid_response_hours} 小时，低 {low_response_days} 天，"
            "有工作日历时按工作时间；办结时限：高 {complaint_days} 天，中 {repair_days} 天，低 {question_days} 天。"
            "没有优先级的，投诉按高、售后服务按中、咨询按低。", "up", "sla_goal"),
    declare("told_rate", "投诉告知及时率", "%", ("services.told_on", "services.event", "services.closed_at"),
            "期内办结的投诉中，办结后 {inform_days} 天内把结果告诉客户的占多少；没填告知日期的算没有告知。", "up"),
    declare("nps", "净推荐值", "点", ("surveys.recommendation", "surveys.answered_on"),
            "期内调查中推荐意愿 9–10 的百分比 − 0–6 的百分比，在 −100 与 100 之间。不到 {csat_min_n} 份时仅供参考。", "up"),
    declare("survey_csat", "调查满意度", "%", ("surveys.overall", "surveys.answered_on"),
            "期内调查中总体满意度不低于 {csat_from} 分的份数 ÷ 填了总体满意度的份数。不到 {csat_min_n} 份时仅供参考。", "up"),
    declare("closure_rate", "反馈闭环率", "%", ("feedbacks.done_on", "feedbacks.given_on"),
            "期内的反馈中，改进已经完成（填了完成日期）的占多少。", "up"),
    declare("closure_days", "反馈闭环天数中位数", "天", ("feedbacks.done_on", "feedbacks.given_on"),
            "期内完成改进的反馈，完成日期 − 反馈日期的中位数。", "down"),
    declare("recurrence_rate", "反馈复发率", "%", ("feedbacks.issue", "feedbacks.customer_id", "feedbacks.given_on"),
            "期内填了反馈类别的反馈中，同一客户 {recurrence_days} 天内曾有过同类反馈的占多少；当天的不算。", "down"),
    declare("pipeline_amount", "商机加权金额", "元", ("opportunities.amount", "opportunities.stage", "opportunities.result"),
            "还没有结果的销售机会，预计金额 × 所在阶段的成交概率之和：客户识别 10%，客户接触 20%，需求分析 50%，方案制定 80%，"
            "合同签订和售后服务 100%。", "up", current=True),
    declare("win_rate", "赢单率", "%", ("opportunities.result", "opportunities.ended_on"),
            "赢单率 = 结束日期在期内的赢单数 ÷（赢单数 + 输单数）。", "up"),
    declare("receivable", "应收账款", "元", ("orders.paid", "orders.amount", "orders.payment_due_on", "orders.status"),
            "未取消的订单行中，总金额 − 已收金额为正的余额之和；只算填了已收金额或付款到期日的行，已收金额空着算没收。", "down", current=True),
    declare("overdue_receivable", "逾期应收", "元", ("orders.payment_due_on", "orders.paid", "orders.amount", "orders.status"),
            "应收账款中付款到期日已过的部分；没有付款到期日的不计入。", "down", current=True),
    declare("members", "会员数", "家", ("loyalty.customer_id", "loyalty.given_on"),
            "有积分记录的客户数。积分 = ⌊（已完成订单金额 − 退款）÷ {yuan_a_point} 元⌋ + 积分记录之和。", "up"),
    declare("member_repeat_rate", "会员复购率", "%", ("loyalty.customer_id", "orders.customer_id", "orders.order_id", *_DAY),
            "有积分记录的客户的复购率，算法同复购率。", "up"),
    declare("other_repeat_rate", "非会员复购率", "%", ("loyalty.customer_id", "orders.customer_id", "orders.order_id", *_DAY),
            "没有积分记录的客户的复购率，与会员复购率对照；没有任何积分记录时算不出。", "up"),
    declare("trained", "培训人次", "人次", ("trainings.people", "trainings.held_on"),
            "期内各次培训的参训人数之和；没填人数的按一人算。", "up"),
    declare("training_gain", "培训提分", "点", ("trainings.before", "trainings.after", "trainings.held_on"),
            "期内两项得分都填了的培训，培训后得分 − 培训前得分的平均数，不按人数加权。", "up"),
    declare("contacts_made", "沟通次数", "次", ("contact_logs.held_at", "contact_logs.customer_id"),
            "期内的沟通记录条数。", "up"),
    declare("reorder_error_days", "复购预测误差", "天", ("orders.product", "orders.customer_id", *_DAY),
            "用过去的数据检验：每个客户每种产品，用前几次（不少于 3 次）订货间隔的中位数预测下一次，预测与实际相差天数的中位数。", "down"),
    declare("reorder_error_share", "复购数量误差", "%", ("orders.quantity", "orders.product", "orders.customer_id", *_DAY),
            "同一检验中，用前几次数量的中位数预测下一次数量，相差的数量 ÷ 实际数量的中位数。", "down"),
    declare("completeness", "数据完整率", "%", ("customers.customer_id", "customers.phone", "customers.registered_on"),
            "四张主表中会影响指标的列（模板标 ☆）填了的格数 ÷ 应填的格数。", "up", current=True),
    declare("first_pass_rate", "一次通过率", "%", ("cover.office",),
            "读到的工作簿中，没有任何错误的占多少；警告和可自动修正的不算错误。", "up", current=True),
    declare("problems_per_100", "每百行问题数", "个", ("cover.office",),
            "检查发现的错误和警告数 ÷ 读到的行数 × 100；可自动修正的不计入。", "down", current=True),
)
# fmt: on
"""In the order they are shown, after those of ``figures``."""
