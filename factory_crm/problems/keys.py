"""What can be wrong with keys and references within a workbook: codes K."""

from .declare import Words, cell_error, cell_warning


@cell_error(
    "K101",
    "{headers} {value} 重复，已在第 {first} 行出现",
    "同一编号只能有一行：删去重复的一行，或改正编号",
    brief="与上面的行重复",
)
def DUPLICATE_KEY(*, headers: Words, value: Words, first: int) -> None: ...


@cell_error(
    "K102",
    "同一{key} {value} 的「{header}」与第 {first} 行不一致（{other}）",
    "同一{key}的各行应填相同的「{header}」",
    rejects=False,
    brief="与同一{key}的其他行不一致",
)
def INCONSISTENT(*, key: Words, value: Words, first: int, other: Words) -> None: ...


@cell_error(
    "K103",
    "「{header}」的 {value} 在「{title}」里找不到",
    "先在「{title}」登记它，或改正这里的编号",
    rejects=False,
    brief="在「{title}」里找不到",
)
def UNKNOWN_REFERENCE(*, value: Words, title: Words) -> None: ...


@cell_error(
    "K104",
    "{headers} {value} 重复，已在第 {first} 行出现",
    "若是同一订单的另一行，请在「{line}」填 2、3……；若是重复登记，请删去一行",
    brief="与上面的行重复，同一编号的另一行请填{line} 2、3……",
)
def DUPLICATE_LINE(*, headers: Words, value: Words, first: int, line: Words) -> None: ...


@cell_error(
    "K105",
    "「{title}」里没有 {value} 的第 {line} 行",
    "核对{key}和{header}；一单只有一行时不用填{header}",
    rejects=False,
    brief="在「{title}」里没有这一行",
)
def UNKNOWN_LINE(*, title: Words, value: Words, line: Words, key: Words) -> None: ...


@cell_warning("K201", "这一行与第 {first} 行内容完全相同", "若是重复登记，请删去一行；若确是两件事，请分别填上编号")
def POSSIBLE_DUPLICATE(*, first: int) -> None: ...
