"""The languages: Chinese is the message id, ``locales/en.toml`` holds the English of each text.

A file ``locales/<language>.toml`` is all that another language takes: whatever speaks or understands every language goes by
``LANGUAGES``, which lists the files.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Protocol, Self, TypeAlias, TypeVar

T = TypeVar("T")
Language: TypeAlias = str
"""The name of a file of ``locales``, or ``MESSAGES``."""
MESSAGES: Language = "zh"
"""The language that the messages are written in."""
_LOCALES = Path(__file__).with_name("locales")
LANGUAGES: tuple[Language, ...] = (MESSAGES, *sorted(path.stem for path in _LOCALES.glob("*.toml")))


class _OfEachLanguage(dict[Language, str]):
    """A text by the language; a locale is read only where it is asked for."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text

    def __missing__(self, language: Language) -> str:
        self[language] = found = translate(self._text, language)
        return found


LIST_SEPARATOR: Mapping[Language, str] = _OfEachLanguage("、")
"""What stands between several choices."""
SENTENCE_JOINT: Mapping[Language, str] = _OfEachLanguage("；")
"""What stands between several statements."""
LANGUAGE_TAG: Mapping[Language, str] = _OfEachLanguage("zh-CN")
"""The language as programs name it (BCP 47), with a region."""


class Translatable(Protocol):
    """A fact whose words depend on the language, such as what a rule asks for."""

    def in_language(self, language: Language) -> str:
        """Return the words in that language."""


class LazyText(str):
    """A Chinese text that is itself to be translated when it stands inside another."""

    __slots__ = ()

    def __new__(cls, text: str) -> "LazyText":  # noqa: PYI034 - it may be a Named
        """Keep a text that brings its own translations."""
        return text if isinstance(text, OwnText) else super().__new__(cls, text)

    def in_language(self, language: Language) -> str:
        """Return the word in that language."""
        return translate(self, language)


class OwnText(LazyText):
    """A text of a factory's own, which brings its translations along; the locales know only ours."""

    translations: Mapping[Language, str]

    def __new__(cls, text: str, translations: Mapping[Language, str]) -> Self:
        """Take the text and what it is in other languages; it stands as it is in any language that is not among them."""
        own = str.__new__(cls, text)
        own.translations = translations
        return own

    def __reduce__(self) -> tuple[type["OwnText"], tuple[str, Mapping[Language, str]]]:
        """Travel to other processes with its translations."""
        return OwnText, (str(self), self.translations)


class ChoiceText(str):
    """One choice or several, as a Chinese workbook holds them; in another language each in that language."""

    __slots__ = ()

    def in_language(self, language: Language) -> str:
        """Return the choices, joined as the language does."""
        plain = str(self)  # split() may hand a subclass of str back as it is
        return TextList(plain.split(LIST_SEPARATOR[MESSAGES])).in_language(language)


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


def own_text(text: Translatable) -> OwnText:
    """Return the text as it is in every language now, to stand where a message of ours would."""
    return OwnText(text.in_language(MESSAGES), {language: text.in_language(language) for language in LANGUAGES[1:]})


_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff\ufffe\uffff]")


def escape_invisible(text: str) -> str:
    """Return the text with what nobody sees, or what would steer a console, written out: ``[U+202D]``."""
    return _UNSEEN.sub(lambda found: " " if found[0].isspace() else f"[U+{ord(found[0]):04X}]", text)


@cache
def locale(language: Language) -> Mapping[str, str]:
    """Return every Chinese text and what it is in another language; nothing for the language of the messages.

    Each stands on a line of its own, ``"中文" = "English"``, which read as JSON takes a tenth of the time.
    """
    if language == MESSAGES:
        return {}
    text = _LOCALES.joinpath(f"{language}.toml").read_bytes().decode().replace('" = "', '": "')
    pairs = [line for line in text.split("\n") if line[:1] == '"']
    found: dict[str, str] = json.loads(f"{{{','.join(pairs)}}}")
    return found


def in_every_language(text: str) -> tuple[str, ...]:
    """Return what a text is in each language, the language of the messages first; equal ones once."""
    return tuple(dict.fromkeys(translate(text, language) for language in LANGUAGES))


def translate(text: str, language: Language = MESSAGES, /, **facts: object) -> str:
    """Return the text in that language, its ``{facts}`` filled in.

    A text that a language lacks stays Chinese: a test holds that English lacks none of ours.
    """
    if language == MESSAGES:
        template: str = text
    else:
        known = text.translations if isinstance(text, OwnText) else locale(language)
        template = known.get(language if isinstance(text, OwnText) else text, text)
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
