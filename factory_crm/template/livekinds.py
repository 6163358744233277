"""What may be wrong with one cell, as Excel conditions: asked in turn, the first that holds names the problem.

A cell is in order exactly where Python finds neither an error nor a fix; so only good spellings need be known here.
"""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal

from .. import codes
from ..contract import contacts, days, registers, spellings
from ..contract.kinds import Understand
from ..words import JOINTS, Language, say
from .asking import (
    ends_blank,
    every,
    fits,
    means_nothing,
    no_number,
    one_of,
    only_signs,
    segments,
    squeezed,
    starts_blank,
    text,
    without,
)
from .livecell import Asked, Item, Step
from .signs import ODD, PHONES, choices_name, spellings_name

_SIGNS = {"gt": ">", "ge": ">=", "lt": "<", "le": "<="}
_END_OF_DAYS, _DAY_THAT_NEVER_WAS = 2_958_466, 60
_HALF_A_MILLISECOND = "0.000000005787"
_MOST_CHOICES = 50
_MOBILE, _SERVICE = "3456789", ('"400"', '"800"')
_SHORTEST_ABROAD = 8
_NEVER_IN_EMAIL = "()<>[]:;,\\、。＠．　“”"


def steps(asked: Asked, *, presumed: str = "") -> Iterator[Step]:
    """Yield what is asked of an input cell. ``presumed``: the cell of what a blank one means, empty itself for nothing."""
    lacks: Item | tuple[Step, ...] | None = asked.item(codes.BLANK) if asked.column.required else None
    if presumed:
        lacks = ((f"LEN({presumed})>0", None), ("TRUE", lacks))
    yield f"LEN({asked.cell})=0", lacks
    yield starts_blank(asked.cell), ((f"LEN({squeezed(asked.cell)})=0", lacks), ("TRUE", asked.item(codes.FIX_SPACES)))
    yield from _ASKERS.get(asked.column.kind.understand, _other)(asked)


def _prose(asked: Asked) -> Iterator[Step]:
    yield ends_blank(asked.cell), asked.item(codes.FIX_SPACES)
    yield f"SUMPRODUCT((LEN({ODD})=1)*ISNUMBER(FIND({ODD},{asked.cell})))>0", asked.item(codes.FIX_SPACES)
    if (longest := asked.limit("max_length")) is not None:
        yield f"LEN({asked.cell})>{longest}", asked.item(codes.TOO_LONG, limit=longest)
    if good := _as_patterned(asked):
        yield f"NOT({good})", asked.item(codes.NOT_UNDERSTOOD)


def _as_patterned(asked: Asked) -> str | None:
    """The condition that a text is as its column's pattern has it; ``None`` where there is none that a formula can ask."""
    runs = segments(asked.limit("pattern") or "")
    return fits(asked.cell, runs) if runs else None


def _nothing(asked: Asked) -> Item:
    """A word for "nothing" where something has to stand is as good as a blank."""
    return asked.item(codes.BLANK if asked.column.required else codes.FIX_BLANK)


def _identifier(asked: Asked) -> Iterator[Step]:
    cell = asked.cell
    yield f"ISNUMBER({cell})", asked.item(codes.FIX_TEXT)
    yield f"NOT(ISTEXT({cell}))", asked.item(codes.NOT_A_NUMBER_OF_RECORD)
    yield means_nothing(cell), _nothing(asked)
    if (longest := asked.limit("max_length")) is not None:
        yield f"LEN({cell})>{longest}", asked.item(codes.TOO_LONG, limit=longest)
    if asked.normal:
        yield f"NOT(EXACT({cell},{asked.normal}))", asked.item(codes.NOT_A_NUMBER_OF_RECORD)
        return
    if good := _as_patterned(asked):
        yield f"NOT({good})", asked.item(codes.NOT_A_NUMBER_OF_RECORD)


def _credit_code(asked: Asked) -> Iterator[Step]:
    """Eighteen signs, the last of which is reckoned from the others."""
    cell, wrong = asked.cell, asked.item(codes.NOT_A_CREDIT_CODE)
    yield f"NOT(ISTEXT({cell}))", wrong
    worth = [f'(FIND(MID({cell},{at},1),"{registers.SIGNS}")-1)*{3 ** (at - 1) % 31}' for at in range(1, 18)]
    last = f'FIND(RIGHT({cell},1),"{registers.SIGNS}")-1'
    digits = only_signs(f"LEFT({cell},8)", "0123456789")
    good = every((f"LEN({cell})=18", f"{digits}", f"MOD({'+'.join(worth)}+{last},31)=0"))
    yield f"NOT(IFERROR({good},FALSE))", wrong


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
    yield means_nothing(asked.cell), _nothing(asked)
    if choices.values:
        yield f"SUMPRODUCT(--({squeezed(asked.cell)}={spellings_name(name)}))>0", asked.item(codes.FIX_CHOICE)
    yield from _prose(asked)


def _several(asked: Asked) -> Iterator[Step]:
    """Take one good value after the other out of ``、a、、b、``; nothing is left of what is in order.

    All stand in one language; in English a comma may stand between them too, but not now this, now that.
    """
    choices = asked.page.contract.choices_of(asked.column).values
    if len(choices) > _MOST_CHOICES:
        return
    zh, en = (text(JOINTS[language]) for language in ("zh", "en"))
    either = f"IF(ISNUMBER(FIND({zh},{asked.cell})),{zh},{en})"
    joints: Mapping[Language, str] = {"zh": zh, "en": either}
    spelt = {tuple(say(value, language) for value in choices): joint for language, joint in joints.items()}
    for values, joint in spelt.items():
        rest = f"{zh}&SUBSTITUTE({asked.cell},{joint},{text(2 * JOINTS['zh'])})&{zh}"
        for value in values:
            rest = f'SUBSTITUTE({rest},{text(JOINTS["zh"] + value + JOINTS["zh"])},"",1)'
        yield f"LEN({rest})=0", None
    yield "TRUE", asked.item(codes.FIX_SEPARATOR)


def _phone(asked: Asked) -> Iterator[Step]:
    """One phone number of this country, spelt as Python spells it; several, and those of abroad, are left to Python."""
    cell, wrong = asked.cell, asked.item(codes.NOT_A_PHONE)
    yield f"NOT(ISTEXT({cell}))", wrong
    several = f"LEN({without(cell, map(text, '0123456789-、+ x'))})=0"
    several = every((f'ISNUMBER(FIND("、",{cell}))', several))
    abroad = f'IF(LEFT({cell},1)="+",IF(LEFT({cell},3)="+86",FALSE,LEN({cell})>={_SHORTEST_ABROAD}),{several})'
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
    days.month: _day,
    days.moment: _moment,
    registers.credit_code: _credit_code,
    contacts.choice: _choice,
    contacts.several: _several,
    contacts.phone: _phone,
    contacts.email: _email,
}
