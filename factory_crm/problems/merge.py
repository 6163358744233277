"""What can be wrong where workbooks are merged: codes M."""

from .declare import Words, error, warning


@error("M101", "这不是本工具写出的汇总", "--previous 后面应是上次的汇总工作簿")
def NOT_A_SUMMARY() -> None: ...


@warning("M203", "内容与 {other} 完全相同，只算一次", "不需要处理")
def SUBMITTED_TWICE(*, other: Words) -> None: ...


@warning("M204", "「{header}」的 {value} 在所有工作簿里都没有登记", "请补登记，或改正编号")
def UNKNOWN_IN_ALL_FILES(*, header: Words, value: Words) -> None: ...


@warning("M205", "日期 {value} 比其他日期晚 31 天以上，没有用作统计截止日", "请核对日期；确实要用时加 --as-of")
def FAR_DATE(*, value: Words) -> None: ...


@error(
    "M206",
    "几个工作簿里的内容不同，还没有选定用哪一个",
    "在汇总的「冲突」里选定，下次合并时加 --previous；或把原表改成一致",
    rejects=True,
)
def PENDING() -> None: ...


@warning("M207", "已被同一单位后保存的 {other} 取代；其中 {gone} 行在新文件里没有", "若这些行不该去掉，请补进新文件")
def NEWER_SUBMITTED(*, other: Words, gone: int) -> None: ...


@warning("M208", "上次汇总里对 {key} 的选定前后不一，没有采用", "在新的汇总里重新选定")
def UNCLEAR(*, key: Words) -> None: ...


@warning(
    "M209",
    "「{title}」的「{header}」一次改了 {changed} 行（两次都填了的共 {compared} 行）",
    "请核对原表：可能整列粘贴错位，或只对这一列排了序",
)
def ALL_CHANGED(*, title: Words, header: Words, changed: int, compared: int) -> None: ...


@warning(
    "M210",
    "「{title}」的「{header}」一次改了 {changed} 行，而内容还是原来那些，只是换了行",
    "原表很可能只对这一列排了序；请撤销排序，或从上次的文件恢复这一列",
)
def ONLY_SORTED(*, title: Words, header: Words, changed: int) -> None: ...


@warning("M211", "{office} 这次没有交；上次有 {rows} 行", "请催交；催交的话见「催交清单」")
def OFFICE_MISSING(*, office: Words, rows: int) -> None: ...
