"""What may be wrong with one cell, as Excel conditions: asked in turn, the first that holds names the problem.

A cell is in order exactly where Python finds neither an error nor a fix; so only good spellings need be known here.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from .. import codes
from ..codes import Code, Severity
from ..contract import contacts, days, registers, spellings
from ..contract.kinds import Understand
from ..contract.sheet import Column
from ..words import LANGUAGES, Language, Word, say
from .asking import (
    class_of_signs,
    ends_blank,
    every,
    means_nothing,
    no_number,
    one_of,
    only_signs,
    squeezed,
    starts_blank,
    text,
    without,
)
from .page import Page
from .signs import ODD, PHONES, choices_name, spellings_name

WARNS = "▲"
"""Stands before what is worth a look but no reason to hold a row back."""
_SIGNS = {"gt": ">", "ge": ">=", "lt": "<", "le": "<="}
_END_OF_DAYS, _DAY_THAT_NEVER_WAS = 2_958_466, 60
_HALF_A_MILLISECOND = "0.000000005787"
_MOST_CHOICES = 50
_MOBILE, _SERVICE = "3456789", ('"400"', '"800"')
_NEVER_IN_EMAIL = "()<>[]:;,\\、。＠．　“”"


class Item(NamedTuple):
    """A problem that the live checks can name."""

    code: Code
    column: Column
    facts: Mapping[str, object]

    def mark(self, language: Language) -> str:
        """Return how its text begins: with the header of its column."""
        sign = WARNS if self.code.severity is Severity.WARNING else ""
        return sign + say("{header}：", language, header=Word(self.column.header))

    def say(self, language: Language) -> str:
        """Return the whole text, as it stands in the last column."""
        told = say(self.code.brief, language, **{"expected": Word(self.column.kind.expected), **self.facts})
        return self.mark(language) + say("{problem}；", language, problem=told)


Step = tuple[str, "Item | tuple[Step, ...] | None"]
"""A condition, and what it shows: a problem, further steps, or that nothing is wrong and nothing more need be asked."""


class Asked(NamedTuple):
    """One column of a page, with the formula of its cell."""

    page: Page
    column: Column
    cell: str
    normal: str = ""
    """The cell that holds its number as it is compared, for keys."""

    def item(self, code: Code, **facts: object) -> Item:
        """Return a problem of this column."""
        return Item(code, self.column, facts)

    def limit(self, name: str) -> Any:
        """Return a limit of the column, ``None`` where it has none."""
        return self.column.limits.get(name)


def steps(asked: Asked, *, presumed: str = "") -> Iterator[Step]:
    """Yield what is asked of an input cell. ``presumed``: the cell of what a blank one means, empty itself for nothing."""
    lacks: Item | tuple[Step, ...] | None = asked.item(codes.BLANK) if asked.column.required else None
    if presumed:
        lacks = ((f"LEN({presumed})>0", None), ("TRUE", lacks))
    yield f"LEN({asked.cell})=0", lacks
    yield starts_blank(asked.cell), ((f"LEN({squeezed(asked.cell)})=0", lacks), ("TRUE", asked.item(codes.FIX_SPACES)))
    yield from _ASKERS.get(asked.column.kind.understand, _other)(asked)


def told(found: Iterable[Step], language: Language) -> str:
    """Return the formula of what is wrong, empty where nothing is."""
    formula = text("")
    for condition, shown in reversed(list(found)):
        outcome = text(shown.say(language)) if isinstance(shown, Item) else told(shown or (), language)
        formula = outcome if condition == "TRUE" else f"IF({condition},{outcome},{formula})"
    return formula


def items(found: Iterable[Step]) -> Iterator[Item]:
    """Yield the problems that steps can show."""
    for _, shown in found:
        if isinstance(shown, Item):
            yield shown
        else:
            yield from items(shown or ())


def _prose(asked: Asked) -> Iterator[Step]:
    yield ends_blank(asked.cell), asked.item(codes.FIX_SPACES)
    yield f"SUMPRODUCT((LEN({ODD})=1)*ISNUMBER(FIND({ODD},{asked.cell})))>0", asked.item(codes.FIX_SPACES)
    if (longest := asked.limit("max_length")) is not None:
        yield f"LEN({asked.cell})>{longest}", asked.item(codes.TOO_LONG, limit=longest)


def _identifier(asked: Asked) -> Iterator[Step]:
    cell = asked.cell
    yield f"ISNUMBER({cell})", asked.item(codes.FIX_TEXT)
    yield f"NOT(ISTEXT({cell}))", asked.item(codes.NOT_A_NUMBER_OF_RECORD)
    yield means_nothing(cell), asked.item(codes.BLANK if asked.column.required else codes.FIX_BLANK)
    if asked.normal:
        yield f"NOT(EXACT({cell},{asked.normal}))", asked.item(codes.NOT_A_NUMBER_OF_RECORD)
        return
    shape = class_of_signs(asked.limit("pattern") or "")
    if shape and (only := only_signs(cell, shape[0])):
        yield f"LEN({cell})>{shape[1]}", asked.item(codes.NOT_A_NUMBER_OF_RECORD)
        yield f"NOT({only})", asked.item(codes.NOT_A_NUMBER_OF_RECORD)


def _number(asked: Asked) -> Iterator[Step]:
    cell, places = asked.cell, asked.column.kind.places
    yield no_number(cell), asked.item(codes.FIX_NUMBER)
    for limit, sign in _SIGNS.items():
        if (bound := asked.limit(limit)) is not None:
            yield f"NOT({cell}{sign}{Decimal(str(bound)):f})", asked.item(codes.OUT_OF_RANGE)
    if asked.limit("decimal_places") is not None or asked.column.kind.frame == "integer":
        yield f"ROUND({cell},{places})<>{cell}", asked.item(codes.TOO_MANY_PLACES)


def _moment(asked: Asked) -> Iterator[Step]:
    cell = asked.cell
    yield no_number(cell), asked.item(codes.FIX_DATE)
    beyond = f"OR({cell}<1,{cell}>={_END_OF_DAYS},INT({cell})={_DAY_THAT_NEVER_WAS})"
    yield beyond, asked.item(codes.OUT_OF_RANGE)


def _day(asked: Asked) -> Iterator[Step]:
    yield from _moment(asked)
    yield f"ABS({asked.cell}-ROUND({asked.cell},0))>{_HALF_A_MILLISECOND}", asked.item(codes.FIX_TIME)


def _choice(asked: Asked) -> Iterator[Step]:
    choices, name = asked.page.contract.choices_of(asked.column), asked.column.choices
    if choices.values:
        good = one_of(asked.cell, choices_name(name))
        yield good, None
    if not choices.only_suggested:
        yield "TRUE", asked.item(codes.NOT_A_CHOICE)
        return
    yield means_nothing(asked.cell), asked.item(codes.FIX_BLANK)
    if choices.values:
        yield f"SUMPRODUCT(--({asked.cell}={spellings_name(name)}))>0", asked.item(codes.FIX_CHOICE)
    yield from _prose(asked)


def _several(asked: Asked) -> Iterator[Step]:
    """Take one good value after the other out of ``、a、、b、``; nothing is left of what is in order."""
    choices = asked.page.contract.choices_of(asked.column).values
    if len(choices) > _MOST_CHOICES:
        return
    for language in LANGUAGES:
        rest = f'"、"&SUBSTITUTE({asked.cell},"、","、、")&"、"'
        for value in choices:
            listed = text("、" + say(value, language) + "、")  # zh only
            rest = f'SUBSTITUTE({rest},{listed},"",1)'
        yield f"LEN({rest})=0", None
    yield "TRUE", asked.item(codes.FIX_SEPARATOR)


def _phone(asked: Asked) -> Iterator[Step]:
    """One phone number of this country, spelt as Python spells it; several, and those of abroad, are left to Python."""
    cell, wrong = asked.cell, asked.item(codes.NOT_A_PHONE)
    yield f"NOT(ISTEXT({cell}))", wrong
    several = f"LEN({without(cell, map(text, '0123456789-、+ x'))})=0"
    several = every((f'ISNUMBER(FIND("、",{cell}))', several))
    abroad = f'IF(LEFT({cell},1)="+",LEFT({cell},3)<>"+86",{several})'
    yield abroad, None
    shape = cell
    for sign in "~*?":
        shape = f'SUBSTITUTE({shape},"{sign}","x")'
    for digit in "123456789":
        shape = f'SUBSTITUTE({shape},"{digit}","0")'
    yield f"ISNA(MATCH({shape},{PHONES},0))", wrong
    mobile = every((f'ISERR(FIND("-",LEFT({cell},11)))', f'ISNUMBER(FIND(MID({cell},2,1),"{_MOBILE}"))'))
    near = every((f'MID({cell},4,1)="-"', f'MID({cell},5,1)<>"0"'))
    far = every((f'MID({cell},5,1)="-"', f'MID({cell},6,1)<>"0"', f'ISNUMBER(FIND(MID({cell},2,1),"{_MOBILE}"))'))
    short = f'OR(LEFT({cell},3)="010",LEFT({cell},2)="02")'
    service = every((f"OR({','.join(f'LEFT({cell},3)={start}' for start in _SERVICE)})", f'MID({cell},8,1)="-"'))
    good = f'IF(LEFT({cell},1)="1",{mobile},IF(LEFT({cell},1)="0",IF({short},{near},{far}),{service}))'
    yield f"NOT({good})", wrong
    if (longest := asked.limit("max_length")) is not None:
        yield f"LEN({cell})>{longest}", wrong


def _email(asked: Asked) -> Iterator[Step]:
    """What no address can be; the rare forms that only a mail program knows are left to Python."""
    cell, wrong = asked.cell, asked.item(codes.NOT_AN_EMAIL)
    domain = f'MID({cell},FIND("@",{cell})+1,255)'
    yield f"LEN({cell})-LEN({without(cell, [text('@')])})<>1", wrong
    yield ends_blank(cell), wrong
    bare = without(squeezed(cell), [text(sign) for sign in (*_NEVER_IN_EMAIL, '"', "..", ".@", "@.", "@-", "-.")])
    yield f"LEN({bare})<LEN({cell})", wrong
    yield f'OR(LEFT({cell},1)=".",LEFT({cell},1)="@",FIND("@",{cell})>65,ISERR(FIND(".",{domain})))', wrong
    yield f"NOT(EXACT({domain},LOWER({domain})))", wrong
    yield f'ISNUMBER(FIND(RIGHT({cell},1),".-_+0123456789"))', wrong
    if (longest := asked.limit("max_length")) is not None:
        yield f"LEN({cell})>{longest}", wrong


def _other(asked: Asked) -> Iterator[Step]:
    """A kind that only Python understands: no more than its basis is asked for."""
    if asked.column.kind.basis == "number":
        yield from _number(asked)
    elif asked.column.kind.basis in ("day", "moment"):
        yield from _moment(asked)


_ASKERS: Mapping[Understand, Callable[[Asked], Iterator[Step]]] = {
    spellings.text: _prose,
    spellings.identifier: _identifier,
    spellings.number: _number,
    spellings.quantity: _number,
    spellings.whole: _number,
    spellings.score: _number,
    spellings.percent: _number,
    days.day: _day,
    days.birthday: _day,
    days.month: _moment,
    days.moment: _moment,
    registers.credit_code: _prose,
    contacts.choice: _choice,
    contacts.several: _several,
    contacts.phone: _phone,
    contacts.email: _email,
}
