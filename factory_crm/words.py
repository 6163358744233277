"""The two languages: Chinese is the message id, ``en.toml`` holds the English of each."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Literal, Protocol, runtime_checkable

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")


@runtime_checkable
class Speakable(Protocol):
    """A fact whose words depend on the language, such as what a rule asks for."""

    def say(self, language: Language) -> str:
        """Return the words in that language."""


class Word(str):
    """A Chinese text that is itself to be translated when it stands inside another."""

    __slots__ = ()

    def say(self, language: Language) -> str:
        """Return the word in that language."""
        return say(self, language)


class Listed(tuple[str, ...]):
    """Several texts that are told one after the other."""

    __slots__ = ()

    def say(self, language: Language) -> str:
        """Return the texts, joined as the language does."""
        return ("、" if language == "zh" else ", ").join(say(text, language) for text in self)  # zh only


@cache
def english() -> Mapping[str, str]:
    """Every Chinese text and its English."""
    return tomllib.loads(files(__package__).joinpath("en.toml").read_text("utf-8"))


def say(text: str, language: Language = "zh", /, **facts: object) -> str:
    """Return the text in that language, its ``{facts}`` filled in.

    A text without an English stays Chinese: a test holds that none of ours does.
    """
    template = text if language == "zh" else english().get(text, text)
    if not facts:
        return str(template)
    return template.format_map(
        {name: fact.say(language) if isinstance(fact, Speakable) else fact for name, fact in facts.items()}
    )
