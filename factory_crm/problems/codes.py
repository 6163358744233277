"""Every problem the toolkit can find in files, headers, cells, keys and merges: the only list of them.

The letter says what is broken (``F`` file, ``S`` sheet or header, ``C`` cell, ``K`` keys within a workbook, ``M`` merge), the
number says what. Rules bring codes of their own (``R``; ``X`` for a factory's): ``WorkbookSchema.codes()`` joins them all.
"""

from .code import Code, Severity, error, fix, reject, warning

__all__ = ["Code", "Severity"]
_ENTER = "应填：{expected}"

# Files
NOT_FOUND = error("F101", "找不到文件", "核对文件名和所在文件夹")
NOT_READABLE = error("F102", "打不开文件：{reason}", "关闭正在使用它的程序，并确认您有读取权限")
NOT_A_FILE = error("F103", "这不是普通文件（{kind}）", "请提交保存好的 .xlsx 工作簿")
EMPTY_FILE = error("F104", "文件是空的（0 字节）", "重新保存或重新发送这个文件")
TOO_LARGE = error(
    "F105",
    "文件太大：{what}超过上限 {limit}",
    "删去多余的行、空白格式和图片后另存；确实需要这么大时请联系汇总人调高上限",
)
ENCRYPTED = error("F106", "文件设了打开密码", "在 Excel/WPS 中取消密码后另存，再提交")
OTHER_KIND = error(
    "F107", "这不是 .xlsx 工作簿，而是 {kind}", "用 Excel 或 WPS 打开它，另存为“Excel 工作簿 (*.xlsx)”再提交"
)
DAMAGED = error("F108", "文件已损坏（{part}）", "用 Excel/WPS 打开并修复后另存，或重新发送原文件")
BAD_XML = error("F109", "文件内容不合规范（{part}）", "用 Excel/WPS 打开后另存为 .xlsx，再提交")
FORBIDDEN_XML = error("F110", "文件里有不允许的内容（{part} 中的 DTD 声明）", "不要使用这个文件；请用模板重新填写")
MISSING_PART = error("F111", "文件缺少内部部件 {part}", "用 Excel/WPS 打开并修复后另存，再提交")
DUPLICATE_PART = error(
    "F112", "文件内部部件 {part} 出现了两次，不知以哪个为准", "用 Excel/WPS 打开后另存为 .xlsx，再提交"
)
UNKNOWN_PACKING = error("F113", "文件的压缩或加密方式不受支持（{part}）", "用 Excel/WPS 打开后另存为 .xlsx，再提交")
NO_SHEETS = error("F114", "工作簿里没有工作表", "请用模板填写")
EXTERNAL_PART = error("F115", "工作表的内容指向文件以外（{part}）", "不要使用这个文件；请用模板重新填写")
TOO_SLOW = error("F116", "读取超过 {seconds} 秒，已停止", "删去多余的内容后另存；确实需要时请联系汇总人调高上限")
CHANGED = error("F117", "读取时文件被改动", "保存并关闭文件后再试一次")
LOCK_FILE = warning("F201", "跳过临时文件：可能有人正打开着这个工作簿", "请先保存并关闭它")
EARLIER_COPY = warning("F202", "跳过早先的备份", "要用它时，请先改名")
EARLIER = ".~1~"  # what stands in the name of one
NEEDS_SECURE = error(
    "F118",
    "文件设了打开密码，但这台电脑没有装解密所需的库",
    '请运行：pip install "factory-crm[secure]"；或取消密码后另存',
)
WRONG_PASSWORD = error("F119", "文件设了打开密码，给出的密码都不对", "核对密码文件，每行一个密码；或取消密码后另存")
READER_KILLED = error("F120", "读取时被系统中断，多半是内存不够", "关闭其他程序再试；不行就把它拆成几个工作簿")
MACROS = warning("F205", "工作簿带有宏；只读取了数据，没有运行宏", "另存为不带宏的“Excel 工作簿 (*.xlsx)”再提交")
EXTERNAL_LINKS = warning(
    "F206", "工作簿引用了别的文件（{count} 个）；采用的是上次保存的结果", "“数据 → 编辑链接 → 断开链接”后保存"
)
LINK_OUTSIDE = warning("F207", "跳过快捷链接：它指向所给文件夹以外", "把文件本身放进来，或直接写出它的路径")
NOT_WRITABLE = error("F301", "写不了「{path}」：{reason}", "换一个能写入、空间足够的文件夹或文件名再试")
IN_USE = error(
    "F302",
    "「{path}」正被另一个程序使用，或不允许改写；结果已另存为「{saved}」",
    "关闭正在使用它的程序，再用「{saved}」替换它",
)
BEING_WRITTEN = error(
    "F303", "{who} 正在写「{path}」（{since} 开始）", "等对方完成后再试；确定没有人在写时，删除「{lock}」"
)
IS_INPUT = error("F304", "不能写到输入文件或输入文件夹里（{path}）", "换一个文件夹或文件名")
MARKED_COPY = warning(
    "F203", "跳过带标记的副本：原文件「{other}」也在，副本没有改过", "不需要处理；在副本上改好保存后，就会读取副本"
)
REPLACED = warning("F204", "跳过原文件：已有改过的副本「{other}」", "不需要处理；要读原文件时，请移走副本")
CANNOT_MARK_STRICT = error(
    "F501", "这个工作簿是“Strict Open XML”格式，不能在里面做标记", "在 Excel 中另存为“Excel 工作簿 (*.xlsx)”再检查"
)
CANNOT_MARK_SIGNED = error(
    "F502", "这个工作簿有数字签名，改动会使签名失效，没有做标记", "按清单在原文件中修改；需要标记时先删去数字签名"
)
CANNOT_MARK_FORMAT = error(
    "F503", "这种文件可以检查，但不能在里面做标记", "按清单在原文件中修改；需要标记时先另存为“Excel 工作簿 (*.xlsx)”"
)

