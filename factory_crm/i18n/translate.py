"""The two languages: Chinese is the message id, ``en.toml`` holds the English of each."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Literal, Protocol, Self, TypeVar

T = TypeVar("T")
Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")
LIST_SEPARATOR: Mapping[Language, str] = {"zh": "、", "en": ", "}  # zh only
"""What stands between several choices."""


class Translatable(Protocol):
    """A fact whose words depend on the language, such as what a rule asks for."""

    def in_language(self, language: Language) -> str:
        """Return the words in that language."""


class LazyText(str):
    """A Chinese text that is itself to be translated when it stands inside another."""

    __slots__ = ()

    def __new__(cls, text: str) -> "LazyText":  # noqa: PYI034 - it may be a Named
        """Keep a word that brings its own English."""
        return text if isinstance(text, OwnText) else super().__new__(cls, text)

    def in_language(self, language: Language) -> str:
        """Return the word in that language."""
        return translate(self, language)


class OwnText(LazyText):
    """A text of a factory's own, which brings its English along; ``en.toml`` knows only ours."""

    english: str

    def __new__(cls, text: str, english: str = "") -> Self:
        """Take both; without an English, the text stands in either language."""
        named = str.__new__(cls, text)
        named.english = english or text
        return named

    def __reduce__(self) -> tuple[type["OwnText"], tuple[str, str]]:
        """Travel to other processes with its English."""
        return OwnText, (str(self), self.english)


class ChoiceText(str):
    """One choice or several, as a Chinese workbook holds them; in English each is told in English."""

    __slots__ = ()

    def in_language(self, language: Language) -> str:
        """Return the choices, joined as the language does."""
        plain = str(self)  # split() may hand a subclass of str back as it is
        return TextList(plain.split(LIST_SEPARATOR["zh"])).in_language(language)


class TextList(tuple[Any, ...]):
    """Several texts that are told one after the other."""

    __slots__ = ()

    def in_language(self, language: Language) -> str:
        """Return the texts, joined as the language does."""
        return LIST_SEPARATOR[language].join(
            to_text(text, language, lambda plain: translate(plain, language)) for text in self
        )


@dataclass(frozen=True, slots=True)
class LazyFormat:
    """A text with facts of its own, to stand inside another."""

    text: str
    params: Mapping[str, Any] = field(default_factory=dict)

    def in_language(self, language: Language) -> str:
        """Return the text in that language."""
        return translate(self.text, language, **self.params)


_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff\ufffe\uffff]")


def escape_invisible(text: str) -> str:
    """Return the text with what nobody sees, or what would steer a console, written out: ``[U+202D]``."""
    return _UNSEEN.sub(lambda found: " " if found[0].isspace() else f"[U+{ord(found[0]):04X}]", text)


@cache
def english() -> Mapping[str, str]:
    """Every Chinese text and its English.

    Each stands on a line of its own, ``"中文" = "English"``, which read as JSON takes a tenth of the time.
    """
    text = Path(__file__).with_name("locales").joinpath("en.toml").read_bytes().decode().replace('" = "', '": "')
    pairs = [line for line in text.split("\n") if line[:1] == '"']
    found: dict[str, str] = json.loads(f"{{{','.join(pairs)}}}")
    return found


def translate(text: str, language: Language = "zh", /, **facts: object) -> str:
    """Return the text in that language, its ``{facts}`` filled in.

    A text without an English stays Chinese: a test holds that none of ours does.
    """
    own = text.english if isinstance(text, OwnText) else ""
    template = text if language == "zh" else own or english().get(text, text)
    if not facts or isinstance(text, OwnText):
        return str(template)
    return template.format_map(_LazyParams(facts, language))


class _LazyParams(dict[str, Any]):
    """Facts by their name, put in words only where a text asks for them."""

    def __init__(self, facts: Mapping[str, Any], language: Language) -> None:
        super().__init__()
        self._facts, self._language = facts, language

    def __missing__(self, name: str) -> Any:
        return to_text(self._facts[name], self._language, lambda plain: plain)


def to_text(fact: Any, language: Language, otherwise: Callable[[Any], T]) -> str | T:
    """Return a fact in its own words, where it has some; else what ``otherwise`` makes of it."""
    speaking = getattr(fact, "in_language", None)  # isinstance() with a protocol takes ten times as long
    told: str | T = speaking(language) if speaking else otherwise(fact)
    return told
