"""How a code is declared: one function whose keyword parameters are the params of its problems.

>>> @error("F999", "打不开：{reason}", "核对文件名")
... def EXAMPLE_CODE(*, reason: Words) -> None: ...
>>> EXAMPLE_CODE(Location("a.xlsx"), reason="没有权限").message()
'打不开：没有权限'

The function is never called: its signature is what mypy holds every problem of the code to, and its names are what
``Problem.of`` holds it to at run time. A parameter with a default may be left out, and then fills no text.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Generic, ParamSpec, TypeAlias

from ..i18n.translate import Translatable
from .code import Code, Severity
from .problem import Location, Problem

P = ParamSpec("P")
Words: TypeAlias = str | int | Translatable
"""A text, a number, or what has words in every language."""
ChoiceTexts: TypeAlias = Sequence[Any]
_OF_A_CELL = frozenset({"header", "expected", "choices", "hint"})
"""What any problem of a cell may have: what its column wants, and what was probably meant."""
_OF_A_RULE = frozenset({"condition", "header", "values"})


@dataclass(frozen=True, slots=True, eq=False)
class Declared(Code, Generic[P]):
    """A code of the toolkit: calling it with a location and its params makes a problem."""

    module: str = ""
    attribute: str = ""

    def __call__(self, location: Location, /, *_: P.args, **params: P.kwargs) -> Problem:
        """Return the problem at that location. Raises TypeError where a param lacks or is unknown."""
        return Problem.of(self, location, **params)

    def __reduce__(self) -> tuple[Callable[[str, str], Any], tuple[str, str]]:
        """Travel to other processes by name, and arrive as the very same code."""
        return _declared, (self.module, self.attribute)


@dataclass(frozen=True, slots=True, eq=False)
class ColumnCode(Declared[P], Generic[P]):
    """A code about the cells of a column, which names its header."""

    def at(self, location: Location, header: Words, /, *_: P.args, **params: P.kwargs) -> Problem:
        """Return the problem of a cell of the column that has that header."""
        return Problem.of(self, location, header=header, **params)


def error(
    name: str, message: str, hint: str = "", *, rejects: bool = False
) -> Callable[[Callable[P, None]], Declared[P]]:
    """Declare a problem that must be mended; one that ``rejects`` also keeps its row out of a merge."""
    return lambda params: Declared(name, Severity.ERROR, message, hint, rejects=rejects, **_signature(params))


def warning(
    name: str, message: str, hint: str = "", *, skips_file: bool = False
) -> Callable[[Callable[P, None]], Declared[P]]:
    """Declare one that should be looked at again."""
    return lambda params: Declared(name, Severity.WARNING, message, hint, skips_file=skips_file, **_signature(params))


def cell_error(
    name: str, message: str, hint: str = "", *, rejects: bool = True, brief: str = ""
) -> Callable[[Callable[P, None]], ColumnCode[P]]:
    """Declare a problem of a cell that must be mended."""
    return lambda params: ColumnCode(
        name,
        Severity.ERROR,
        message,
        hint,
        rejects=rejects,
        brief=brief,
        of_record=True,
        **_signature(params, _OF_A_CELL),
    )


def cell_warning(
    name: str, message: str, hint: str = "", *, brief: str = ""
) -> Callable[[Callable[P, None]], ColumnCode[P]]:
    """Declare a problem of a cell that should be looked at again."""
    return lambda params: ColumnCode(
        name, Severity.WARNING, message, hint, brief=brief, of_record=True, **_signature(params, _OF_A_CELL)
    )


def cell_fix(
    name: str, message: str, hint: str = "建议改为 {after}", *, brief: str = "", retype: str = ""
) -> Callable[[Callable[P, None]], ColumnCode[P]]:
    """Declare an understood cell for which a better spelling is proposed."""
    return lambda params: ColumnCode(
        name, Severity.FIX, message, hint, brief=brief, retype=retype, of_record=True, **_signature(params, _OF_A_CELL)
    )


def rule_code(name: str, severity: Severity, message: str, hint: str, brief: str) -> Code:
    """Return the code of a rule, about the cells that its condition names; an error rejects the row."""
    return Code(
        name,
        severity,
        message,
        hint,
        rejects=severity is Severity.ERROR,
        brief=brief,
        of_record=True,
        params=_OF_A_RULE,
    )


def codes_of(*namespaces: dict[str, Any]) -> dict[str, Code]:
    """Return the codes that stand in modules, by their names."""
    return {code.name: code for namespace in namespaces for code in namespace.values() if isinstance(code, Declared)}


def _signature(declared: Callable[..., None], beside: frozenset[str] = frozenset()) -> dict[str, Any]:
    """Return the facts of a code that its function gives."""
    code = declared.__code__
    names = frozenset(code.co_varnames[: code.co_argcount + code.co_kwonlyargcount])
    optional = frozenset(declared.__kwdefaults__ or ())
    return {
        "params": names - optional,
        "optional": (optional | beside) - (names - optional),
        "module": declared.__module__,
        "attribute": declared.__name__,
    }


def _declared(module: str, attribute: str) -> Any:
    return getattr(import_module(module), attribute)
