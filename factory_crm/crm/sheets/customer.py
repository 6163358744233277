"""客户信息 and 联系人: whom the factory sells to."""

from datetime import date
from typing import ClassVar

from ...schema.column import column
from ...schema.rule import Rule, rule
from ...schema.types import (
    Account,
    Birthday,
    Choice,
    CreditCode,
    Day,
    Email,
    LongText,
    MultipleChoice,
    Phone,
    RecordId,
    Text,
    YesNo,
)
from .common import BY_CONTENT, CUSTOMER_ALIASES, NAME_ALIASES, PICK_CUSTOMER, CustomerSheet


class Customer(
    CustomerSheet,
    table="customers",
    title="客户信息",
    purpose="一行一个客户。其他几张表都用这里的客户编号，请先填本表。",
    entity=True,
):
    """One row for each customer."""

    edition_docs: ClassVar = {
        "full": "A customer with further ways to be reached, where it trades and what it allows us to do with its data."
    }

    aliases = ("客户资料", "客户基本信息", "基本信息", "客户表", "客户")
    display_column = "name"
    unknown_text = "查无此客户"
    address_column = "address"
    region_column = "region"
    carry_over = True

    customer_id: RecordId = column("客户编号", "每个客户唯一", key=True, example="CUS001", aliases=CUSTOMER_ALIASES)
    name: Text = column("客户名称", "公司全称", example="ABC有限公司", aliases=NAME_ALIASES)
    contact: Text = column("联系人姓名", "主要联系人", example="张三", aliases=("联系人",))
    phone: Phone | None = column(
        "联系电话",
        "手机或带区号的座机",
        recommended_for="回访",
        example="13800000000",
        aliases=("电话", "手机", "手机号", "联系方式"),
    )
    email: Email | None = column("电子邮箱", example="zhangsan@abc.com", aliases=("邮箱", "电子邮件", "E-mail"))
    address: LongText | None = column(
        "公司地址", "省市区和街道门牌", example="北京市朝阳区XX街道XX号", aliases=("地址", "办公地址")
    )
    registered_on: Day | None = column(
        "注册日期",
        "首次接触或签约的日期",
        recommended_for="新客户数",
        example=date(2023, 1, 1),
        aliases=("登记日期", "建档日期"),
    )
    customer_type: Choice | None = column("客户类型", "企业或个人", choices="customer_type", example="企业")
    industry: Choice | None = column("所属行业", "可选可填", choices="industry", example="电子制造", aliases=("行业",))
    size: Choice | None = column("企业规模", choices="size", example="中型", aliases=("规模",))
    region: Choice | None = column(
        "所在地区", "省级地区或海外", choices="region", example="北京", aliases=("地区", "区域", "省份")
    )
    needs: MultipleChoice | None = column(
        "需求偏好", "可填几项，用顿号隔开", choices="needs", example="重视品质、注重交期"
    )
    owner: Text | None = column("负责人", "本厂跟进此客户的人", example="李四", aliases=("客户经理", "跟进人"))
    note: LongText | None = column("备注", aliases=("说明",))
    phone2: Phone | None = column(
        "备用电话", "另一个号码", example="13900000000", aliases=("其他电话", "电话2"), edition="full"
    )
    wechat: Text | None = column("微信", example="wx_zhangsan", aliases=("微信号",), edition="full")
    qq: Account | None = column("QQ", example="123456789", aliases=("QQ号",), edition="full")
    source: Choice | None = column(
        "来源渠道", "可选可填", choices="source", example="展会", aliases=("客户来源", "来源"), edition="full"
    )
    credit_code: CreditCode | None = column(
        "统一社会信用代码",
        "营业执照上的 18 位代码",
        example="91350100M000100Y43",
        aliases=("信用代码", "社会信用代码", "税号", "纳税人识别号"),
        edition="full",
    )
    country: Choice | None = column(
        "国家", "可选可填", choices="country", example="中国", aliases=("国家/地区",), edition="full"
    )
    currency: Choice | None = column("币种", "通常用什么货币结算", choices="currency", example="CNY", edition="full")
    language: Choice | None = column("语言", "可选可填", choices="language", example="中文", edition="full")
    time_zone: Choice | None = column("时区", choices="time_zone", example="UTC+08:00", edition="full")
    birthday: Birthday | None = column(
        "联系人生日", "征得同意后再填", example=date(1985, 6, 1), aliases=("生日",), edition="full"
    )
    anniversary: Day | None = column("合作纪念日", "首次合作的日子", example=date(2023, 1, 20), edition="full")
    consent: YesNo | None = column(
        "隐私授权", "客户是否同意我们使用其资料", choices="yes_no", example="是", edition="full"
    )
    purposes: MultipleChoice | None = column(
        "授权用途", "可填几项，用顿号隔开", choices="purpose", example="履行订单、售后服务", edition="full"
    )
    consented_on: Day | None = column("授权日期", example=date(2023, 1, 1), edition="full")

    rules: ClassVar[tuple[Rule, ...]] = (
        rule("R001", "phone or email", at="phone", remedy="联系电话、电子邮箱至少填一项", edition="basic"),
        rule(
            "R001", "phone or email or wechat", at="phone", remedy="联系电话、电子邮箱、微信至少填一项", edition="full"
        ),
        rule(
            "R011",
            "consent != '是' or consented_on",
            at="consented_on",
            severity="warning",
            remedy="填上客户同意的日期",
        ),
        rule(
            "R012",
            "not purposes or consent == '是'",
            at="purposes",
            remedy="客户同意后才填授权用途；同意了请把隐私授权改为“是”",
        ),
    )


class Contact(
    CustomerSheet,
    table="contacts",
    title="联系人",
    purpose="一行一位联系人。主要联系人填在「客户信息」，其他的填在这里。",
    edition="full",
):
    """One row for each further person at a customer."""

    may_be_absent = True
    carry_over = True

    aliases = ("联系人名单", "联系人信息")

    contact_id: RecordId | None = column(
        "联系人编号", BY_CONTENT, key=True, example="CT001", key_from=("customer_id", "name", "phone")
    )
    customer_id: RecordId = column(
        "客户编号", PICK_CUSTOMER, references="customers", example="CUS001", aliases=CUSTOMER_ALIASES
    )
    customer_name: Text | None = column("客户名称", lookup="customer_id", aliases=NAME_ALIASES)
    name: Text = column("姓名", example="赵六")
    department: Text | None = column("部门", example="采购部")
    position: Text | None = column("职务", example="采购经理", aliases=("职位",))
    role: Choice | None = column("决策角色", "可选可填", choices="decision_role", example="采购")
    phone: Phone | None = column("联系电话", example="13700000000", aliases=("电话", "手机"))
    email: Email | None = column("电子邮箱", example="zhaoliu@abc.com", aliases=("邮箱",))
    wechat: Text | None = column("微信", example="wx_zhaoliu", aliases=("微信号",))
    birthday: Birthday | None = column("联系人生日", "征得同意后再填", example=date(1985, 6, 1), aliases=("生日",))
    note: LongText | None = column("备注")

    rules = (
        rule(
            "R501",
            "phone or email or wechat",
            at="phone",
            severity="warning",
            remedy="联系电话、电子邮箱、微信至少填一项",
        ),
    )