# Sheets and headers
NO_KNOWN_SHEET = error("S101", "没有找到可识别的工作表（需要：{titles}）", "请用模板填写，不要改工作表名称")
SHEET_MISSING = error("S102", "缺少工作表「{title}」", "从模板复制这张表，或恢复原来的表名")
HEADER_MISSING = error("S103", "「{title}」里没有找到表头", "恢复模板的表头行（需要：{headers}）")
COLUMN_MISSING = error("S104", "「{title}」缺少必填列「{header}」", "补上这一列，表头写「{header}」")
COLUMNS_MISSING = warning("S201", "「{title}」没有这些列：{headers}；因此算不出：{costs}", "有条件时改用最新模板")
DUPLICATE_COLUMN = error("S105", "列「{header}」出现了两次，不知以哪一列为准", "删去多余的一列，或改掉它的表头")
DUPLICATE_SHEET = error(
    "S106", "工作表「{sheet}」也像「{title}」，只读取了「{first}」", "把两张表的内容合到「{first}」里，再删去这一张"
)
NOT_A_RECORD = warning(
    "S203",
    "这一行像是合计或表尾（{value}），没有当作一条记录",
    "不需要处理；若它是一条记录，请在「{header}」填入正确的内容",
)
SHEETS_MISSING = warning("S204", "工作簿没有这些工作表：{titles}", "没有这类记录就不需要处理；要填时请用完整版模板")
COLUMN_UNKNOWN = warning(
    "S202", "不认识的列「{header}」，内容会原样带进汇总", "不需要处理；若是写错了表头，请改成模板里的写法"
)
MERGED = error("S107", "{range} 是合并单元格，只有左上角一格有内容", "取消合并，把每一格都填上")
SHEET_HIDDEN = warning(
    "S205", "「{sheet}」是隐藏的工作表；其中的 {count} 行照常读取", "取消隐藏后核对；不要的内容请删去"
)
ROWS_HIDDEN = warning("S206", "有 {count} 行被隐藏或筛选掉；照常读取", "取消筛选和隐藏后核对；不要的行请删去")
COLUMN_HIDDEN = warning("S207", "列「{header}」被隐藏；照常读取", "取消隐藏后核对")
BLANK_ROWS = warning("S208", "有 {count} 行只有格式、没有内容", "删去这些空行后另存，文件会小得多")
FAR_CELL = warning("S209", "{cell} 有内容，离表格很远", "若是误填，请删去；若是记录，请移到表格里")

