"""Print the verdicts of a validation on a console."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from ..i18n.translate import Language, TextList, escape_invisible, translate
from ..problems.codes import Code, Severity
from ..problems.problem import Location, Problem
from .quality import Quality, combined
from .report import FileReport, totals
from .text_wrap import wrapped

SIGNS = {Severity.ERROR: "×", Severity.WARNING: "▲", Severity.FIX: "→"}
_LISTED_PLACES = 3


def report_lines(report: FileReport, language: Language, *, every: bool, columns: int = 0) -> Iterator[str]:
    """Yield the lines that tell a person about one file; equal problems once, with their places, unless ``every``.

    ``columns`` is how wide the console is, 0 for no console.
    """
    for line in _lines(report, language, every=every):
        yield from wrapped(escape_invisible(line), columns)


def summary(reports: Iterable[FileReport], language: Language, *, columns: int = 0) -> str:
    """Return what sums up all files."""
    reports = list(reports)
    line = translate(
        "合计 {files} 个文件：{ok} 个通过，{problems} 个要修改，{unreadable} 个读不了，{skipped} 个跳过；"
        "{rows} 行，{error} 个错误，{warning} 个提醒，{fix} 处建议改写",
        language,
        **totals(reports),
    )
    quality = _quality(combined(report.quality for report in reports), language)
    return "\n".join(piece for one in (line, *quality) for piece in wrapped(one, columns))


def _lines(report: FileReport, language: Language, *, every: bool) -> Iterator[str]:
    yield _headline(report, language)
    if report.status != "skipped":
        yield from _quality(report.quality, language)
    for sheet, problems in groupby(report.problems, key=lambda problem: problem.location.sheet):
        if sheet:
            yield f"  [{sheet}]"
        for code, said, remedy, places in _problem_lines(problems, language, every=every):
            yield f"  {SIGNS[code.severity]} {_places(places, language)}  {said}"
            if remedy:
                yield "      " + translate("怎么改：{remedy}  ({code})", language, remedy=remedy, code=code.name)


def _headline(report: FileReport, language: Language) -> str:
    counts = {"rows": sum(report.rows.values()), **{s.name.lower(): report.count(s) for s in Severity}}
    match report.status:
        case "unreadable":
            return translate("× {file}：读不了", language, file=report.file)
        case "skipped" if report.problems:  # which say why
            return translate("○ {file}：跳过", language, file=report.file)
        case "skipped":
            return translate("○ {file}：跳过，不是填报的工作簿", language, file=report.file)
        case _ if not counts["rows"]:
            return translate("○ {file}：还没有填写任何数据", language, file=report.file)
        case _ if not report.problems:
            return translate("√ {file}：{rows} 行，没有问题", language, file=report.file, **counts)
    sign = "×" if report.status == "problems" else "√"
    return translate(
        "{sign} {file}：{rows} 行，{error} 个错误，{warning} 个提醒，{fix} 处建议改写",
        language,
        sign=sign,
        file=report.file,
        **counts,
    )


def _quality(quality: Quality, language: Language) -> Iterator[str]:
    """Yield the score, where there is anything to score and it is not simply full marks."""
    if quality.completeness is not None and (quality.problems or quality.blanks):
        yield translate(
            "  完整度 {completeness}%（★☆ {wanted} 格，已填 {filled} 格），每 100 行 {density} 个问题",
            language,
            completeness=f"{quality.completeness:g}",
            wanted=quality.expected_cells,
            filled=quality.expected_cells - quality.blanks,
            density=f"{quality.density or 0:g}",
        )


def _problem_lines(
    problems: Iterable[Problem], language: Language, *, every: bool
) -> Iterator[tuple[Code, str, str, list[Location]]]:
    """Problems that read the same, by their code, in words and with the remedy, and all their places."""
    by_text: dict[tuple[Code, str, str, int], list[Location]] = {}
    for number, problem in enumerate(problems):
        same = (problem.code, problem.message(language), problem.hint(language), number if every else 0)
        by_text.setdefault(same, []).append(problem.location)
    for (code, said, remedy, _), places in by_text.items():
        yield code, said, remedy, places


def _places(places: list[Location], language: Language) -> str:
    first = TextList(location.address or location.file for location in places[:_LISTED_PLACES]).in_language(language)
    if len(places) <= _LISTED_PLACES:
        return first
    return translate("{first} 等 {count} 处", language, first=first, count=len(places))
