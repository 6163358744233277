"""The invented companies of the examples. Trade names are made up of words that no company would take together."""

from dataclasses import dataclass
from typing import Literal, cast

Habit = Literal["whale", "regular", "new", "asleep", "lost", "once", "potential"]
"""How a customer buys: a few dominate, some have stopped, some never began."""


@dataclass(frozen=True, slots=True)
class City:
    """Where a company is: its region, its name in an address, its area code and how long its numbers are."""

    region: str
    address: str
    area: str
    digits: int = 8


CITIES: dict[str, City] = {
    "上海": City("上海", "上海市", "021"),
    "苏州": City("江苏", "江苏省苏州市", "0512"),
    "无锡": City("江苏", "江苏省无锡市", "0510"),
    "杭州": City("浙江", "浙江省杭州市", "0571"),
    "宁波": City("浙江", "浙江省宁波市", "0574"),
    "合肥": City("安徽", "安徽省合肥市", "0551"),
    "南昌": City("江西", "江西省南昌市", "0791"),
    "济南": City("山东", "山东省济南市", "0531"),
    "厦门": City("福建", "福建省厦门市", "0592", 7),
    "深圳": City("广东", "广东省深圳市", "0755"),
    "广州": City("广东", "广东省广州市", "020"),
    "东莞": City("广东", "广东省东莞市", "0769"),
    "佛山": City("广东", "广东省佛山市", "0757"),
    "南宁": City("广西", "广西壮族自治区南宁市", "0771", 7),
    "长沙": City("湖南", "湖南省长沙市", "0731"),
    "海口": City("海南", "海南省海口市", "0898"),
    "北京": City("北京", "北京市", "010"),
    "天津": City("天津", "天津市", "022"),
    "保定": City("河北", "河北省保定市", "0312", 7),
    "太原": City("山西", "山西省太原市", "0351", 7),
    "包头": City("内蒙古", "内蒙古自治区包头市", "0472", 7),
    "沈阳": City("辽宁", "辽宁省沈阳市", "024"),
    "新加坡": City("海外", "新加坡", ""),
}


@dataclass(frozen=True, slots=True)
class Company:
    """An invented customer: the offices that serve it, where it is, what it makes, how it buys."""

    number: str
    offices: tuple[str, ...]
    city: str
    trade: str
    slug: str
    business: str
    industry: str
    size: str
    habit: Habit

    @property
    def person(self) -> bool:
        """Whether it is one person's trade, not a company."""
        return not self.business

    @property
    def name(self) -> str:
        """Its full name."""
        return self.trade if self.person else self.city + self.trade + self.business + "有限公司"


