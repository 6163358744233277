"""Print the outcome of a merge on a console."""

from collections import Counter
from collections.abc import Iterator

from ..i18n.translate import Language, LazyText, translate
from ..merge.merge import totals
from ..merge.previous import CONFLICTS, DUPLICATES
from ..merge.record import Counts, Origin
from ..merge.result import MergeResult
from ..problems.codes import FAR_DATE, UNCLEAR, UNKNOWN_IN_ALL_FILES, Severity
from ..schema.workbook import WorkbookSchema
from .outcome import MergeOutcome
from .pages.changes import TITLE as CHANGES
from .pages.changes import ChangeKind, counted_changes, listed_changes
from .pages.submissions import reminder_message, submission_status

_MOST_LISTED = 20


def outcome_lines(outcome: MergeOutcome, language: Language) -> Iterator[str]:
    """Yield the lines that account for every file and row."""
    merged = outcome.merged
    yield from (line for origin in merged.origins for line in _file(origin, language))
    yield _files(merged, language)
    yield from _rows(merged, outcome.schema, language)
    yield _findings(merged, language)
    yield from _decisions(merged, language)
    yield from _changes(merged, language)
    yield from _missing_submissions(merged, outcome.schema, language)
    if outcome.written:
        yield translate("√ 已写入汇总：{path}", language, path=outcome.written)
        yield from (
            translate(
                "▲ 公式与指标不一致，请告诉维护人员：{name} 的公式得 {value}，指标是 {figure}",
                language,
                name=one.name,
                value=one.value,
                figure="—" if one.figure is None else one.figure,
            )
            for one in outcome.mismatches[:_MOST_LISTED]
        )
    elif not outcome.reconciled:
        yield translate("× 对账不平，没有写出汇总。请把这些工作簿交给维护人员", language)


def _decisions(merged: MergeResult, language: Language) -> Iterator[str]:
    """What waits for somebody to decide."""
    pending = sum(conflict.pending for conflict in merged.conflicts)
    undecided = sum(not candidate.verdict for candidate in merged.candidates)
    if pending:
        yield translate(
            "▲ {count} 处冲突还没有选定，相关的行没有计入，见「{sheet}」",
            language,
            count=pending,
            sheet=LazyText(CONFLICTS),
        )
    if undecided:
        yield translate(
            "▲ {count} 对客户疑似重复，见「{sheet}」", language, count=undecided, sheet=LazyText(DUPLICATES)
        )
    for problem in merged.problems:
        if problem.code in (UNCLEAR, FAR_DATE):
            yield f"▲ {problem.location}  {problem.message(language)}"


def _changes(merged: MergeResult, language: Language) -> Iterator[str]:
    """What is different from the summary before; every 约定交期 that changed."""
    if merged.changes is None:
        return
    due = listed_changes(merged.changes)[ChangeKind.DUE]
    yield translate("与「{name}」相比：交期改动 {due} 处，其他改动 {changed} 处，消失 {vanished} 行，被拒或待定 {out} 行，新增 {new} 行。", language,
              name=merged.changes.name, **counted_changes(merged.changes))  # fmt: skip
    yield from (f"▲ {alarm.message(language)}" for alarm in merged.changes.alarms)
    for one in due[:_MOST_LISTED]:
        yield translate("  交期改动 {key}：{before} → {after}", language, key=one.change.key,
                  before=one.change.before[one.at], after=one.change.after[one.at] or translate("（空）", language))  # fmt: skip
    if len(due) > _MOST_LISTED:
        yield translate(
            "  另有 {count} 处交期改动，见「{sheet}」",
            language,
            count=len(due) - _MOST_LISTED,
            sheet=LazyText(CHANGES),
        )


def _missing_submissions(merged: MergeResult, schema: WorkbookSchema, language: Language) -> Iterator[str]:
    """Who has not handed in, with the message to send."""
    for submission in merged.submissions:
        if not submission.sent and (text := reminder_message(submission, schema, language)):
            yield f"▲ {translate(submission_status(submission), language)}  {text}"


def _file(origin: Origin, language: Language) -> Iterator[str]:
    """A file that did not simply go in."""
    for problem in origin.problems if origin.status != "merged" else ():
        sign = "×" if problem.severity is Severity.ERROR else "○"
        what = f"{problem.message(language)}  ({problem.code.name})"
        yield translate("{sign} {file}：{what}", language, sign=sign, file=origin.file, what=what)
    if origin.status == "skipped" and not origin.problems:
        yield translate("○ {file}：跳过，没有填报的数据或是本工具的输出", language, file=origin.file)


def _files(merged: MergeResult, language: Language) -> str:
    statuses = Counter(origin.status for origin in merged.origins)
    return translate(
        "共 {files} 个文件：合并 {merged}，重复 {repeated}，被新版取代 {superseded}，跳过 {skipped}，读不了 {unreadable}",
        language,
        files=len(merged.origins),
        **{status: statuses[status] for status in ("merged", "repeated", "superseded", "skipped", "unreadable")},
    )


def _rows(merged: MergeResult, schema: WorkbookSchema, language: Language) -> Iterator[str]:
    for table, counts in totals(merged.origins).items():
        yield translate(
            "  {title}：读取 {read} = 采用 {accepted} + 被拒 {rejected} + 重复或被取代 {superseded} {check}{money}",
            language,
            title=translate(schema.sheet(table).title, language),
            check="√" if counts.adds_up() else "×",
            money=_money(counts, language),
            **{name: getattr(counts, name).rows for name in ("read", "accepted", "rejected", "superseded")},
        )


def _money(counts: Counts, language: Language) -> str:
    if not counts.read.fen:
        return ""
    return translate(
        "；金额 {read} = {accepted} + {rejected} + {superseded} 元",
        language,
        **{name: f"{getattr(counts, name).fen / 100:,.2f}" for name in ("read", "accepted", "rejected", "superseded")},
    )


def _findings(merged: MergeResult, language: Language) -> str:
    clashes = sum(conflict.is_id_collision for conflict in merged.conflicts)
    return translate(
        "冲突 {conflicts} 处，撞号 {clashes} 处，未登记的引用 {strays} 处；统计截止 {as_of}",
        language,
        clashes=clashes,
        conflicts=len(merged.conflicts) - clashes,
        strays=sum(p.code is UNKNOWN_IN_ALL_FILES for p in merged.problems),
        as_of=merged.as_of or translate("（没有日期）", language),
    )
