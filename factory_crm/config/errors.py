"""What is wrong with the form of a ``factory.toml``, as problems that name the key and how to mend it."""

import dataclasses
import re
import tomllib
import types
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from ..i18n.translate import LazyFormat, LazyText, TextList
from ..problems import codes
from ..problems.declare import Declared, P
from ..problems.problem import Location, Problem
from ..schema.parsers.suggest import similar

Path = tuple[str | int, ...]
"""The way to a key: names of tables, and numbers (from 0) in lists."""
_AT = re.compile(r"at line (\d+), column (\d+)")
_LONGEST = 60
_EXPECTED: Mapping[str, str] = {
    "string_type": "加引号的文字",
    "int_type": "整数",
    "int_from_float": "整数",
    "float_type": "数",
    "bool_type": "true 或 false",
    "date_type": "日期，如 2024-05-01（不加引号）",
    "list_type": '方括号里的列表，如 ["甲", "乙"]',
    "dict_type": "一张表，以 [名称] 起头",
    "model_type": "一张表，以 [名称] 起头",
    "dataclass_type": "一张表，以 [名称] 起头",
    "string_too_short": "不能是空的",
}
_PATTERNS: Mapping[str, str] = {
    "code": "X 加三位数字，如 X101",
    "hours": "起止时间，如 08:30-12:00",
    "title": "最多 31 个字的表名，不含 [ ] : * ? / \\ '",
}
_NAME = "小写英文字母开头的英文名，如 colour"
_ORDERED = {"greater_than": ">", "greater_than_equal": "≥", "less_than": "<", "less_than_equal": "≤"}


def dotted(path: Path) -> str:
    """Return a path as people write it: ``offices[2].name``, counted from 1."""
    text = ""
    for part in path:
        text += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if text else part
    return text


@dataclass
class ConfigErrors:
    """Gathers what is wrong with one file."""

    file: str
    model: type[BaseModel]
    """Of the file."""
    patterns: Mapping[str, str] = field(default_factory=dict)
    """What to ask for, by the name of a key, where a text does not match the pattern of a product's own section."""
    problems: list[Problem] = field(default_factory=list)

    def add(self, code: Declared[P], path: Path, /, *args: P.args, **params: P.kwargs) -> None:
        """Note a mistake at a key."""
        problem = code(Location(self.file, dotted(path)), *args, **params)
        if problem not in self.problems:
            self.problems.append(problem)

    def invalid(self, path: Path, value: object, expected: str, **facts: object) -> None:
        """Note a value that can't stand there, and what can; ``expected`` is a template over the facts."""
        self.add(codes.INVALID_VALUE, path, value=short(value), expected=LazyFormat(expected, facts))

    def unknown(self, path: Path, what: str, value: str, names: Iterable[str]) -> None:
        """Note a name that leads nowhere, and those that do, the likeliest first."""
        self.add(codes.UNKNOWN_NAME, path, what=LazyText(what), value=value, known=suggestion(value, names))

    def duplicate(self, path: Path, what: str, value: str) -> None:
        """Note what has been used before."""
        self.add(codes.DUPLICATE_NAME, path, what=LazyText(what), value=value)


def suggestion(value: str, names: Iterable[str]) -> TextList:
    """Return what is known, what resembles the value ahead."""
    every = list(dict.fromkeys(names))
    near = similar(value, every, most=3)
    return TextList([*near, *(name for name in every if name not in near)])


def short(value: object) -> str:
    """Return a value of the file, cut where it is long."""
    written = value if isinstance(value, str) else str(value)
    return written if len(written) <= _LONGEST else written[: _LONGEST - 1] + "…"


def not_toml(refusal: tomllib.TOMLDecodeError) -> LazyFormat:
    """Return where the file is no TOML."""
    match = _AT.search(str(refusal))
    if not match:
        return LazyFormat("文件末尾")
    return LazyFormat("第 {line} 行第 {column} 列", {"line": match[1], "column": match[2]})


def add_form_errors(refusal: ValidationError, data: Mapping[str, Any], errors: ConfigErrors) -> None:
    """Note everything that the models refuse, once for each key."""
    seen: set[Path] = set()
    for error in refusal.errors(include_url=False):
        path = _there(error["loc"], data) if error["type"] != "missing" else error["loc"]
        if path in seen:
            continue
        seen.add(path)
        _note(error["type"], path, error.get("input"), error.get("ctx", {}), errors)


def _note(kind: str, path: Path, value: object, context: Mapping[str, Any], errors: ConfigErrors) -> None:
    if kind == "missing":
        errors.add(codes.MISSING_KEY, path, key=path[-1])
    elif kind in ("extra_forbidden", "unexpected_keyword_argument"):
        key = str(path[-1])
        errors.add(codes.UNKNOWN_KEY, path, key=key, known=suggestion(key, keys_at(errors.model, path[:-1])))
    elif kind in _ORDERED:
        bound = next(iter(context.values()))
        errors.invalid(path, value, "{sign} {bound} 的数", sign=_ORDERED[kind], bound=f"{bound:g}")
    elif kind == "literal_error":
        errors.invalid(path, value, "{known} 之一", known=TextList(_literals(context)))
    elif kind == "string_pattern_mismatch":
        patterns = {**_PATTERNS, **errors.patterns}
        named = next((part for part in reversed(path) if part in patterns), "")
        errors.invalid(path, value, patterns.get(str(named), _NAME))
    elif kind in ("string_too_long", "too_long"):
        errors.invalid(path, value, "最多 {most} 个字", most=context.get("max_length", ""))
    else:
        errors.invalid(path, value, _EXPECTED.get(kind, "文档 docs/factory.zh-CN.md 里说的写法"))


def _literals(context: Mapping[str, Any]) -> list[str]:
    return re.findall(r"'([^']*)'", str(context.get("expected", "")))


def _there(path: Path, data: Any) -> Path:
    """Return the part of the path that is in the data: what follows names a branch of a union."""
    there: list[str | int] = []
    for part in path:
        inside = part in data if isinstance(data, dict) else isinstance(data, list) and isinstance(part, int)
        if not inside:
            break
        there.append(part)
        data = data[part]
    return tuple(there)


def keys_at(model: type[BaseModel], path: Path) -> list[str]:
    """Return the keys that may stand in a table of the file."""
    model_part: Any = model
    for part in path:
        model_part = _inside(model_part, part)
    return [name for name, _ in _fields(model_part)]


def _inside(annotation: Any, part: str | int) -> Any:
    for name, inner in _fields(annotation):
        if name == part:
            return _plain(inner)
    arguments = get_args(annotation)
    return _plain(arguments[-1]) if arguments else None


def _plain(annotation: Any) -> Any:
    """Return an annotation without what is annotated, and without ``None``."""
    if get_origin(annotation) is Annotated:
        return _plain(get_args(annotation)[0])
    if get_origin(annotation) in (Union, types.UnionType):
        return _plain(next(a for a in get_args(annotation) if a is not types.NoneType))
    return annotation


def _fields(annotation: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield from ((name, field.annotation) for name, field in annotation.model_fields.items())
    elif dataclasses.is_dataclass(annotation):
        yield from ((field.name, field.type) for field in dataclasses.fields(annotation))
