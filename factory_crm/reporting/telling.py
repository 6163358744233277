"""What a merge came to, told on a console."""

from collections import Counter
from collections.abc import Iterator

from ..codes import Severity
from ..contract.contract import standard
from ..merging.lines import Counts, Origin
from ..merging.merge import totals
from ..merging.merged import Merged
from ..words import Language, say
from .summarise import Outcome


def tell(outcome: Outcome, language: Language) -> Iterator[str]:
    """Yield the lines that account for every file and row."""
    merged = outcome.merged
    yield from (line for origin in merged.origins for line in _file(origin, language))
    yield _files(merged, language)
    yield from _rows(merged, language)
    yield _findings(merged, language)
    if outcome.written:
        yield say("√ 已写入汇总：{path}", language, path=outcome.written)
    elif not outcome.reconciled:
        yield say("× 对账不平，没有写出汇总。请把这些工作簿交给维护人员", language)


def _file(origin: Origin, language: Language) -> Iterator[str]:
    """A file that did not simply go in."""
    for problem in origin.problems if origin.status != "merged" else ():
        sign = "×" if problem.severity is Severity.ERROR else "○"
        yield say("{sign} {file}：{what}", language, sign=sign, file=origin.file, what=problem.say(language))
    if origin.status == "skipped" and not origin.problems:
        yield say("○ {file}：跳过，没有填报的数据或是本工具的输出", language, file=origin.file)


def _files(merged: Merged, language: Language) -> str:
    statuses = Counter(origin.status for origin in merged.origins)
    return say(
        "共 {files} 个文件：合并 {merged}，重复 {repeated}，跳过 {skipped}，读不了 {unreadable}",
        language,
        files=len(merged.origins),
        **{status: statuses[status] for status in ("merged", "repeated", "skipped", "unreadable")},
    )


def _rows(merged: Merged, language: Language) -> Iterator[str]:
    for table, counts in totals(merged.origins).items():
        yield say(
            "  {title}：读取 {read} = 采用 {accepted} + 被拒 {rejected} + 重复或被取代 {superseded} {check}{money}",
            language,
            title=say(standard().sheet(table).title, language),
            check="√" if counts.adds_up() else "×",
            money=_money(counts, language),
            **{name: getattr(counts, name).rows for name in ("read", "accepted", "rejected", "superseded")},
        )


def _money(counts: Counts, language: Language) -> str:
    if not counts.read.fen:
        return ""
    return say(
        "；金额 {read} = {accepted} + {rejected} + {superseded} 元",
        language,
        **{name: f"{getattr(counts, name).fen / 100:,.2f}" for name in ("read", "accepted", "rejected", "superseded")},
    )


def _findings(merged: Merged, language: Language) -> str:
    clashes = sum(conflict.clash for conflict in merged.conflicts)
    return say(
        "冲突 {conflicts} 处，撞号 {clashes} 处，未登记的引用 {strays} 处；统计截止 {as_of}",
        language,
        clashes=clashes,
        conflicts=len(merged.conflicts) - clashes,
        strays=sum(p.code.name == "M204" for p in merged.problems),
        as_of=merged.as_of or say("（没有日期）", language),
    )
