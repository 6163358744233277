"""Supersede resubmissions: the same file twice, or an older version of the same office's workbook."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from ..problems import codes
from ..problems.problem import Location, Problem
from .ingest import FileIntake
from .partition import WIDTH, hash_of
from .record import Counts, Origin, OriginStatus

_SAME_WORKBOOK = 0.5
"""From which share of its keys on a later workbook is a newer version of this one, and not the office's other half."""


def without_resubmissions(intakes: Sequence[FileIntake]) -> list[FileIntake]:
    """A file sent twice counts once, whatever it is called; of an office's workbook for a period, the newest counts."""
    return _newest(_without_repeated_files(intakes))


def _without_repeated_files(intakes: Sequence[FileIntake]) -> list[FileIntake]:
    seen: dict[str, str] = {}
    distinct = []
    for intake in intakes:
        origin = intake.origin
        first = seen.setdefault(origin.sha256, origin.file) if origin.status == "merged" else origin.file
        if first != origin.file:
            problem = codes.SUBMITTED_TWICE(Location(origin.file), other=first)
            distinct.append(intake._replace(origin=_stood_for(origin, "repeated", problem)))
        else:
            distinct.append(intake)
    return distinct


def _newest(intakes: Sequence[FileIntake]) -> list[FileIntake]:
    groups: dict[tuple[str, str, str], list[FileIntake]] = defaultdict(list)
    for intake in intakes:
        origin = intake.origin
        if origin.status == "merged" and origin.office and origin.period and origin.modified:
            groups[origin.office, origin.period, origin.version].append(intake)
    newer: dict[str, tuple[str, int]] = {}
    for group in groups.values():
        ranked = sorted(group, key=lambda intake: (intake.origin.modified, intake.origin.file), reverse=True)
        for at, old in enumerate(ranked):
            for new in ranked[:at]:
                if new.origin.file not in newer and (gone := _gone(old, new)) is not None:
                    newer[old.origin.file] = (new.origin.file, gone)
                    break
    return [_superseded(intake, newer) for intake in intakes]


def _gone(old: FileIntake, new: FileIntake) -> int | None:
    """How many of its rows a newer version no longer has; ``None`` where it is no newer version."""
    if new.origin.modified <= old.origin.modified:
        return None
    before, after = _keys(old), _keys(new)
    gone = len(before - after)
    return gone if len(before) - gone >= max(1, _SAME_WORKBOOK * len(before)) else None


def _keys(intake: FileIntake) -> set[bytes]:
    keys = intake.hashes.keys
    return {keys[at : at + WIDTH] for at in range(0, len(keys), WIDTH)} | {
        hash_of(row.table, *row.key) for row in intake.rejected
    }


def _superseded(intake: FileIntake, newer: dict[str, tuple[str, int]]) -> FileIntake:
    replacement = newer.get(intake.origin.file)
    if replacement is None:
        return intake
    problem = codes.NEWER_SUBMITTED(Location(intake.origin.file), other=replacement[0], gone=replacement[1])
    return intake._replace(origin=_stood_for(intake.origin, "superseded", problem))


def _stood_for(origin: Origin, status: OriginStatus, problem: Problem) -> Origin:
    """All rows of a file that another file stands for count as superseded."""
    counts = {table: Counts(c.read, superseded=c.read) for table, c in origin.counts.items()}
    return replace(origin, status=status, problems=(problem,), counts=counts)
