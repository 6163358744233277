"""What can be wrong with sheets, headers and rows: codes S."""

from .declare import Words, cell_warning, error, warning


@error("S101", "没有找到可识别的工作表（需要：{titles}）", "请用模板填写，不要改工作表名称")
def NO_KNOWN_SHEET(*, titles: Words) -> None: ...


@error("S102", "缺少工作表「{title}」", "从模板复制这张表，或恢复原来的表名")
def SHEET_MISSING(*, title: Words) -> None: ...


@error("S103", "「{title}」里没有找到表头", "恢复模板的表头行（需要：{headers}）")
def HEADER_MISSING(*, title: Words, headers: Words) -> None: ...


@error("S104", "「{title}」缺少必填列「{header}」", "补上这一列，表头写「{header}」")
def COLUMN_MISSING(*, title: Words, header: Words, hint: Words = "") -> None: ...


@error("S105", "列「{header}」出现了两次，不知以哪一列为准", "删去多余的一列，或改掉它的表头")
def DUPLICATE_COLUMN(*, header: Words) -> None: ...


@error("S106", "工作表「{sheet}」也像「{title}」，只读取了「{first}」", "把两张表的内容合到「{first}」里，再删去这一张")
def DUPLICATE_SHEET(*, sheet: Words, title: Words, first: Words) -> None: ...


@error("S107", "{range} 是合并单元格，只有左上角一格有内容", "取消合并，把每一格都填上")
def MERGED(*, range: Words) -> None: ...


@warning("S201", "「{title}」没有这些列：{headers}；因此算不出：{costs}", "有条件时改用最新模板")
def COLUMNS_MISSING(*, title: Words, headers: Words, costs: Words) -> None: ...


@warning("S202", "不认识的列「{header}」，内容会原样带进汇总", "不需要处理；若是写错了表头，请改成模板里的写法")
def COLUMN_UNKNOWN(*, header: Words, hint: Words = "") -> None: ...


@cell_warning(
    "S203",
    "这一行像是合计或表尾（{value}），没有当作一条记录",
    "不需要处理；若它是一条记录，请在「{header}」填入正确的内容",
)
def NOT_A_RECORD(*, value: Words) -> None: ...


@warning("S204", "工作簿没有这些工作表：{titles}", "没有这类记录就不需要处理；要填时请用完整版模板")
def SHEETS_MISSING(*, titles: Words) -> None: ...


@warning("S205", "「{sheet}」是隐藏的工作表；其中的 {count} 行照常读取", "取消隐藏后核对；不要的内容请删去")
def SHEET_HIDDEN(*, sheet: Words, count: int) -> None: ...


@warning("S206", "有 {count} 行被隐藏或筛选掉；照常读取", "取消筛选和隐藏后核对；不要的行请删去")
def ROWS_HIDDEN(*, count: int) -> None: ...


@warning("S207", "列「{header}」被隐藏；照常读取", "取消隐藏后核对")
def COLUMN_HIDDEN(*, header: Words) -> None: ...


@warning("S208", "有 {count} 行只有格式、没有内容", "删去这些空行后另存，文件会小得多")
def BLANK_ROWS(*, count: int) -> None: ...


@warning("S209", "{cell} 有内容，离表格很远", "若是误填，请删去；若是记录，请移到表格里")
def FAR_CELL(*, cell: Words) -> None: ...
