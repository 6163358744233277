"""待办 as a calendar file (RFC 5545), for Outlook, WPS and telephones."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from ..crm.metrics.customers import UNREGISTERED
from ..crm.metrics.sentences import sentences
from ..i18n.translate import Language, translate
from ..report.outcome import MergeOutcome
from ..report.values import rows_of
from ..storage.atomic import write_text

_OCTETS = 75
"""A line may hold so many; longer ones are folded."""


def export_calendar(
    outcome: MergeOutcome, language: Language, inputs: Sequence[Path], target: Path
) -> Iterator[tuple[bool, str]]:
    """Write the reminders of a summary as a calendar."""
    if outcome.results is not None:
        found = outcome.results.frames["reminders"]
        write_text(target, calendar(found, language), inputs=inputs)
        yield True, translate("√ 已写入日历：{path}（{count} 件待办）", language, path=target, count=len(found))


def calendar(reminders: Any, language: Language) -> str:
    """Return one whole-day event for each of the reminders, a frame as ``metrics.reminders`` says."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//factory_crm//factory_crm//ZH", "CALSCALE:GREGORIAN"]
    events = zip(rows_of(reminders), sentences(reminders, language), strict=True)
    lines += [line for row, told in events for line in _event(row, told, language)]
    return "".join(fold_line(line) + "\r\n" for line in [*lines, "END:VCALENDAR"])


def _event(row: dict[str, Any], told: str, language: Language) -> Iterator[str]:
    name = translate(row["name"], language) if row["name"] == UNREGISTERED else row["name"] or row["customer_id"] or ""
    owner = row["owner"] or translate("（未填负责人）", language)
    day = row["due"].date()
    uid = sha256(f"{row['kind']}\n{row['customer_id']}\n{told}\n{owner}\n{day}".encode("utf-8", "backslashreplace"))
    yield "BEGIN:VEVENT"
    yield f"UID:{uid.hexdigest()[:32]}@factory-crm"
    yield f"DTSTAMP:{day:%Y%m%d}T000000Z"
    yield f"DTSTART;VALUE=DATE:{day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}"
    title = translate(
        "{kind}：{name}（{owner}）", language, kind=translate(row["kind"], language), name=name, owner=owner
    )
    yield "SUMMARY:" + escaped(title)
    yield "DESCRIPTION:" + escaped("\n".join(filter(None, (told, row["customer_id"]))))
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


def fold_line(line: str) -> str:
    """Return a line cut into pieces of at most 75 octets, no character cut in two."""
    pieces, piece, size = [], "", 0
    for sign in line:
        octets = len(sign.encode("utf-8", "backslashreplace"))
        if size + octets > _OCTETS:
            pieces.append(piece)
            piece, size = " ", 1
        piece, size = piece + sign, size + octets
    return "\r\n".join([*pieces, piece])
