"""What the live checks know, sheet by sheet, and what they leave to the check program: the page of the docs."""

from ...i18n.translate import Language, translate
from ...schema.workbook import WorkbookSchema
from ..page import pages
from .checks import WARNS, live_checks

EXCEPTIONS = (
    (
        "另一行还没改好",
        "编号在别的行里写得不规范（全角、夹着空格等）时，那一行自己就是 ×。检查程序已经认出它，表内要等那一行改好，才会在这一行算作重复、已登记或同一订单；客户名称本身有错时，自动带出的名称也一样。",
    ),
    (
        "这一行的格子还没改好",
        "格子本身有错时，用到它的规则要等它改好才检查；检查程序已经认出“2023.1.5”这类写法，会同时指出。这一行反正是 ×。",
    ),
    (
        "单元格的格式",
        "公式看不到格式：数字列里设成日期的数，日期列里丢了日期格式又不在 1990–2100 年的数，由检查程序判断。",
    ),
    ("国外电话和一格几个号码", "以 + 开头的国外号码、用顿号隔开的几个号码，要查号码规则，由检查程序判断。"),
    ("少见的邮箱写法", "国际化邮箱等少见而合法的写法，由检查程序判断；明显不对的，表内就会指出。"),
    ("只有少见空白字符的格子", "只含制表符、零宽空格这类字符的格子，表内要求清除，检查程序当作空白。"),
    ("可选可填的列", "与选项只差全角的写法，由检查程序建议改写。"),
    ("字数", "表情符号在 Excel 里算两个字，检查程序算一个。"),
    ("合计和表尾", "表格下面的合计、签字等行，检查程序跳过并提醒，表内按普通一行检查。"),
    (
        "写成文字的总金额、自写公式的客户名称",
        "与公式结果相等的文字总金额，检查程序接受，表内要求恢复公式；自动列里自己写的公式算出别的名称，检查程序不判断。",
    ),
    ("自动带出的名称只差全角", "在自动带出的名称上用全角写了同一个名称，检查程序接受，表内要求恢复公式。"),
    ("很大的数", "Excel 只保留 15 位有效数字：十亿以上的数与小数相加减，末位可能与检查程序不同。"),
    ("特别的格式规则", "工厂自定的 pattern 若不是一段段的字符，公式写不出来，由检查程序判断。"),
    ("选项的中英文混用", "几列合起来才不重复的编号，若其中的选项一行用中文、一行用英文，由检查程序判断重复。"),
    ("只提醒的事", "☆ 列空着、年份少见、用了公式这些提醒，不在行内逐条显示；规则的提醒前面有 ▲，不算 ×。"),
    ("LibreOffice", "LibreOffice 把 TRUE、FALSE 当作数 1、0，1900 年 3 月以前的日期差一天；Excel 和 WPS 不会。"),
)
"""What is judged by Python alone, or otherwise there, and why."""


def guide(schema: WorkbookSchema, language: Language) -> str:
    """Return the page: what each sheet's last column can say, and the exceptions."""
    text = translate(
        "每张表最右边的“问题说明”和最左边的 √、× 由公式算出，不需要安装任何程序。× 与检查程序的“错误”和“建议改写”一致，例外列在最后。",
        language,
    )
    lines = ["# " + translate("表内自检", language), "", text, ""]
    for check in live_checks(pages(schema, language, schema.prepared_rows)):
        heads = [translate(head, language) for head in ("代码", "说明", "级别")]
        lines += [f"## {check.plan.page.title}", "", "| " + " | ".join(heads) + " |", "| --- | --- | --- |"]
        for item in check.items:
            words = item.in_language(language).rstrip("；; ").removeprefix(WARNS)
            lines.append(f"| {item.code.name} | {words} | {item.code.severity} |")
        lines.append("")
    lines += ["## " + translate("例外", language), ""]
    lines += [f"* **{translate(what, language)}** — {translate(why, language)}" for what, why in EXCEPTIONS]
    return "\n".join(lines) + "\n"
