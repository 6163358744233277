"""Every problem the toolkit can find in files, headers, cells, keys and merges: the only list of them.

The letter says what is broken (``F`` file, ``S`` sheet or header, ``C`` cell, ``K`` keys within a workbook, ``M`` merge), the
number says what. Rules bring codes of their own (``R``; ``X`` for a factory's): ``contract.codes()`` joins them all.
"""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How bad a problem is."""

    ERROR = "error"
    """It must be mended; an error of a line's own cells or rules rejects the line."""
    WARNING = "warning"
    """It should be looked at again; nothing is rejected."""
    FIX = "fix"
    """It was understood and is used; a better spelling is proposed."""


@dataclass(frozen=True, slots=True)
class Code:
    """One kind of problem; ``message`` and ``remedy`` are templates over a problem's facts."""

    name: str
    severity: Severity
    message: str
    remedy: str = ""
    rejects: bool = False
    """Whether it keeps its line out of a merge."""


def _error(name: str, message: str, remedy: str) -> Code:
    return Code(name, Severity.ERROR, message, remedy)


def _reject(name: str, message: str, remedy: str) -> Code:
    return Code(name, Severity.ERROR, message, remedy, rejects=True)


def _warning(name: str, message: str, remedy: str) -> Code:
    return Code(name, Severity.WARNING, message, remedy)


def _fix(name: str, message: str, remedy: str = "建议改为 {after}") -> Code:
    return Code(name, Severity.FIX, message, remedy)


# Files
NOT_FOUND = _error("F101", "找不到文件", "核对文件名和所在文件夹")
NOT_READABLE = _error("F102", "打不开文件：{reason}", "关闭正在使用它的程序，并确认您有读取权限")
NOT_A_FILE = _error("F103", "这不是普通文件（{kind}）", "请提交保存好的 .xlsx 工作簿")
EMPTY_FILE = _error("F104", "文件是空的（0 字节）", "重新保存或重新发送这个文件")
TOO_LARGE = _error(
    "F105",
    "文件太大：{what}超过上限 {limit}",
    "删去多余的行、空白格式和图片后另存；确实需要这么大时请联系汇总人调高上限",
)
ENCRYPTED = _error("F106", "文件设了打开密码", "在 Excel/WPS 中取消密码后另存，再提交")
OTHER_KIND = _error(
    "F107", "这不是 .xlsx 工作簿，而是 {kind}", "用 Excel 或 WPS 打开它，另存为“Excel 工作簿 (*.xlsx)”再提交"
)
DAMAGED = _error("F108", "文件已损坏（{part}）", "用 Excel/WPS 打开并修复后另存，或重新发送原文件")
BAD_XML = _error("F109", "文件内容不合规范（{part}）", "用 Excel/WPS 打开后另存为 .xlsx，再提交")
FORBIDDEN_XML = _error("F110", "文件里有不允许的内容（{part} 中的 DTD 声明）", "不要使用这个文件；请用模板重新填写")
MISSING_PART = _error("F111", "文件缺少内部部件 {part}", "用 Excel/WPS 打开并修复后另存，再提交")
DOUBLED_PART = _error(
    "F112", "文件内部部件 {part} 出现了两次，不知以哪个为准", "用 Excel/WPS 打开后另存为 .xlsx，再提交"
)
UNKNOWN_PACKING = _error("F113", "文件的压缩或加密方式不受支持（{part}）", "用 Excel/WPS 打开后另存为 .xlsx，再提交")
NO_SHEETS = _error("F114", "工作簿里没有工作表", "请用模板填写")
EXTERNAL_PART = _error("F115", "工作表的内容指向文件以外（{part}）", "不要使用这个文件；请用模板重新填写")
TOO_SLOW = _error("F116", "读取超过 {seconds} 秒，已停止", "删去多余的内容后另存；确实需要时请联系汇总人调高上限")
CHANGED = _error("F117", "读取时文件被改动", "保存并关闭文件后再试一次")
LOCK_FILE = _warning("F201", "跳过临时文件：可能有人正打开着这个工作簿", "请先保存并关闭它")
EARLIER_COPY = _warning("F202", "跳过早先的备份", "要用它时，请先改名")
NOT_WRITABLE = _error("F301", "写不了「{path}」：{reason}", "换一个能写入、空间足够的文件夹或文件名再试")
IN_USE = _error(
    "F302",
    "「{path}」正被另一个程序使用，或不允许改写；结果已另存为「{saved}」",
    "关闭正在使用它的程序，再用「{saved}」替换它",
)
BEING_WRITTEN = _error(
    "F303", "{who} 正在写「{path}」（{since} 开始）", "等对方完成后再试；确定没有人在写时，删除「{lock}」"
)
IS_INPUT = _error("F304", "不能写到输入文件或输入文件夹里（{path}）", "换一个文件夹或文件名")

