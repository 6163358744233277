"""What may be wrong with one cell, as Excel conditions: asked in turn, the first that holds names the problem.

A cell is in order exactly where Python finds neither an error nor a fix; so only good spellings need be known here.
"""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal

from ...i18n.translate import LANGUAGES, LIST_SEPARATOR, MESSAGES, translate
from ...problems import codes
from ...schema.column_type import LiveCheck
from ...schema.parsers.credit_code import SIGNS
from ...xlsx.dates import END_OF_SERIALS, FALSE_LEAP_DAY
from ...xlsx.formula import WILDCARDS, quote_text, substitute
from .cells import Branch, CellCheck, LiveProblem
from .excel import (
    all_of,
    ends_blank,
    fits,
    means_nothing,
    no_number,
    one_of,
    only_signs,
    segments,
    starts_blank,
    without,
    without_blanks,
)
from .lookups import PHONES, SPECIAL_CHARACTERS, choices_name, spellings_name

_SIGNS = {"gt": ">", "ge": ">=", "lt": "<", "le": "<="}
_HALF_A_MILLISECOND = "0.000000005787"
_MOST_CHOICES = 50
_MOBILE, _SERVICE = "3456789", ('"400"', '"800"')
_SHORTEST_ABROAD = 8
_NEVER_IN_EMAIL = "()<>[]:;,\\、。＠．　“”"


def branches(check: CellCheck, *, default_reference: str = "") -> Iterator[Branch]:
    """Yield what is asked of an input cell. ``default_reference``: the cell of what a blank one means, empty itself for nothing."""
    lacks: LiveProblem | tuple[Branch, ...] | None = check.item(codes.BLANK) if check.column.required else None
    if default_reference:
        lacks = ((f"LEN({default_reference})>0", None), ("TRUE", lacks))
    yield f"LEN({check.cell})=0", lacks
    yield (
        starts_blank(check.cell),
        ((f"LEN({without_blanks(check.cell)})=0", lacks), ("TRUE", check.item(codes.FIX_SPACES))),
    )
    yield from BRANCHES[check.column.column_type.live](check)


def _prose(check: CellCheck) -> Iterator[Branch]:
    yield ends_blank(check.cell), check.item(codes.FIX_SPACES)
    yield (
        f"SUMPRODUCT((LEN({SPECIAL_CHARACTERS})=1)*ISNUMBER(FIND({SPECIAL_CHARACTERS},{check.cell})))>0",
        check.item(codes.FIX_SPACES),
    )
    if (longest := check.limit("max_length")) is not None:
        yield f"LEN({check.cell})>{longest}", check.item(codes.TOO_LONG, limit=longest)
    if good := _as_patterned(check):
        yield f"NOT({good})", check.item(codes.UNPARSABLE)


def _as_patterned(check: CellCheck) -> str | None:
    """Return the condition that a text matches its column's pattern, ``None`` for a pattern that formulas cannot check."""
    runs = segments(check.limit("pattern") or "")
    return fits(check.cell, runs) if runs else None


def _nothing(check: CellCheck) -> LiveProblem:
    """Return the problem of a word for "nothing": a blank where a value is required, else a correction."""
    return check.item(codes.BLANK if check.column.required else codes.FIX_BLANK)


def _identifier(check: CellCheck) -> Iterator[Branch]:
    cell = check.cell
    yield f"ISNUMBER({cell})", check.item(codes.FIX_TEXT)
    yield f"NOT(ISTEXT({cell}))", check.item(codes.NOT_A_RECORD_ID)
    yield means_nothing(cell), _nothing(check)
    if (longest := check.limit("max_length")) is not None:
        yield f"LEN({cell})>{longest}", check.item(codes.TOO_LONG, limit=longest)
    if check.normal:
        yield f"NOT(EXACT({cell},{check.normal}))", check.item(codes.NOT_A_RECORD_ID)
        return
    if good := _as_patterned(check):
        yield f"NOT({good})", check.item(codes.NOT_A_RECORD_ID)


