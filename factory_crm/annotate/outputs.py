"""Write the copies that ``validate`` is asked for, marked or corrected, and return the verdict on each file."""

from collections.abc import Iterator
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, NamedTuple

from ..i18n.translate import Language, translate
from ..problems.codes import Severity
from ..problems.problem import Problem
from ..reading.folder import WorkbookFile
from ..schema.workbook import WorkbookSchema
from ..validation.files import killed_reader_result, validate_file
from ..validation.report import FileReport, verdict
from ..validation.workbook import WorkbookResult

if TYPE_CHECKING:
    from .cell_changes import CellChange


class OutputOptions(NamedTuple):
    """Which copies are wanted, in which folders; ``inputs`` are the paths that were given and are never written to."""

    inputs: tuple[Path, ...] = ()
    marked: Path | None = None
    fix: Path | None = None
    apply: bool = False
    dry_run: bool = False

    @property
    def any(self) -> bool:
        """Whether anything but the verdict is wanted."""
        return bool(self.marked or self.fix or self.apply or self.dry_run)

    @property
    def clash(self) -> bool:
        """Whether one copy would be written over the other."""
        return self.marked is not None and self.fix is not None and self.marked.resolve() == self.fix.resolve()


class OutputResult(NamedTuple):
    """A verdict, what to say of the copies, and whether one that was wanted could not be written."""

    report: FileReport
    lines: tuple[str, ...] = ()
    failed: bool = False


def write_outputs(
    schema: WorkbookSchema, options: OutputOptions, language: Language, file: WorkbookFile
) -> OutputResult:
    """Check one file and write the copies of it."""
    book = validate_file(file, schema)
    unread = any(p.code.name.startswith("F") and p.severity is Severity.ERROR for p in book.problems)
    if not options.any or book.skipped or unread:
        return OutputResult(verdict(book))
    from ..storage.atomic import NotSaved

    try:
        return OutputResult(verdict(book), tuple(dict.fromkeys(_copies(file, book, schema, options, language))))
    except NotSaved as refusal:
        return OutputResult(verdict(book), tuple(_refused(refusal.problem, language)), failed=True)


def failed_outputs(file: WorkbookFile) -> OutputResult:
    """Return the verdict on a file that killed whatever process read it."""
    return OutputResult(verdict(killed_reader_result(file)))


def target_of(folder: Path, name: str) -> Path:
    """Return where a copy goes: the name relative to the folder that was read is kept; no name leads out of the folder."""
    parts = PurePath(name).parts
    return folder.joinpath(*[part for part in parts if part not in ("..", ".") and part != PurePath(name).anchor])


def _copies(
    file: WorkbookFile, book: WorkbookResult, schema: WorkbookSchema, options: OutputOptions, language: Language
) -> Iterator[str]:
    """Write the copies that are wanted; yield a line on each."""
    if options.dry_run or options.apply or options.fix:
        yield from _fixed(file, book, schema, options, language)
    if options.marked and not options.dry_run:
        from .mark import mark

        target = target_of(options.marked, file.name)
        marked = mark(file.path, target, book, schema, language, inputs=options.inputs)
        if marked.refusal:
            yield from _refused(marked.refusal, language)
        elif marked.written:
            yield translate("  标记好的副本：{path}", language, path=target)
        else:
            yield translate("  没有问题，不需要标记", language)


def _fixed(
    file: WorkbookFile, book: WorkbookResult, schema: WorkbookSchema, options: OutputOptions, language: Language
) -> Iterator[str]:
    """Make the changes, or only list them."""
    from .fix import fix, proposed

    if options.dry_run or not options.fix:
        result = proposed(file.path, book, schema, apply=options.apply)
        if not result.refusal:
            yield translate("  可以自动改写 {count} 处：", language, count=len(result.changes))
        yield from (_listed(change, language) for change in result.changes)
        if result.changes and not options.dry_run:
            yield translate("  还没有改：加上 --fix 文件夹，改好的副本就写到那里", language)
    else:
        target = target_of(options.fix, file.name)
        result = fix(file.path, target, book, schema, language, apply=options.apply, inputs=options.inputs)
        if result.changes:
            yield translate("  自动改写了 {count} 处：{path}", language, count=len(result.changes), path=target)
        elif not result.refusal:
            yield translate("  没有可以自动改写的地方", language)
    for (title, header, before), after in result.unusable.items():
        facts = {"sheet": title, "header": header, "before": before, "after": after}
        yield translate("  ▲ 没有照办：{sheet}的「{header}」不能把 {before} 改成 {after}", language, **facts)
    if result.refusal:
        yield from _refused(result.refusal, language)


def _listed(change: "CellChange", language: Language) -> str:
    after = change.after or translate("（清空）", language)
    if change.after == change.before:
        after += translate("（存为文本）", language)
    return f"    {change.location.address}  {change.before} → {after}"


def _refused(problem: Problem, language: Language) -> Iterator[str]:
    yield translate("  × 没有写出副本：{why}", language, why=problem.message(language))
    yield f"      {problem.hint(language)}"
