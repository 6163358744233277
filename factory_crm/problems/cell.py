"""What can be wrong with a cell: errors (C1), what should be looked at (C2), better spellings (C3)."""

from .declare import Words, cell_error, cell_fix, cell_warning


@cell_error("C101", "「{header}」没有填", "填入：{expected}", brief="没有填")
def BLANK(*, expected: Words) -> None: ...


@cell_error("C102", "「{header}」的内容 {value} 看不懂", "应填：{expected}", brief="看不懂，应填：{expected}")
def UNPARSABLE(*, value: Words, expected: Words) -> None: ...


@cell_error("C103", "「{header}」的 {value} 超出允许范围", "应填：{expected}", brief="超出范围，应填：{expected}")
def OUT_OF_RANGE(*, value: Words, expected: Words) -> None: ...


@cell_error("C104", "「{header}」的 {value} 小数位太多", "应填：{expected}", brief="小数位太多，应填：{expected}")
def TOO_MANY_DECIMALS(*, value: Words, expected: Words) -> None: ...


@cell_error(
    "C105",
    "「{header}」太长：{length} 个字，最多 {limit} 个",
    "缩短内容，多余的写到备注",
    brief="太长，最多 {limit} 个字",
)
def TOO_LONG(*, value: Words, length: Words, limit: Words) -> None: ...


@cell_error("C106", "「{header}」的 {value} 不在选项里", "从下拉列表里选：{choices}", brief="不在选项里")
def NOT_A_CHOICE(*, value: Words, choices: Words) -> None: ...


@cell_error("C107", "「{header}」的 {value} 不能作编号", "应填：{expected}", brief="不能作编号，应填：{expected}")
def NOT_A_RECORD_ID(*, value: Words, expected: Words) -> None: ...


@cell_error("C108", "「{header}」的 {value} 不像电话号码", "应填：{expected}", brief="不像电话，应填：{expected}")
def NOT_A_PHONE(*, value: Words, expected: Words) -> None: ...


@cell_error("C109", "「{header}」的 {value} 不是邮箱地址", "应填：{expected}", brief="不像邮箱，应填：{expected}")
def NOT_AN_EMAIL(*, value: Words, expected: Words) -> None: ...


@cell_error("C110", "「{header}」的 {value} 分不清年月日", "应填：{expected}")
def AMBIGUOUS_DATE(*, value: Words, expected: Words) -> None: ...


@cell_error("C111", "「{header}」的 {value} 不是日历上有的日期", "应填：{expected}")
def NO_SUCH_DATE(*, value: Words, expected: Words) -> None: ...


@cell_error(
    "C112", "「{header}」的 {value} 超过 15 位，Excel 已丢掉后面的数字", "先把单元格设为“文本”格式，再重新输入完整号码"
)
def DIGITS_LOST(*, value: Words) -> None: ...


@cell_error("C113", "「{header}」被 Excel 变成了日期 {value}", "先把单元格设为“文本”格式，再重新输入原来的内容")
def TURNED_INTO_DATE(*, value: Words) -> None: ...


@cell_error("C114", "「{header}」是错误值 {value}", "改正公式，或直接填入：{expected}", brief="是错误值")
def ERROR_VALUE(*, value: Words, expected: Words) -> None: ...


@cell_error("C115", "「{header}」是公式，但没有算出结果", "在 Excel/WPS 中打开并保存一次，或直接填入：{expected}")
def NOT_CALCULATED(*, value: Words, expected: Words) -> None: ...


@cell_error("C116", "「{header}」的单元格内容无法读取（{value}）", "清除这个单元格，重新填入：{expected}")
def BAD_CELL(*, value: Words, expected: Words) -> None: ...


@cell_error("C117", "「{header}」里有看不见的控制字符（{value}）", "清除这个单元格，重新手工输入")
def BAD_CHARACTERS(*, value: Words) -> None: ...


