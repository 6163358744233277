"""What can be wrong with a ``factory.toml``: codes F4."""

from .declare import Words, error


@error("F401", "打不开：{reason}", "核对文件名和所在文件夹，用 UTF-8 编码保存")
def UNREADABLE(*, reason: Words) -> None: ...


@error("F402", "{at}不合 TOML 的写法", "改正这一处；文字要加引号，列表写在方括号里")
def NOT_TOML(*, at: Words) -> None: ...


@error("F403", "不认识的项 {key}", "改正写法或删去它；这里可以写：{known}")
def UNKNOWN_KEY(*, key: Words, known: Words) -> None: ...


@error("F404", "缺少 {key}", "补上这一项")
def MISSING_KEY(*, key: Words) -> None: ...


@error("F405", "{value} 不能用在这里", "应写：{expected}")
def INVALID_VALUE(*, value: Words, expected: Words) -> None: ...


@error("F406", "{what} {value} 不存在", "改正写法；现有：{known}")
def UNKNOWN_NAME(*, what: Words, value: Words, known: Words) -> None: ...


@error("F407", "{what} {value} 已经用过了", "换一个，每个只能用一次")
def DUPLICATE_NAME(*, what: Words, value: Words) -> None: ...


@error("F408", "条件或公式 {value} 写得不对：{reason}", "按文档里规则的写法改正；列要写它的英文名")
def RULE(*, value: Words, reason: Words) -> None: ...


@error("F409", "示例 {value} 不合这一列的要求", "应写：{expected}")
def EXAMPLE(*, value: Words, expected: Words) -> None: ...
