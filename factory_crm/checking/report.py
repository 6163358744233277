"""What a check comes to, as people and programs read it."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from typing import Any, Literal, NamedTuple

from ..codes import Severity
from ..contract.contract import Contract
from ..contract.spellings import shown
from ..problems import Place, Problem, letters
from ..reading.folder import Found
from ..words import Language, Speakable, say
from .book import Book, check_book

Status = Literal["ok", "problems", "unreadable", "skipped"]
SIGNS = {Severity.ERROR: "×", Severity.WARNING: "▲", Severity.FIX: "→"}
_PLACES_TOLD = 3


class Report(NamedTuple):
    """The verdict on one file."""

    file: str
    status: Status
    rows: dict[str, int]
    """Records read, by the sheet's name in the file."""
    problems: tuple[Problem, ...]

    def count(self, severity: Severity) -> int:
        """Return how many problems of that severity there are."""
        return sum(problem.severity is severity for problem in self.problems)


def report(contract: Callable[[], Contract], file: Found) -> Report:
    """Check one file and return the verdict. ``contract`` makes the contract, so that a worker can make its own."""
    book = check_book(file.path, contract(), name=file.name)
    return Report(book.path, status(book), {c.place.sheet: len(c.rows) for c in book.sheets.values()}, book.problems)


def status(book: Book) -> Status:
    """Return the verdict in one word."""
    if book.skipped:
        return "skipped"
    if not book.readable:
        return "unreadable"
    return "problems" if any(p.severity is Severity.ERROR for p in book.problems) else "ok"


def tell(report: Report, language: Language, *, every: bool) -> Iterator[str]:
    """Yield the lines that tell a person about one file; equal problems once, with their places, unless ``every``."""
    yield _headline(report, language)
    for sheet, problems in groupby(report.problems, key=lambda problem: problem.place.sheet):
        if sheet:
            yield f"  [{sheet}]"
        for places, problem in _told(problems, language, every=every):
            yield f"  {SIGNS[problem.severity]} {_places(places, language)}  {problem.say(language)}"
            if remedy := problem.remedy(language):
                yield "      " + say("怎么改：{remedy}  ({code})", language, remedy=remedy, code=problem.code.name)


def _headline(report: Report, language: Language) -> str:
    counts = {"rows": sum(report.rows.values()), **{s.name.lower(): report.count(s) for s in Severity}}
    match report.status:
        case "unreadable":
            return say("× {file}：读不了", language, file=report.file)
        case "skipped":
            return say("○ {file}：跳过，不是填报的工作簿", language, file=report.file)
        case _ if not counts["rows"]:
            return say("○ {file}：还没有填写任何数据", language, file=report.file)
        case _ if not report.problems:
            return say("√ {file}：{rows} 行，没有问题", language, file=report.file, **counts)
    sign = "×" if report.status == "problems" else "√"
    return say(
        "{sign} {file}：{rows} 行，{error} 个错误，{warning} 个提醒，{fix} 处建议改写",
        language,
        sign=sign,
        file=report.file,
        **counts,
    )


def _told(problems: Iterable[Problem], language: Language, *, every: bool) -> Iterator[tuple[list[Place], Problem]]:
    """Problems that read the same, with all their places."""
    told: dict[object, tuple[list[Place], Problem]] = {}
    for number, problem in enumerate(problems):
        same = number if every else (problem.code.name, problem.say(language), problem.remedy(language))
        told.setdefault(same, ([], problem))[0].append(problem.place)
    yield from told.values()


def _places(places: list[Place], language: Language) -> str:
    first = "、".join(place.within or place.file for place in places[:_PLACES_TOLD])  # zh only
    return (
        say("{first} 等 {count} 处", language, first=first, count=len(places)) if len(places) > _PLACES_TOLD else first
    )


def summary(reports: Iterable[Report], language: Language) -> str:
    """Return the line that sums up all files."""
    reports = list(reports)
    statuses = Counter(report.status for report in reports)
    counts = {severity.name.lower(): sum(r.count(severity) for r in reports) for severity in Severity}
    return say(
        "合计 {files} 个文件：{ok} 个通过，{problems} 个要修改，{unreadable} 个读不了，{skipped} 个跳过；"
        "{rows} 行，{error} 个错误，{warning} 个提醒，{fix} 处建议改写",
        language,
        files=len(reports),
        rows=sum(sum(r.rows.values()) for r in reports),
        **{name: statuses[name] for name in ("ok", "problems", "unreadable", "skipped")},
        **counts,
    )


def as_json(reports: Iterable[Report], language: Language) -> dict[str, Any]:
    """Return the verdicts as the published JSON shape."""
    reports = list(reports)
    files = [
        {"file": r.file, "status": r.status, "rows": r.rows, "problems": [_problem(p, language) for p in r.problems]}
        for r in reports
    ]
    totals = {
        "files": len(reports),
        "rows": sum(sum(report.rows.values()) for report in reports),
        **{severity.value: sum(report.count(severity) for report in reports) for severity in Severity},
        **{
            name: sum(report.status == name for report in reports)
            for name in ("ok", "problems", "unreadable", "skipped")
        },
    }
    return {"files": files, "totals": totals}


def _problem(problem: Problem, language: Language) -> dict[str, Any]:
    place, facts = problem.place, problem.facts
    return {
        "code": problem.code.name,
        "severity": problem.severity.value,
        "sheet": place.sheet or None,
        "cell": place.cell if place.row and place.column else None,
        "row": place.row or None,
        "column": letters(place.column) or None,
        "header": _text(facts.get("header"), language),
        "value": _text(facts.get("value", facts.get("before")), language),
        "message": problem.say(language),
        "remedy": problem.remedy(language),
        "fix": _text(facts.get("after"), language) if problem.severity is Severity.FIX else None,
    }


def _text(fact: Any, language: Language) -> str | None:
    if fact is None:
        return None
    return fact.say(language) if isinstance(fact, Speakable) else shown(fact)