def _credit_code(check: CellCheck) -> Iterator[Branch]:
    """Check a unified social credit code: 18 characters, the last a check digit of the others."""
    cell, wrong = check.cell, check.item(codes.NOT_A_CREDIT_CODE)
    yield f"NOT(ISTEXT({cell}))", wrong
    worth = [f'(FIND(MID({cell},{at},1),"{SIGNS}")-1)*{3 ** (at - 1) % 31}' for at in range(1, 18)]
    last = f'FIND(RIGHT({cell},1),"{SIGNS}")-1'
    digits = only_signs(f"LEFT({cell},8)", "0123456789")
    good = all_of((f"LEN({cell})=18", f"{digits}", f"MOD({'+'.join(worth)}+{last},31)=0"))
    yield f"NOT(IFERROR({good},FALSE))", wrong


def _number(check: CellCheck) -> Iterator[Branch]:
    cell, places = check.cell, check.column.column_type.scale
    yield no_number(cell), check.item(codes.FIX_NUMBER)
    for limit, sign in _SIGNS.items():
        if (bound := check.limit(limit)) is not None:
            yield f"NOT({cell}{sign}{Decimal(str(bound)):f})", check.item(codes.OUT_OF_RANGE)
    if check.limit("decimal_places") is not None or check.column.column_type.storage == "integer":
        yield f"ROUND({cell},{places})<>{cell}", check.item(codes.TOO_MANY_DECIMALS)


def _moment(check: CellCheck) -> Iterator[Branch]:
    cell = check.cell
    yield no_number(cell), check.item(codes.FIX_DATE)
    beyond = f"OR({cell}<1,{cell}>={END_OF_SERIALS},INT({cell})={FALSE_LEAP_DAY})"
    yield beyond, check.item(codes.OUT_OF_RANGE)


def _day(check: CellCheck) -> Iterator[Branch]:
    yield from _moment(check)
    yield f"ABS({check.cell}-ROUND({check.cell},0))>{_HALF_A_MILLISECOND}", check.item(codes.FIX_TIME)


def _choice(check: CellCheck) -> Iterator[Branch]:
    choices, name = check.page.schema.choices_of(check.column), check.column.choices
    if choices.values:
        good = one_of(check.cell, choices_name(name))
        yield good, None
    if not choices.open_list:
        yield "TRUE", check.item(codes.NOT_A_CHOICE)
        return
    yield means_nothing(check.cell), _nothing(check)
    if choices.values:
        yield f"SUMPRODUCT(--({without_blanks(check.cell)}={spellings_name(name)}))>0", check.item(codes.FIX_CHOICE)
    yield from _prose(check)


def _several(check: CellCheck) -> Iterator[Branch]:
    """Take one good value after the other out of ``、a、、b、``; nothing is left of what is in order.

    All stand in one language; in other languages their own separator may stand between them too, but not now this, now that.
    """
    choices = check.page.schema.choices_of(check.column).values
    if len(choices) > _MOST_CHOICES:
        return
    zh = quote_text(LIST_SEPARATOR[MESSAGES])
    joints = {MESSAGES: zh}
    for other in LANGUAGES[1:]:
        joints[other] = f"IF(ISNUMBER(FIND({zh},{check.cell})),{zh},{quote_text(LIST_SEPARATOR[other])})"
    spelt = {tuple(translate(value, language) for value in choices): joint for language, joint in joints.items()}
    for values, joint in spelt.items():
        rest = f"{zh}&SUBSTITUTE({check.cell},{joint},{quote_text(2 * LIST_SEPARATOR[MESSAGES])})&{zh}"
        for value in values:
            rest = f'SUBSTITUTE({rest},{quote_text(LIST_SEPARATOR[MESSAGES] + value + LIST_SEPARATOR[MESSAGES])},"",1)'
        yield f"LEN({rest})=0", None
    yield "TRUE", check.item(codes.FIX_SEPARATOR)