# Cells
BLANK = reject("C101", "「{header}」没有填", "填入：{expected}", brief="没有填")
BLANK_RECOMMENDED = warning("C201", "「{header}」没有填，会影响：{costs}", "知道时请补上：{expected}")
UNPARSABLE = reject("C102", "「{header}」的内容 {value} 看不懂", _ENTER, brief="看不懂，应填：{expected}")
OUT_OF_RANGE = reject("C103", "「{header}」的 {value} 超出允许范围", _ENTER, brief="超出范围，应填：{expected}")
TOO_MANY_DECIMALS = reject("C104", "「{header}」的 {value} 小数位太多", _ENTER, brief="小数位太多，应填：{expected}")
TOO_LONG = reject(
    "C105",
    "「{header}」太长：{length} 个字，最多 {limit} 个",
    "缩短内容，多余的写到备注",
    brief="太长，最多 {limit} 个字",
)
NOT_A_CHOICE = reject("C106", "「{header}」的 {value} 不在选项里", "从下拉列表里选：{choices}", brief="不在选项里")
NOT_A_RECORD_ID = reject("C107", "「{header}」的 {value} 不能作编号", _ENTER, brief="不能作编号，应填：{expected}")
NOT_A_PHONE = reject("C108", "「{header}」的 {value} 不像电话号码", _ENTER, brief="不像电话，应填：{expected}")
NOT_AN_EMAIL = reject("C109", "「{header}」的 {value} 不是邮箱地址", _ENTER, brief="不像邮箱，应填：{expected}")
AMBIGUOUS_DATE = reject("C110", "「{header}」的 {value} 分不清年月日", _ENTER)
NO_SUCH_DATE = reject("C111", "「{header}」的 {value} 不是日历上有的日期", _ENTER)
DIGITS_LOST = reject(
    "C112", "「{header}」的 {value} 超过 15 位，Excel 已丢掉后面的数字", "先把单元格设为“文本”格式，再重新输入完整号码"
)
TURNED_INTO_DATE = reject(
    "C113", "「{header}」被 Excel 变成了日期 {value}", "先把单元格设为“文本”格式，再重新输入原来的内容"
)
ERROR_VALUE = reject("C114", "「{header}」是错误值 {value}", "改正公式，或直接填入：{expected}", brief="是错误值")
NOT_CALCULATED = reject(
    "C115", "「{header}」是公式，但没有算出结果", "在 Excel/WPS 中打开并保存一次，或直接填入：{expected}"
)
BAD_CELL = reject("C116", "「{header}」的单元格内容无法读取（{value}）", "清除这个单元格，重新填入：{expected}")
BAD_CHARACTERS = reject("C117", "「{header}」里有看不见的控制字符（{value}）", "清除这个单元格，重新手工输入")
OVERWRITTEN = reject(
    "C118",
    "「{header}」应由公式得出 {after}，却写成了 {value}",
    "清除这个单元格后从上一行复制公式，或改正它依据的几格",
    brief="公式被改写，请从上一行复制",
)
NOT_A_CREDIT_CODE = reject(
    "C119",
    "「{header}」的 {value} 不是有效的统一社会信用代码",
    "对照营业执照改正，共 18 位，最后一位是校验码",
    brief="不是有效的信用代码，应填：{expected}",
)
FORMULA = warning("C202", "「{header}」里是公式，已采用它的结果 {value}", "复制后“选择性粘贴 → 数值”，以免以后变动")
UNUSUAL_DATE = warning("C203", "「{header}」的 {value} 年份少见", "请核对年份")
DATE_AS_NUMBER = warning("C205", "「{header}」的数字 {value} 按日期 {after} 理解", "把单元格格式改为“日期”，核对后保存")
UNUSUAL_EMAIL = warning("C204", "「{header}」的 {value} 是保留或测试用的邮箱", "请核对，没有邮箱就留空")
FIX_SPACES = fix("C301", "「{header}」里有多余的空格或看不见的字符", brief="有多余的空格或看不见的字符")
FIX_WIDTH = fix("C302", "「{header}」里有全角字符")
FIX_NUMBER = fix(
    "C303",
    "「{header}」把数字写成了文字 {before}",
    brief="是文字，应填：{expected}",
    retype="改成真正的数字：把单元格格式设为“常规”，重新输入 {after}",
)
FIX_DATE = fix(
    "C304",
    "「{header}」把日期写成了文字 {before}",
    brief="是文字，应填：{expected}",
    retype="改成真正的日期：把单元格格式设为“日期”，重新输入 {after}",
)
FIX_PHONE = fix("C305", "「{header}」的电话写法不统一：{before}")
FIX_CHOICE = fix("C306", "「{header}」的 {before} 就是选项 {after}", brief="请用选项里的写法")
FIX_TEXT = fix(
    "C307",
    "「{header}」把编号存成了数字 {before}",
    "把单元格设为“文本”格式，写成 {after}",
    brief="存成了数字，应改成文本",
)
FIX_SEPARATOR = fix("C308", "「{header}」的几个选项没有用顿号隔开：{before}", brief="只填选项，用顿号隔开")
FIX_EMAIL = fix("C309", "「{header}」的邮箱写法不统一：{before}")
FIX_UNIT = fix("C310", "「{header}」的数字里夹着符号或单位：{before}")
FIX_BLANK = fix("C311", "「{header}」用 {before} 表示没有", "没有就留空", brief="没有就留空")
FIX_TIME = fix("C312", "「{header}」只要日期，却带了时间 {before}", brief="只要日期，不要时间")