@cell_error(
    "C118",
    "「{header}」应由公式得出 {after}，却写成了 {value}",
    "清除这个单元格后从上一行复制公式，或改正它依据的几格",
    brief="公式被改写，请从上一行复制",
)
def OVERWRITTEN(*, after: Words, value: Words) -> None: ...


@cell_error(
    "C119",
    "「{header}」的 {value} 不是有效的统一社会信用代码",
    "对照营业执照改正，共 18 位，最后一位是校验码",
    brief="不是有效的信用代码，应填：{expected}",
)
def NOT_A_CREDIT_CODE(*, value: Words) -> None: ...


@cell_warning("C201", "「{header}」没有填，会影响：{costs}", "知道时请补上：{expected}")
def BLANK_RECOMMENDED(*, costs: Words, expected: Words) -> None: ...


@cell_warning("C202", "「{header}」里是公式，已采用它的结果 {value}", "复制后“选择性粘贴 → 数值”，以免以后变动")
def FORMULA(*, value: Words) -> None: ...


@cell_warning("C203", "「{header}」的 {value} 年份少见", "请核对年份")
def UNUSUAL_DATE(*, value: Words) -> None: ...


@cell_warning("C204", "「{header}」的 {value} 是保留或测试用的邮箱", "请核对，没有邮箱就留空")
def UNUSUAL_EMAIL(*, value: Words) -> None: ...


@cell_warning("C205", "「{header}」的数字 {value} 按日期 {after} 理解", "把单元格格式改为“日期”，核对后保存")
def DATE_AS_NUMBER(*, value: Words, after: Words) -> None: ...


@cell_fix("C301", "「{header}」里有多余的空格或看不见的字符", brief="有多余的空格或看不见的字符")
def FIX_SPACES(*, before: Words, after: Words) -> None: ...


@cell_fix("C302", "「{header}」里有全角字符")
def FIX_WIDTH(*, before: Words, after: Words) -> None: ...


@cell_fix(
    "C303",
    "「{header}」把数字写成了文字 {before}",
    brief="是文字，应填：{expected}",
    retype="改成真正的数字：把单元格格式设为“常规”，重新输入 {after}",
)
def FIX_NUMBER(*, before: Words, after: Words) -> None: ...


@cell_fix(
    "C304",
    "「{header}」把日期写成了文字 {before}",
    brief="是文字，应填：{expected}",
    retype="改成真正的日期：把单元格格式设为“日期”，重新输入 {after}",
)
def FIX_DATE(*, before: Words, after: Words) -> None: ...


@cell_fix("C305", "「{header}」的电话写法不统一：{before}")
def FIX_PHONE(*, before: Words, after: Words) -> None: ...


@cell_fix("C306", "「{header}」的 {before} 就是选项 {after}", brief="请用选项里的写法")
def FIX_CHOICE(*, before: Words, after: Words) -> None: ...


@cell_fix(
    "C307",
    "「{header}」把编号存成了数字 {before}",
    "把单元格设为“文本”格式，写成 {after}",
    brief="存成了数字，应改成文本",
)
def FIX_TEXT(*, before: Words, after: Words) -> None: ...


@cell_fix("C308", "「{header}」的几个选项没有用顿号隔开：{before}", brief="只填选项，用顿号隔开")
def FIX_SEPARATOR(*, before: Words, after: Words) -> None: ...


@cell_fix("C309", "「{header}」的邮箱写法不统一：{before}")
def FIX_EMAIL(*, before: Words, after: Words) -> None: ...


@cell_fix("C310", "「{header}」的数字里夹着符号或单位：{before}")
def FIX_UNIT(*, before: Words, after: Words) -> None: ...


@cell_fix("C311", "「{header}」用 {before} 表示没有", "没有就留空", brief="没有就留空")
def FIX_BLANK(*, before: Words, after: Words) -> None: ...


@cell_fix("C312", "「{header}」只要日期，却带了时间 {before}", brief="只要日期，不要时间")
def FIX_TIME(*, before: Words, after: Words) -> None: ...
