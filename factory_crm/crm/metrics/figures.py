"""The only declaration of every figure: its words, what it needs, which way is better."""

from collections.abc import Mapping

from ...metrics.columns import SHEETS
from ...metrics.metric import (
    ESTIMATED,
    FEW_RATINGS,
    NO_FIFTHS,
    PLAIN,
    RATES,
    Metric,
    MetricResult,
    MetricValue,
    declare,
    share,
)
from .figures_more import MORE

__all__ = [
    "ESTIMATED",
    "FEW_RATINGS",
    "METRICS",
    "NO_FIFTHS",
    "PLAIN",
    "RATES",
    "SHEETS",
    "Metric",
    "MetricResult",
    "MetricValue",
    "share",
]  # fmt: skip

_DAY = ("orders.ordered_on", "orders.shipped_on", "orders.status")


# fmt: off
_CORE = (
    declare("orders", "订单数", "单", ("orders.order_id", *_DAY),
            "期内下单、未取消的订单，按不同的订单编号计数；没有下单日期的行按发货日期归期，两者都没有的不计入。", "up"),
    declare("amount", "销售额", "元", ("orders.amount", *_DAY),
            "期内未取消的订单行的总金额之和，未扣退货；没有下单日期的行按发货日期归期，两者都没有的不计入。", "up"),
    declare("order_value", "平均订单额", "元", ("orders.amount", "orders.order_id", *_DAY),
            "平均订单额 = 销售额 ÷ 订单数，四舍五入到分。", "up"),
    declare("buyers", "下单客户数", "家", ("orders.customer_id", *_DAY),
            "期内有未取消订单的客户，按不同的客户编号计数，含未登记客户。", "up"),
    declare("repeat_rate", "复购率", "%", ("orders.customer_id", "orders.order_id", *_DAY),
            "复购率 = 期内在两个或更多不同日子下过单的客户数 ÷ 期内下过单的客户数；同一天的几张订单算一次。", "up"),
    declare("active_customers", "活跃客户数", "家", ("orders.customer_id", *_DAY, "customers.customer_id"),
            "期末处于“新客户”或“活跃”阶段的客户数。阶段依次判断：潜在 = 没有订单；"
            "新客户 = 首次下单距今不超过 {new_days} 天；活跃 = 最近下单距今不超过 {t1_days} 天；"
            "沉睡 = 超过 {t1_days} 天、不超过 {t2_days} 天；流失 = 超过 {t2_days} 天。"
            "有订单而没有任何日期的客户不判断阶段，记为“数据不足”。", "up"),
    declare("retention_rate", "保留率", "%", ("orders.customer_id", *_DAY),
            "保留率 = 1 − 流失率：期初的新客户和活跃客户中，期末没有流失的占多少。", "up"),
    declare("churn_rate", "流失率", "%", ("orders.customer_id", *_DAY),
            "流失率 = 期初处于“新客户”或“活跃”阶段、期末已“流失”（超过 {t2_days} 天没有下单）的客户数 ÷ 期初处于这两个阶段的客户数；"
            "逐个客户比对，期初以后新来的客户不影响它。", "down"),
    declare("key_customers", "重要价值客户数", "家", ("orders.customer_id", "orders.order_id", "orders.amount", *_DAY),
            "RFM 八类中“重要价值”的客户数。R = 最近下单日期，F = 期内订单数，M = 期内金额；"
            "期内有订单的客户每项按名次分五档（5 最好，数值相同则同档），得分不低于平均分为高，三项高低组合成八类。"
            "下单客户少于 {rfm_floor} 家时不分档："
            "最近下单距今不超过 {t1_days} 天、订单数不少于 {rfm_orders}、金额不低于中位数各为高。", "up"),
    declare("top_customers", "A 类客户数", "家", ("orders.customer_id", "orders.amount", *_DAY),
            "价值等级为 A 的客户数。期内有金额的客户按金额从高到低排列（金额相同按客户编号）："
            "排在前面的客户累计金额占比不到 {share_a:.0%} 的为 A，不到 {share_b:.0%} 的为 B，其余为 C；"
            "期内没有金额的为“未评级”。"),
    declare("on_time_rate", "准时交付率", "%", ("orders.due_on", "orders.received_on", "orders.shipped_on", "orders.status"),
            "准时交付率 = 约定交期在期内、未取消、已交付或已过期的订单行中，"
            "{basis}不晚于约定交期（宽限 {on_time_tolerance_days} 天）的行数 ÷ 总行数；没有约定交期的行不计入，"
            "已过期还没有交付的算不准时；交期变更只有客户要求的才算数。", "up", "on_time_goal"),
    declare("ship_days", "发货用时中位数", "天", ("orders.ordered_on", "orders.shipped_on"),
            "期内发货的订单行从下单日期到发货日期的天数，取中位数；缺日期或先后颠倒的不计入。", "down"),
    declare("ship_days_p90", "发货用时 P90", "天", ("orders.ordered_on", "orders.shipped_on"),
            "期内发货的订单行从下单日期到发货日期的天数，九成的行不超过它（同 Excel 的 PERCENTILE.INC）。", "down"),
    declare("transit_days", "运输用时中位数", "天", ("orders.shipped_on", "orders.received_on"),
            "期内收货的订单行从发货日期到收货日期的天数，取中位数；缺日期的不计入。", "down"),
    declare("transit_days_p90", "运输用时 P90", "天", ("orders.shipped_on", "orders.received_on"),
            "期内收货的订单行从发货日期到收货日期的天数，九成的行不超过它（同 Excel 的 PERCENTILE.INC）。", "down"),
    declare("lead_days", "交付周期中位数", "天", ("orders.ordered_on", "orders.received_on"),
            "期内收货的订单行从下单日期到收货日期的天数，取中位数；缺日期的不计入。", "down"),
    declare("lead_days_p90", "交付周期 P90", "天", ("orders.ordered_on", "orders.received_on"),
            "期内收货的订单行从下单日期到收货日期的天数，九成的行不超过它（同 Excel 的 PERCENTILE.INC）。", "down"),
    declare("response_mean", "平均首次响应时间", "小时", ("services.received_at", "services.responded_at"),
            "首次响应时间 − 受理时间的平均数，有工作日历时按工作小时，否则按自然小时；只算期内受理、两者都填了钟点的服务。", "down"),
    declare("response_median", "首次响应时间中位数", "小时", ("services.received_at", "services.responded_at"),
            "首次响应时间 − 受理时间的中位数，有工作日历时按工作小时，否则按自然小时；只算期内受理、两者都填了钟点的服务。", "down"),
    declare("response_p90", "首次响应时间 P90", "小时", ("services.received_at", "services.responded_at"),
            "九成的首次响应不超过这么久（同 Excel 的 PERCENTILE.INC），有工作日历时按工作小时，否则按自然小时；只算期内受理、两者都填了钟点的服务。", "down"),
    declare("response_rate", "及时响应率", "%", ("services.received_at", "services.responded_at", "services.closed_at"),
            "及时响应率 = {response_target_hours} 小时内响应的服务数 ÷（已响应的 + 未响应、未办结且已超时的）；"
            "只算期内受理、填了钟点的服务；有工作日历时按工作小时，否则按自然小时。", "up", "response_goal"),
    declare("resolution_median", "解决时间中位数", "天", ("services.received_at", "services.closed_at"),
            "期内办结的服务，处理日期 − 受理时间的中位数；有一项没填钟点的按整天算，缺受理时间的不计入。", "down"),
    declare("resolution_p90", "解决时间 P90", "天", ("services.received_at", "services.closed_at"),
            "期内办结的服务，九成的处理日期 − 受理时间不超过它（同 Excel 的 PERCENTILE.INC）；有一项没填钟点的按整天算。", "down"),
    declare("resolution_rate", "按时办结率", "%", ("services.received_at", "services.closed_at", "services.event"),
            "按时办结率 = 按时办结的服务数 ÷（已办结的 + 未办结且已超时的）；只算期内受理的服务。时限："
            "高 {complaint_days} 天，中 {repair_days} 天，低 {question_days} 天；没有优先级的，投诉按高、售后服务按中、咨询按低。", "up"),
    declare("fcr_rate", "一次解决率", "%", ("services.first_contact", "services.closed_at", "services.customer_id", "services.event", "services.order_id"),
            "一次解决率 = “一次解决”填“是”、且办结后 {fcr_days} 天内没有重开的服务数 ÷ 期内满 {fcr_days} 天的已办结、填了“一次解决”的服务数；"
            "没有“重开日期”一列时，看同一客户同一订单有没有再来同类服务，属估算。", "up"),
    declare("complaints", "投诉数", "起", ("services.event", "services.received_at"),
            "期内的投诉。按受理时间归期，没有的按首次响应时间或处理日期，都没有的不计入。", "down"),
    declare("complaint_rate", "每百单投诉", "起/百单", ("services.event", "services.received_at", "orders.order_id", "orders.received_on"),
            "每百单投诉 = 期内投诉数 ÷ 期内有收货的订单数 × 100。", "down"),
    declare("open_complaints", "未办结投诉", "起", ("services.event", "services.closed_at"),
            "到期末还没有处理日期的投诉，不论何时受理。", "down"),
    declare("csat", "满意度", "%", ("feedbacks.score", "feedbacks.given_on"),
            "满意度 = 期内评分不低于 {csat_from} 分的反馈数 ÷ 有评分的反馈数；不是平均分。"
            "有评分的不到 {csat_min_n} 条时仅供参考。", "up"),
    declare("mean_score", "平均评分", "分", ("feedbacks.score", "feedbacks.given_on"),
            "期内有评分的反馈的平均评分，满分 5 分。有评分的不到 {csat_min_n} 条时仅供参考。", "up"),
)
# fmt: on
METRICS: Mapping[str, Metric] = {metric.name: metric for metric in (*_CORE, *MORE)}
"""Every figure, in the order they are shown."""
