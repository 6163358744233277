"""Signs and spellings that live checks look for: lists on the hidden check sheet, reached through defined names."""

from collections.abc import Iterator, Mapping

from ...i18n.translate import LANGUAGES, translate
from ...problems.problem import column_letters
from ...schema.column_type import Choices
from ...schema.parsers.text import BLANK_WORDS, INVISIBLE
from ...schema.workbook import WorkbookSchema
from ...xlsx.formula import quote_title
from ...xlsx.writer import StrictWorkbook, StrictWorksheet

BLANKS, HARD_SPACE, SPECIAL_CHARACTERS, EMPTY_WORDS, PHONES = (
    "FC_BLANKS",
    "FC_HARD_SPACE",
    "FC_ODD",
    "FC_NOTHING",
    "FC_PHONES",
)
"""Names of: every blank or invisible sign in one cell; the no-break space; signs that have no place in a text, one a
cell; words for "nothing"; how a phone number may look, every digit written as 0."""

_CONTROLS = (*range(1, 9), *range(11, 32), *range(0x7F, 0xA0))
_DIRECTIONS = (0x2028, 0x2029, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
SPECIAL_SIGNS = (*map(chr, (*_CONTROLS, *_DIRECTIONS)), *INVISIBLE)
_OUTER = (9, 10, 0x20, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000)
BLANK_SIGNS = "".join((*map(chr, _OUTER), *INVISIBLE))
_LANDLINES = ("000-0000000", "000-00000000", "0000-0000000", "0000-00000000")
_EXTENSIONS = ("", *("-" + "0" * length for length in range(1, 7)))
PHONE_SHAPES = tuple(shape + tail for shape in ("0" * 11, *_LANDLINES, "000-000-0000") for tail in _EXTENSIONS)


def choices_name(choices: str) -> str:
    """Return the defined name of a list's values in both languages: each is as good."""
    return f"FC_IN_{choices}"


def spellings_name(choices: str) -> str:
    """Return the defined name of every spelling of a list's values, aliases too, without blanks."""
    return f"FC_LIKE_{choices}"


def good_spellings(choices: Choices) -> tuple[str, ...]:
    """Return every value in both languages."""
    return tuple(dict.fromkeys(translate(value, language) for language in LANGUAGES for value in choices.values))


def lists(schema: WorkbookSchema) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield every list's name and what stands in it."""
    yield BLANKS, (BLANK_SIGNS,)
    yield HARD_SPACE, ("\xa0",)
    yield SPECIAL_CHARACTERS, SPECIAL_SIGNS
    yield EMPTY_WORDS, tuple(sorted(BLANK_WORDS))
    yield PHONES, PHONE_SHAPES
    for name, choices in _chosen(schema).items():
        if choices.values:
            good = good_spellings(choices)
            yield choices_name(name), good
            if choices.open_list:
                yield spellings_name(name), tuple(dict.fromkeys("".join(s.split()) for s in (*good, *choices.aliases)))


def _chosen(schema: WorkbookSchema) -> Mapping[str, Choices]:
    used = {column.choices for sheet in schema.sheets for column in sheet.columns}
    return {name: choices for name, choices in schema.choices.items() if name in used}


def write_signs(workbook: StrictWorkbook, sheet: StrictWorksheet, first_column: int, schema: WorkbookSchema) -> None:
    """Write every list downwards, one a column from that one on (counted from 1), and name it."""
    title = quote_title(sheet.get_name())
    for column, (name, texts) in enumerate(lists(schema), first_column):
        for row, text in enumerate(texts):
            sheet.write_string(row, column - 1, text)
        letter = column_letters(column)
        workbook.define_name(name, f"={title}!${letter}$1:${letter}${len(texts)}")
