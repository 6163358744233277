"""待办 as a calendar file (RFC 5545), for Outlook, WPS and telephones."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from hashlib import sha256

from ..words import Language, say
from .todo import Todo

_OCTETS = 75
"""A line may hold so many; longer ones are folded."""


def calendar(todos: Sequence[Todo], names: Mapping[str, str], language: Language) -> str:
    """Return one whole-day event for each thing to do."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//factory_crm//factory_crm//ZH", "CALSCALE:GREGORIAN"]
    lines += [line for todo in dict.fromkeys(todos) for line in _event(todo, names, language)]
    return "".join(folded(line) + "\r\n" for line in [*lines, "END:VCALENDAR"])


def _event(todo: Todo, names: Mapping[str, str], language: Language) -> Iterator[str]:
    name = names.get(todo.customer_id, todo.customer_id)
    owner = todo.owner or say("（未填负责人）", language)
    told = "\n".join(text for text in (todo.reason(language), todo.about, todo.customer_id) if text)
    yield "BEGIN:VEVENT"
    uid = sha256(
        "\n".join((todo.kind, todo.customer_id, todo.about, todo.owner or "", str(todo.due))).encode(
            "utf-8", "backslashreplace"
        )
    )
    yield f"UID:{uid.hexdigest()[:32]}@factory-crm"
    yield f"DTSTAMP:{todo.due:%Y%m%d}T000000Z"
    yield f"DTSTART;VALUE=DATE:{todo.due:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{todo.due + timedelta(days=1):%Y%m%d}"
    title = say("{kind}：{name}（{owner}）", language, kind=say(todo.kind, language), name=name, owner=owner)
    yield "SUMMARY:" + escaped(title)
    yield "DESCRIPTION:" + escaped(told)
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def escaped(text: str) -> str:
    """Return a text as a value: its separators escaped, control characters left out."""
    kept = "".join(
        sign for sign in text.replace("\r\n", "\n").replace("\r", "\n") if sign == "\n" or sign.isprintable()
    )
    for sign in "\\;,":
        kept = kept.replace(sign, "\\" + sign)
    return kept.replace("\n", "\\n")


def folded(line: str) -> str:
    """Return a line cut into pieces of at most 75 octets, no character cut in two."""
    pieces, piece, size = [], "", 0
    for sign in line:
        octets = len(sign.encode("utf-8", "backslashreplace"))
        if size + octets > _OCTETS:
            pieces.append(piece)
            piece, size = " ", 1
        piece, size = piece + sign, size + octets
    return "\r\n".join([*pieces, piece])