def _phone(check: CellCheck) -> Iterator[Branch]:
    """Check one phone number of this country in its usual spelling; several, and foreign ones, are left to the program."""
    cell, wrong = check.cell, check.item(codes.NOT_A_PHONE)
    yield f"NOT(ISTEXT({cell}))", wrong
    several = f"LEN({without(cell, map(quote_text, '0123456789-、+ x'))})=0"
    several = all_of((f'ISNUMBER(FIND("、",{cell}))', several))
    abroad = f'IF(LEFT({cell},1)="+",IF(LEFT({cell},3)="+86",FALSE,LEN({cell})>={_SHORTEST_ABROAD}),{several})'
    yield abroad, None
    shape = substitute(cell, {**dict.fromkeys(WILDCARDS, "x"), **dict.fromkeys("123456789", "0")})
    yield f"ISNA(MATCH({shape},{PHONES},0))", wrong
    mobile = all_of((f'ISERR(FIND("-",LEFT({cell},11)))', f'ISNUMBER(FIND(MID({cell},2,1),"{_MOBILE}"))'))
    near = all_of((f'MID({cell},4,1)="-"', f'MID({cell},5,1)<>"0"'))
    far = all_of((f'MID({cell},5,1)="-"', f'MID({cell},6,1)<>"0"', f'ISNUMBER(FIND(MID({cell},2,1),"{_MOBILE}"))'))
    short = f'OR(LEFT({cell},3)="010",LEFT({cell},2)="02")'
    service = all_of((f"OR({','.join(f'LEFT({cell},3)={start}' for start in _SERVICE)})", f'MID({cell},8,1)="-"'))
    good = f'IF(LEFT({cell},1)="1",{mobile},IF(LEFT({cell},1)="0",IF({short},{near},{far}),{service}))'
    yield f"NOT({good})", wrong
    if (longest := check.limit("max_length")) is not None:
        yield f"LEN({cell})>{longest}", wrong


def _email(check: CellCheck) -> Iterator[Branch]:
    """Check for what no e-mail address can be; unusual forms are left to the program."""
    cell, wrong = check.cell, check.item(codes.NOT_AN_EMAIL)
    domain = f'MID({cell},FIND("@",{cell})+1,255)'
    yield f"LEN({cell})-LEN({without(cell, [quote_text('@')])})<>1", wrong
    yield ends_blank(cell), wrong
    bare = without(
        without_blanks(cell), [quote_text(sign) for sign in (*_NEVER_IN_EMAIL, '"', "..", ".@", "@.", "@-", "-.")]
    )
    yield f"LEN({bare})<LEN({cell})", wrong
    yield f'OR(LEFT({cell},1)=".",LEFT({cell},1)="@",FIND("@",{cell})>65,ISERR(FIND(".",{domain})))', wrong
    yield f"NOT(EXACT({domain},LOWER({domain})))", wrong
    yield f'ISNUMBER(FIND(RIGHT({cell},1),".-_+0123456789"))', wrong
    if (longest := check.limit("max_length")) is not None:
        yield f"LEN({cell})>{longest}", wrong


def _other(check: CellCheck) -> Iterator[Branch]:
    """Check the base type of a type whose parser formulas do not know."""
    if check.column.column_type.base_type == "number":
        yield from _number(check)
    elif check.column.column_type.base_type in ("day", "moment"):
        yield from _moment(check)


BRANCHES: Mapping[LiveCheck, Callable[[CellCheck], Iterator[Branch]]] = {
    LiveCheck.BASE_TYPE: _other,
    LiveCheck.TEXT: _prose,
    LiveCheck.IDENTIFIER: _identifier,
    LiveCheck.NUMBER: _number,
    LiveCheck.DAY: _day,
    LiveCheck.MOMENT: _moment,
    LiveCheck.CHOICE: _choice,
    LiveCheck.MULTIPLE_CHOICE: _several,
    LiveCheck.PHONE: _phone,
    LiveCheck.EMAIL: _email,
    LiveCheck.CREDIT_CODE: _credit_code,
}
"""The formulas of every live check."""
