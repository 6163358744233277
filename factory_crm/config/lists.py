"""The lists and names of a ``factory.toml``: choice lists, offices, calendar."""

from collections.abc import Mapping
from datetime import time
from typing import Self

from ..i18n.translate import Language, LazyText, OwnText, in_every_language
from ..schema.calendar import Calendar
from ..schema.column_type import Choices
from .errors import ConfigErrors
from .file import CalendarPart, FactoryFile, ListPart

OFFICES = "offices"
"""The list of offices, from which the cover is filled."""
_SEPARATORS = frozenset("、,，;；/|\n")  # zh only


class TextLookup:
    """Gives every text of the file its translations."""

    def __init__(self, translations: Mapping[Language, Mapping[str, str]]) -> None:
        """Take what the file says of each language: ``[english]`` of ``en``."""
        self._translations = translations

    @classmethod
    def of(cls, file: FactoryFile) -> Self:
        """Return the lookup of a file: its ``[english]`` is what it says of ``en``."""
        return cls({"en": file.english})

    def __call__(self, text: str) -> LazyText:
        """Return a text with its translations; one of ours keeps ours."""
        own = self.own(text)
        return OwnText(text, own) if own else LazyText(text)

    def own(self, text: str) -> dict[Language, str]:
        """Return what the file itself calls a text in other languages."""
        return {language: texts[text] for language, texts in self._translations.items() if text in texts}


def choices_of(
    file: FactoryFile, base: Mapping[str, Choices], tell: TextLookup, errors: ConfigErrors
) -> dict[str, Choices]:
    """Return every list: the built-in ones, with what the file says of them, and its own."""
    choices = dict(base)
    for name, part in file.choices.items():
        choices[name] = _list(name, part, base.get(name), tell, errors)
    if file.offices:
        choices[OFFICES] = _offices(file, tell, errors)
    return choices


def _list(name: str, part: ListPart, before: Choices | None, tell: TextLookup, errors: ConfigErrors) -> Choices:
    path = ("choices", name)
    own_values = [value for group in part.groups.values() for value in group] or part.values
    if name == OFFICES:
        errors.invalid(path, name, "别的名字；单位写在 [[offices]] 里")
    elif before and before.fixed and own_values:
        errors.invalid((*path, "values"), name, "只写 aliases：这份列表的选项统计要用，不能改")
    elif not before and not own_values:
        errors.invalid(path, name, "至少一个选项")
    for at, value in enumerate(own_values):
        if value != value.strip():
            errors.invalid((*path, "values", at), value, "首尾没有空格的文字")
        if value in own_values[:at] and not part.groups:
            errors.duplicate((*path, "values", at), "选项", value)
    values = tuple(map(tell, dict.fromkeys(own_values))) if own_values else before.values if before else ()
    for alias, value in part.aliases.items():
        if value not in values:
            errors.unknown((*path, "aliases", alias), "选项", value, values)
    aliases = {**(before.aliases if before and not own_values else {}), **part.aliases}
    suggested = part.suggested or bool(before and not own_values and before.open_list)
    groups = {above: tuple(map(tell, members)) for above, members in part.groups.items()}
    return Choices(values, aliases, suggested, groups)


def _offices(file: FactoryFile, tell: TextLookup, errors: ConfigErrors) -> Choices:
    names = [office.name for office in file.offices]
    for at, name in enumerate(names):
        if name in names[:at]:
            errors.duplicate((OFFICES, at, "name"), "填报单位", name)
    return Choices(
        tuple(map(tell, dict.fromkeys(names))),
        {alias: office.name for office in file.offices for alias in office.aliases},
    )


def are_distinct(choices: Choices) -> bool:
    """Whether several of its values may stand in one cell, in any language."""
    return not any(_SEPARATORS.intersection(*in_every_language(value)) for value in choices.values)


def calendar_of(part: CalendarPart | None, errors: ConfigErrors) -> Calendar | None:
    """Return when people work, ``None`` where nothing is said."""
    if part is None:
        return None
    spans: list[tuple[time, time]] = []
    for at, written in enumerate(part.hours):
        start, end = (time.fromisoformat(clock) for clock in written.split("-"))
        if start >= end or (spans and start < spans[-1][1]):
            errors.invalid(("calendar", "hours", at), written, "先后有序、互不重叠的起止时间，如 08:30-12:00")
        spans.append((start, end))
    for day in set(part.holidays) & set(part.workdays):
        errors.duplicate(("calendar", "workdays"), "日期", day.isoformat())
    return Calendar(tuple(spans), tuple(part.weekdays), frozenset(part.holidays), frozenset(part.workdays))