# Sheets and headers
NO_KNOWN_SHEET = _error("S101", "没有找到可识别的工作表（需要：{titles}）", "请用模板填写，不要改工作表名称")
SHEET_MISSING = _error("S102", "缺少工作表「{title}」", "从模板复制这张表，或恢复原来的表名")
HEADER_MISSING = _error("S103", "「{title}」里没有找到表头", "恢复模板的表头行（需要：{headers}）")
COLUMN_MISSING = _error("S104", "「{title}」缺少必填列「{header}」", "补上这一列，表头写「{header}」")
COLUMNS_MISSING = _warning("S201", "「{title}」没有这些列：{headers}；因此算不出：{costs}", "有条件时改用最新模板")
COLUMN_DOUBLED = _error("S105", "列「{header}」出现了两次，不知以哪一列为准", "删去多余的一列，或改掉它的表头")
SHEET_DOUBLED = _error(
    "S106", "工作表「{sheet}」也像「{title}」，只读取了「{first}」", "把两张表的内容合到「{first}」里，再删去这一张"
)
NOT_A_RECORD = _warning(
    "S203",
    "这一行像是合计或表尾（{value}），没有当作一条记录",
    "不需要处理；若它是一条记录，请在「{header}」填入正确的内容",
)
COLUMN_UNKNOWN = _warning(
    "S202", "不认识的列「{header}」，内容会原样带进汇总", "不需要处理；若是写错了表头，请改成模板里的写法"
)

