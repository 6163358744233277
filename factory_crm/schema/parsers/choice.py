"""Parse choices from a list, one or several in a cell."""

import re
import unicodedata
from functools import cache

from ...i18n.translate import (
    LANGUAGES,
    LIST_SEPARATOR,
    MESSAGES,
    ChoiceText,
    Language,
    LazyFormat,
    in_every_language,
    translate,
)
from ...problems import codes
from ...problems.codes import Code
from ..column_type import Choices, Parsed, RawValue
from .suggest import suggestions
from .text import blank, display_text, invalid, is_blank_word, strip_blanks, text

_SEPARATORS = re.compile(r"[、,，;；/|\n]+")  # zh only


def choice(raw: RawValue, choices: Choices) -> Parsed:
    """Read one choice: its value, in whatever language, or an alias."""
    written = display_text(raw)
    if written in choices.values:
        return Parsed(written)
    found = _chosen(written, choices)
    if found is not None and written in in_every_language(found):
        return Parsed(found)
    if found is None and is_blank_word(written):
        return blank(raw)
    if choices.open_list:
        reading = text(raw, choices)
        if found is None or not reading.ok or found == reading.value:
            return reading
    return _no_choice([written], choices) if found is None else _chosen_as(found, raw, codes.FIX_CHOICE)


def multiple_choice(raw: RawValue, choices: Choices) -> Parsed:
    """Read several choices, separated by 、 or by what people use instead."""
    if not isinstance(raw, str) or is_blank_word(raw):
        return choice(raw, choices)
    written = [part for part in map(strip_blanks, _SEPARATORS.split(raw)) if part]
    if any(_chosen(part, choices) is None for part in written):  # blanks may stand between them, or within one
        written = [word for part in written for word in ([part] if _chosen(part, choices) else part.split())]
    found = [_chosen(part, choices) for part in written]
    if not found or not all(found):
        return _no_choice([part for part, value in zip(written, found, strict=True) if value is None] or [raw], choices)
    values = tuple(dict.fromkeys(value for value in found if value))
    if any(raw == joint.join(translate(value, language) for value in values) for language, joint in joined()):
        return Parsed(values)
    return _chosen_as(
        values,
        raw,
        codes.FIX_CHOICE if LIST_SEPARATOR[MESSAGES].join(written) == strip_blanks(raw) else codes.FIX_SEPARATOR,
    )


@cache
def joined() -> tuple[tuple[Language, str], ...]:
    """Return in which languages several choices may stand in a cell, and what stands between them: 、 in any."""
    separators = (LIST_SEPARATOR[language] for language in LANGUAGES)
    return (*zip(LANGUAGES, separators, strict=True), *((other, LIST_SEPARATOR[MESSAGES]) for other in LANGUAGES[1:]))


def _chosen_as(value: str | tuple[str, ...], raw: RawValue, code: Code) -> Parsed:
    return Parsed(value, code, {"before": display_text(raw), "after": ChoiceText(display_text(value))})


def _no_choice(unknown: list[str], choices: Choices) -> Parsed:
    near = suggestions(_normalize_choice(unknown[0]), _spellings(choices.values, tuple(choices.aliases.items())))
    hint = {"hint": LazyFormat("最接近的选项是「{nearest}」", {"nearest": ChoiceText(near)})} if near else {}
    return invalid(codes.NOT_A_CHOICE, "、".join(unknown), **hint)  # zh only


def _chosen(written: str, choices: Choices) -> str | None:
    return _spellings(choices.values, tuple(choices.aliases.items())).get(_normalize_choice(written))


@cache
def _spellings(values: tuple[str, ...], aliases: tuple[tuple[str, str], ...]) -> dict[str, str]:
    """Return the values of a list by every spelling of theirs, normalized."""
    pairs = [
        *((alias, value) for alias, value in aliases),
        *((translate(v, language), v) for language in reversed(LANGUAGES) for v in values),
    ]
    return {_normalize_choice(spelling): value for spelling, value in pairs}


def _normalize_choice(written: str) -> str:
    return "".join(unicodedata.normalize("NFKC", strip_blanks(written)).split()).casefold()
