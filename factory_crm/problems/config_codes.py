"""What can be wrong with a ``factory.toml``: codes F401 and on."""

from .code import Code, error

UNREADABLE = error("F401", "打不开：{reason}", "核对文件名和所在文件夹，用 UTF-8 编码保存")
NOT_TOML = error("F402", "{at}不合 TOML 的写法", "改正这一处；文字要加引号，列表写在方括号里")
UNKNOWN_KEY = error("F403", "不认识的项 {key}", "改正写法或删去它；这里可以写：{known}")
MISSING_KEY = error("F404", "缺少 {key}", "补上这一项")
INVALID_VALUE = error("F405", "{value} 不能用在这里", "应写：{expected}")
UNKNOWN_NAME = error("F406", "{what} {value} 不存在", "改正写法；现有：{known}")
DUPLICATE_NAME = error("F407", "{what} {value} 已经用过了", "换一个，每个只能用一次")
RULE = error("F408", "条件或公式 {value} 写得不对：{reason}", "按文档里规则的写法改正；列要写它的英文名")
EXAMPLE = error("F409", "示例 {value} 不合这一列的要求", "应写：{expected}")
ALL: dict[str, Code] = {code.name: code for code in list(globals().values()) if isinstance(code, Code)}
