"""What can be wrong with a file: it cannot be read (F1), is passed over or odd (F2), cannot be written (F3) or marked (F5)."""

from .declare import Words, error, warning

EARLIER = ".~1~"
"""What stands in the name of an earlier copy."""


@error("F101", "找不到文件", "核对文件名和所在文件夹")
def NOT_FOUND() -> None: ...


@error("F102", "打不开文件：{reason}", "关闭正在使用它的程序，并确认您有读取权限")
def NOT_READABLE(*, reason: Words) -> None: ...


@error("F103", "这不是普通文件（{kind}）", "请提交保存好的 .xlsx 工作簿")
def NOT_A_FILE(*, kind: Words) -> None: ...


@error("F104", "文件是空的（0 字节）", "重新保存或重新发送这个文件")
def EMPTY_FILE() -> None: ...


@error(
    "F105",
    "文件太大：{what}超过上限 {limit}",
    "删去多余的行、空白格式和图片后另存；确实需要这么大时请联系汇总人调高上限",
)
def TOO_LARGE(*, what: Words, limit: Words) -> None: ...


@error("F106", "文件设了打开密码", "在 Excel/WPS 中取消密码后另存，再提交")
def ENCRYPTED() -> None: ...


@error("F107", "这不是 .xlsx 工作簿，而是 {kind}", "用 Excel 或 WPS 打开它，另存为“Excel 工作簿 (*.xlsx)”再提交")
def OTHER_KIND(*, kind: Words) -> None: ...


@error("F108", "文件已损坏（{part}）", "用 Excel/WPS 打开并修复后另存，或重新发送原文件")
def DAMAGED(*, part: Words) -> None: ...


@error("F109", "文件内容不合规范（{part}）", "用 Excel/WPS 打开后另存为 .xlsx，再提交")
def BAD_XML(*, part: Words) -> None: ...


@error("F110", "文件里有不允许的内容（{part} 中的 DTD 声明）", "不要使用这个文件；请用模板重新填写")
def FORBIDDEN_XML(*, part: Words) -> None: ...


@error("F111", "文件缺少内部部件 {part}", "用 Excel/WPS 打开并修复后另存，再提交")
def MISSING_PART(*, part: Words) -> None: ...


@error("F112", "文件内部部件 {part} 出现了两次，不知以哪个为准", "用 Excel/WPS 打开后另存为 .xlsx，再提交")
def DUPLICATE_PART(*, part: Words) -> None: ...


@error("F113", "文件的压缩或加密方式不受支持（{part}）", "用 Excel/WPS 打开后另存为 .xlsx，再提交")
def UNKNOWN_PACKING(*, part: Words) -> None: ...


@error("F114", "工作簿里没有工作表", "请用模板填写")
def NO_SHEETS() -> None: ...


@error("F115", "工作表的内容指向文件以外（{part}）", "不要使用这个文件；请用模板重新填写")
def EXTERNAL_PART(*, part: Words) -> None: ...


@error("F116", "读取超过 {seconds} 秒，已停止", "删去多余的内容后另存；确实需要时请联系汇总人调高上限")
def TOO_SLOW(*, seconds: Words) -> None: ...


@error("F117", "读取时文件被改动", "保存并关闭文件后再试一次")
def CHANGED() -> None: ...


@error(
    "F118",
    "文件设了打开密码，但这台电脑没有装解密所需的库",
    '请运行：pip install "factory-crm[secure]"；或取消密码后另存',
)
def NEEDS_SECURE() -> None: ...


@error("F119", "文件设了打开密码，给出的密码都不对", "核对密码文件，每行一个密码；或取消密码后另存")
def WRONG_PASSWORD() -> None: ...


@error("F120", "读取时被系统中断，多半是内存不够", "关闭其他程序再试；不行就把它拆成几个工作簿")
def READER_KILLED() -> None: ...


@warning("F201", "跳过临时文件：可能有人正打开着这个工作簿", "请先保存并关闭它", skips_file=True)
def LOCK_FILE() -> None: ...


@warning("F202", "跳过早先的备份", "要用它时，请先改名", skips_file=True)
def EARLIER_COPY() -> None: ...


@warning(
    "F203",
    "跳过带标记的副本：原文件「{other}」也在，副本没有改过",
    "不需要处理；在副本上改好保存后，就会读取副本",
    skips_file=True,
)
def MARKED_COPY(*, other: Words) -> None: ...


@warning("F204", "跳过原文件：已有改过的副本「{other}」", "不需要处理；要读原文件时，请移走副本", skips_file=True)
def REPLACED(*, other: Words) -> None: ...


@warning("F205", "工作簿带有宏；只读取了数据，没有运行宏", "另存为不带宏的“Excel 工作簿 (*.xlsx)”再提交")
def MACROS() -> None: ...


@warning("F206", "工作簿引用了别的文件（{count} 个）；采用的是上次保存的结果", "“数据 → 编辑链接 → 断开链接”后保存")
def EXTERNAL_LINKS(*, count: int) -> None: ...


@warning("F207", "跳过快捷链接：它指向所给文件夹以外", "把文件本身放进来，或直接写出它的路径", skips_file=True)
def LINK_OUTSIDE() -> None: ...


@error("F301", "写不了「{path}」：{reason}", "换一个能写入、空间足够的文件夹或文件名再试")
def NOT_WRITABLE(*, path: Words, reason: Words) -> None: ...


@error(
    "F302",
    "「{path}」正被另一个程序使用，或不允许改写；结果已另存为「{saved}」",
    "关闭正在使用它的程序，再用「{saved}」替换它",
)
def IN_USE(*, path: Words, saved: Words) -> None: ...


@error("F303", "{who} 正在写「{path}」（{since} 开始）", "等对方完成后再试；确定没有人在写时，删除「{lock}」")
def BEING_WRITTEN(*, who: Words, path: Words, since: Words, lock: Words) -> None: ...


@error("F304", "不能写到输入文件或输入文件夹里（{path}）", "换一个文件夹或文件名")
def IS_INPUT(*, path: Words) -> None: ...


@error("F501", "这个工作簿是“Strict Open XML”格式，不能在里面做标记", "在 Excel 中另存为“Excel 工作簿 (*.xlsx)”再检查")
def CANNOT_MARK_STRICT() -> None: ...


@error("F502", "这个工作簿有数字签名，改动会使签名失效，没有做标记", "按清单在原文件中修改；需要标记时先删去数字签名")
def CANNOT_MARK_SIGNED() -> None: ...


@error(
    "F503", "这种文件可以检查，但不能在里面做标记", "按清单在原文件中修改；需要标记时先另存为“Excel 工作簿 (*.xlsx)”"
)
def CANNOT_MARK_FORMAT() -> None: ...