# Keys and references within a workbook
DUPLICATE_KEY = reject(
    "K101",
    "{headers} {value} 重复，已在第 {first} 行出现",
    "同一编号只能有一行：删去重复的一行，或改正编号",
    brief="与上面的行重复",
)
DUPLICATE_LINE = reject(
    "K104",
    "{headers} {value} 重复，已在第 {first} 行出现",
    "若是同一订单的另一行，请在「{line}」填 2、3……；若是重复登记，请删去一行",
    brief="与上面的行重复，同一编号的另一行请填{line} 2、3……",
)
UNKNOWN_REFERENCE = error(
    "K103",
    "「{header}」的 {value} 在「{title}」里找不到",
    "先在「{title}」登记它，或改正这里的编号",
    brief="在「{title}」里找不到",
)
UNKNOWN_LINE = error(
    "K105",
    "「{title}」里没有 {value} 的第 {line} 行",
    "核对{key}和{header}；一单只有一行时不用填{header}",
    brief="在「{title}」里没有这一行",
)
INCONSISTENT = error(
    "K102",
    "同一{key} {value} 的「{header}」与第 {first} 行不一致（{other}）",
    "同一{key}的各行应填相同的「{header}」",
    brief="与同一{key}的其他行不一致",
)
POSSIBLE_DUPLICATE = warning(
    "K201", "这一行与第 {first} 行内容完全相同", "若是重复登记，请删去一行；若确是两件事，请分别填上编号"
)

# Merging
CONFLICT = warning("M201", "{key} 在几个工作簿里内容不同，采用了 {winner}", "请两边核对后改成一致")
ID_COLLISION = warning("M202", "编号 {key} 被用于不同的客户：{names}", "请各单位商定后，给其中一家改用新编号")
SUBMITTED_TWICE = warning("M203", "内容与 {other} 完全相同，只算一次", "不需要处理")
UNKNOWN_IN_ALL_FILES = warning("M204", "「{header}」的 {value} 在所有工作簿里都没有登记", "请补登记，或改正编号")
FAR_DATE = warning(
    "M205", "日期 {value} 比其他日期晚 31 天以上，没有用作统计截止日", "请核对日期；确实要用时加 --as-of"
)
PENDING = reject(
    "M206",
    "几个工作簿里的内容不同，还没有选定用哪一个",
    "在汇总的「冲突」里选定，下次合并时加 --previous；或把原表改成一致",
)
NEWER_SUBMITTED = warning(
    "M207", "已被同一单位后保存的 {other} 取代；其中 {gone} 行在新文件里没有", "若这些行不该去掉，请补进新文件"
)
UNCLEAR = warning("M208", "上次汇总里对 {key} 的选定前后不一，没有采用", "在新的汇总里重新选定")
ALL_CHANGED = warning(
    "M209",
    "「{title}」的「{header}」一次改了 {changed} 行（两次都填了的共 {compared} 行）",
    "请核对原表：可能整列粘贴错位，或只对这一列排了序",
)
ONLY_SORTED = warning(
    "M210",
    "「{title}」的「{header}」一次改了 {changed} 行，而内容还是原来那些，只是换了行",
    "原表很可能只对这一列排了序；请撤销排序，或从上次的文件恢复这一列",
)
OFFICE_MISSING = warning("M211", "{office} 这次没有交；上次有 {rows} 行", "请催交；催交的话见「催交清单」")
NOT_A_SUMMARY = error("M101", "这不是本工具写出的汇总", "--previous 后面应是上次的汇总工作簿")

ALL: dict[str, Code] = {code.name: code for code in list(globals().values()) if isinstance(code, Code)}
