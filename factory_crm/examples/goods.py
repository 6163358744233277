"""What the example factories make and what their customers say: the words of the examples."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Article:
    """A product: what it costs, in what lots it is bought, how long it takes to make, how often it is wanted."""

    model: str
    price: Decimal
    lot: int
    lead: tuple[int, int]
    weight: int
    goes_with: str
    """What is often bought together with it."""


PRODUCTS: dict[str, Article] = {
    product.model: product
    for product in (
        Article("X100", Decimal(50), 200, (14, 24), 9, "M8-25"),
        Article("X150", Decimal("68.5"), 150, (14, 26), 6, "M8-25"),
        Article("X200", Decimal(126), 80, (16, 30), 6, "K12"),
        Article("S30", Decimal("23.4"), 400, (12, 22), 6, "K12"),
        Article("S50", Decimal("31.6"), 400, (12, 24), 7, "S30"),
        Article("K12", Decimal("5.28"), 2000, (10, 18), 4, "S30"),
        Article("M8-25", Decimal("0.8565"), 10000, (10, 16), 4, "X100"),
        Article("T600", Decimal(860), 12, (25, 45), 3, "C900"),
        Article("C900", Decimal(2380), 4, (30, 50), 2, "T600"),
    )
}
TROUBLED = "S50"
"""The product most complaints are about."""

QUESTIONS: tuple[str, ...] = (
    "询问{product}的详细规格",
    "询问{product}的最小起订量",
    "询问下一批{product}的排产时间",
    "索取{product}的检测报告",
    "询问批量采购的折扣",
    "询问能否提前发货",
    "询问{product}与旧型号能否互换",
    "索取最新报价单",
    "询问开票资料",
    "询问{product}的安装尺寸",
    "咨询定制方案的周期",
)
REPAIRS: tuple[str, ...] = (
    "{product}使用三个月后松动，要求上门检查",
    "要求补发{product}的安装附件",
    "{product}校准后仍有偏差，申请返修",
    "申请更换一批{product}的密封圈",
    "请求指导{product}的安装调试",
    "设备保养到期，预约上门",
    "{product}包装受潮，申请补寄标签",
)
COMPLAINTS: dict[str, tuple[str, ...]] = {
    "产品质量": (
        "{product}表面有划痕，约占一成",
        "{product}尺寸超差，装配不上",
        "{product}开箱即有毛刺",
        "{product}一批中有裂纹",
        "{product}用一周后异响",
    ),
    "交期": ("比约定交期晚到，影响了产线", "一再改期，没有提前通知"),
    "物流": ("外箱破损，少了两件", "送错了仓库，耽误半天"),
    "服务": ("电话多次无人接听", "对账单迟迟没有寄到"),
    "价格": ("结算单价与报价不一致",),
}
PRAISE: tuple[str, ...] = (
    "质量稳定，会继续合作",
    "交货准时，包装完好",
    "服务态度好，回复很快",
    "{product}比上一批更好用",
    "整体满意",
    "现场技术员很专业",
    "性价比不错",
    "发货前有短信提醒，很方便",
    "首次合作，印象良好",
    "按图加工，一次合格",
)
GRUMBLES: dict[str, tuple[str, ...]] = {
    "产品质量": (
        "{product}的表面处理不够细",
        "{product}一致性有待提高",
        "{product}返修了两次",
        "{product}边角毛刺较多",
    ),
    "交期": ("产品交期较慢", "希望发货能再早几天", "旺季交期不稳定"),
    "服务": ("换了联系人也没有通知", "售后回复可以再快一些"),
    "物流": ("物流信息更新不及时", "卸货等待时间长"),
    "价格": ("价格略高于同行",),
}
ANSWERS: tuple[str, ...] = ("正在改进", "已转生产部分析", "已向客户说明并致歉", "已安排质检复查", "已调整排产计划")
THANKS: tuple[str, ...] = ("已致谢", "已转达车间", "")
NOTES: tuple[str, ...] = ("加急", "客户自提", "按新图纸生产", "随货附检测报告", "样品确认后生产")
CALLED: tuple[str, ...] = ("经理", "女士", "先生", "主管", "主任", "工")
SURNAMES = "陈林何郭马罗梁宋唐许韩冯邓曹彭曾肖田董袁潘蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛阎"
CATEGORIES: tuple[str, ...] = ("产品质量", "价格", "交期", "服务")
"""What questions are about."""