# Cells
BLANK = _reject("C101", "「{header}」没有填", "填入：{expected}")
BLANK_EXPECTED = _warning("C201", "「{header}」没有填，会影响：{costs}", "知道时请补上：{expected}")
NOT_UNDERSTOOD = _reject("C102", "「{header}」的内容 {value} 看不懂", "应填：{expected}")
OUT_OF_RANGE = _reject("C103", "「{header}」的 {value} 超出允许范围", "应填：{expected}")
TOO_MANY_PLACES = _reject("C104", "「{header}」的 {value} 小数位太多", "应填：{expected}")
TOO_LONG = _reject("C105", "「{header}」太长：{length} 个字，最多 {limit} 个", "缩短内容，多余的写到备注")
NOT_A_CHOICE = _reject("C106", "「{header}」的 {value} 不在选项里", "从下拉列表里选：{choices}")
NOT_A_NUMBER_OF_RECORD = _reject("C107", "「{header}」的 {value} 不能作编号", "应填：{expected}")
NOT_A_PHONE = _reject("C108", "「{header}」的 {value} 不像电话号码", "应填：{expected}")
NOT_AN_EMAIL = _reject("C109", "「{header}」的 {value} 不是邮箱地址", "应填：{expected}")
AMBIGUOUS_DATE = _reject("C110", "「{header}」的 {value} 分不清年月日", "应填：{expected}")
NO_SUCH_DATE = _reject("C111", "「{header}」的 {value} 不是日历上有的日期", "应填：{expected}")
DIGITS_LOST = _reject(
    "C112", "「{header}」的 {value} 超过 15 位，Excel 已丢掉后面的数字", "先把单元格设为“文本”格式，再重新输入完整号码"
)
TURNED_INTO_DATE = _reject(
    "C113", "「{header}」被 Excel 变成了日期 {value}", "先把单元格设为“文本”格式，再重新输入原来的内容"
)
ERROR_VALUE = _reject("C114", "「{header}」是错误值 {value}", "改正公式，或直接填入：{expected}")
NOT_CALCULATED = _reject(
    "C115", "「{header}」是公式，但没有算出结果", "在 Excel/WPS 中打开并保存一次，或直接填入：{expected}"
)
BAD_CELL = _reject("C116", "「{header}」的单元格内容无法读取（{value}）", "清除这个单元格，重新填入：{expected}")
BAD_CHARACTERS = _reject("C117", "「{header}」里有看不见的控制字符（{value}）", "清除这个单元格，重新手工输入")
OVERWRITTEN = _reject(
    "C118", "「{header}」应由公式得出 {after}，却写成了 {value}", "清除这个单元格后从上一行复制公式，或改正它依据的几格"
)
FORMULA = _warning("C202", "「{header}」里是公式，已采用它的结果 {value}", "复制后“选择性粘贴 → 数值”，以免以后变动")
ODD_DATE = _warning("C203", "「{header}」的 {value} 年份少见", "请核对年份")
DATE_AS_NUMBER = _warning(
    "C205", "「{header}」的数字 {value} 按日期 {after} 理解", "把单元格格式改为“日期”，核对后保存"
)
ODD_EMAIL = _warning("C204", "「{header}」的 {value} 是保留或测试用的邮箱", "请核对，没有邮箱就留空")
FIX_SPACES = _fix("C301", "「{header}」里有多余的空格或看不见的字符")
FIX_WIDTH = _fix("C302", "「{header}」里有全角字符")
FIX_NUMBER = _fix("C303", "「{header}」把数字写成了文字 {before}")
FIX_DATE = _fix("C304", "「{header}」把日期写成了文字 {before}")
FIX_PHONE = _fix("C305", "「{header}」的电话写法不统一：{before}")
FIX_CHOICE = _fix("C306", "「{header}」的 {before} 就是选项 {after}")
FIX_TEXT = _fix("C307", "「{header}」把编号存成了数字 {before}", "把单元格设为“文本”格式，写成 {after}")
FIX_SEPARATOR = _fix("C308", "「{header}」的几个选项没有用顿号隔开：{before}")
FIX_EMAIL = _fix("C309", "「{header}」的邮箱写法不统一：{before}")
FIX_UNIT = _fix("C310", "「{header}」的数字里夹着符号或单位：{before}")
FIX_BLANK = _fix("C311", "「{header}」用 {before} 表示没有", "没有就留空")
FIX_TIME = _fix("C312", "「{header}」只要日期，却带了时间 {before}")

# Keys and references within a workbook
REPEATED = _reject(
    "K101", "{headers} {value} 重复，已在第 {first} 行出现", "同一编号只能有一行：删去重复的一行，或改正编号"
)
LINE_REPEATED = _reject(
    "K104",
    "{headers} {value} 重复，已在第 {first} 行出现",
    "若是同一订单的另一行，请在「{line}」填 2、3……；若是重复登记，请删去一行",
)
STRAY = _error("K103", "「{header}」的 {value} 在「{title}」里找不到", "先在「{title}」登记它，或改正这里的编号")
DISAGREEING = _error(
    "K102", "同一{key} {value} 的「{header}」与第 {first} 行不一致（{other}）", "同一{key}的各行应填相同的「{header}」"
)
LOOKS_REPEATED = _warning(
    "K201", "这一行与第 {first} 行内容完全相同", "若是重复登记，请删去一行；若确是两件事，请分别填上编号"
)

# Merging
CONFLICT = _warning("M201", "{key} 在几个工作簿里内容不同，采用了 {winner}", "请两边核对后改成一致")
CLASH = _warning("M202", "编号 {key} 被用于不同的客户：{names}", "请各单位商定后，给其中一家改用新编号")
SENT_TWICE = _warning("M203", "内容与 {other} 完全相同，只算一次", "不需要处理")
STRAY_EVERYWHERE = _warning("M204", "「{header}」的 {value} 在所有工作簿里都没有登记", "请补登记，或改正编号")
FAR_DATE = _warning(
    "M205", "日期 {value} 比其他日期晚 31 天以上，没有用作统计截止日", "请核对日期；确实要用时加 --as-of"
)

ALL: dict[str, Code] = {code.name: code for code in list(globals().values()) if isinstance(code, Code)}