# number, offices, city, trade name, its pinyin, business, industry, size, habit; - stands for nothing
_TABLE = """
JT001 华东+华南 上海 纸鹤岭 zhiheling 电子 电子制造 大型 whale
JT002 华东+华北 苏州 铜钟里 tongzhongli 机械 机械设备 大型 regular
HD001 华东 苏州 木星湾 muxingwan 精密机械 机械设备 大型 whale
HD002 华东 宁波 竹蜻蜓坞 zhuqingtingwu 汽车零部件 汽车零部件 大型 whale
HD003 华东 杭州 萤火桥 yinghuoqiao 智能科技 电子制造 中型 regular
HD004 华东 上海 橘猫山 jumaoshan 医疗器械 医疗器械 中型 regular
HD005 华东 无锡 风筝渡 fengzhengdu 新能源 新能源 大型 regular
HD006 华东 合肥 蓝鲸坡 lanjingpo 家用电器 家用电器 中型 regular
HD007 华东 苏州 三只松果 sanzhisongguo 自动化设备 机械设备 中型 regular
HD008 华东 济南 雪豹滩 xuebaotan 重工 机械设备 大型 regular
HD009 华东 杭州 月牙井 yueyajing 纺织 纺织服装 小型 regular
HD010 华东 宁波 海螺巷 hailuoxiang 贸易 贸易流通 小型 regular
HD011 华东 南昌 樟木鱼 zhangmuyu 光电 电子制造 中型 regular
HD012 华东 厦门 白鹭尺 bailuchi 通信设备 通信设备 中型 regular
HD013 华东 上海 七颗豆 qikedou 食品机械 食品饮料 小型 regular
HD014 华东 无锡 半亩星 banmuxing 传感器 电子制造 小型 new
HD015 华东 合肥 茶壶岛 chahudao 新能源科技 新能源 中型 new
HD016 华东 苏州 老磨坊口 laomofangkou 五金 机械设备 小型 asleep
HD017 华东 杭州 拨浪鼓村 bolanggucun 玩具 其他 小型 asleep
HD018 华东 济南 枣红马镇 zaohongmazhen 化工设备 化工材料 中型 asleep
HD019 华东 宁波 石榴灯 shiliudeng 照明 家用电器 小型 lost
HD020 华东 上海 云朵秤 yunduocheng 仪器 医疗器械 小型 lost
HD021 华东 合肥 麦芒针 maimangzhen 建材 建筑建材 中型 lost
HD022 华东 无锡 顾先生（个体加工） gujiagong - 其他 - once
HD023 华东 南昌 荷叶伞 heyesan 包装 其他 微型 once
HD024 华东 杭州 陶笛山 taodishan 医疗科技 医疗器械 中型 potential
HD025 华东 上海 雨靴街 yuxuejie 通信 通信设备 小型 potential
HN001 华南 深圳 灯塔鱼 dengtayu 电子科技 电子制造 大型 whale
HN002 华南 东莞 火柴盒岛 huochaihedao 精密五金 机械设备 大型 whale
HN003 华南 广州 芒果钟 mangguozhong 家电 家用电器 大型 regular
HN004 华南 佛山 陶泥象 taonixiang 陶瓷机械 建筑建材 中型 regular
HN005 华南 深圳 八爪桥 bazhaoqiao 通信技术 通信设备 中型 regular
HN006 华南 东莞 纸灯笼坪 zhidenglongping 电源 新能源 中型 regular
HN007 华南 广州 木棉舵 mumianduo 汽车配件 汽车零部件 中型 regular
HN008 华南 南宁 糖画里 tanghuali 食品 食品饮料 小型 regular
HN009 华南 长沙 辣椒塔 lajiaota 工程机械 机械设备 大型 regular
HN010 华南 深圳 贝壳钥 beikeyao 医疗设备 医疗器械 小型 regular
HN011 华南 海口 椰影轮 yeyinglun 船舶配件 其他 小型 new
HN012 华南 佛山 铁皮青蛙 tiepiqingwa 自动化 机械设备 中型 new
HN013 华南 广州 凤梨帆 fenglifan 纺织品 纺织服装 小型 asleep
HN014 华南 东莞 橡皮鸭湾 xiangpiyawan 塑胶 化工材料 中型 asleep
HN015 华南 长沙 石板鹿 shibanlu 电器 家用电器 小型 asleep
HN016 华南 深圳 月光钳 yueguangqian 工具 机械设备 小型 lost
HN017 华南 南宁 稻草鼓 daocaogu 农机 机械设备 小型 lost
HN018 华南 佛山 蜗牛车站 woniuchezhan 家具 其他 中型 lost
HN019 华南 新加坡 海马邮局 haimayouju 贸易 贸易流通 小型 once
HN020 华南 广州 陀螺园 tuoluoyuan 玩具 其他 微型 potential
HN021 华南 深圳 彩虹螺帽 caihongluomao 机器人 机械设备 中型 potential
HB001 华北 天津 驼铃仓 tuolingcang 重型机械 机械设备 大型 whale
HB002 华北 北京 银杏鼓 yinxinggu 轨道设备 机械设备 大型 regular
HB003 华北 保定 风车磨 fengchemo 新能源 新能源 中型 regular
HB004 华北 沈阳 冰糖炉 bingtanglu 铸造 机械设备 中型 regular
HB005 华北 太原 煤球星 meiqiuxing 矿山设备 机械设备 大型 regular
HB006 华北 天津 泥人港 nirengang 电气 电子制造 中型 new
HB007 华北 包头 铁蹄草 tieticao 稀土材料 化工材料 中型 asleep
HB008 华北 北京 鸽哨楼 geshaolou 仪表 医疗器械 小型 asleep
HB009 华北 保定 驴火灯 lvhuodeng 汽车部件 汽车零部件 小型 lost
HB010 华北 沈阳 雪橇轨 xueqiaogui 冷链设备 食品饮料 中型 lost
HB011 华北 太原 段师傅（个体维修） duanweixiu - 其他 - once
HB012 华北 天津 陶埙渡 taoxundu 环保设备 其他 小型 potential
"""


def _company(line: str) -> Company:
    number, offices, *rest, habit = ("" if part == "-" else part for part in line.split())
    city, trade, slug, business, industry, size = rest
    served = tuple(offices.split("+"))
    return Company(number, served, city, trade, slug, business, industry, size, cast("Habit", habit))


COMPANIES: tuple[Company, ...] = tuple(map(_company, _TABLE.split("\n")[1:-1]))
