"""What ``validate`` gives back for each file: its verdict, and the copies that were asked for."""

from collections.abc import Callable, Iterator
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, NamedTuple

from ..checking.book import Book
from ..checking.found import check_found, killer
from ..checking.report import Report, verdict
from ..codes import Severity
from ..contract.contract import Contract
from ..problems import Problem
from ..reading.folder import Found
from ..words import Language, say

if TYPE_CHECKING:
    from .changes import Change


class Wanted(NamedTuple):
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


class Delivered(NamedTuple):
    """A verdict, what to say of the copies, and whether one that was wanted could not be written."""

    report: Report
    told: tuple[str, ...] = ()
    failed: bool = False


def deliver(contract: Callable[[], Contract], wanted: Wanted, language: Language, file: Found) -> Delivered:
    """Check one file and write the copies of it. ``contract`` makes the contract, so that a worker can make its own."""
    rules = contract()
    book = check_found(file, rules)
    unread = any(p.code.name.startswith("F") and p.severity is Severity.ERROR for p in book.problems)
    if not wanted.any or book.skipped or unread:
        return Delivered(verdict(book))
    from ..saving import NotSaved

    try:
        return Delivered(verdict(book), tuple(dict.fromkeys(_copies(file, book, rules, wanted, language))))
    except NotSaved as refusal:
        return Delivered(verdict(book), tuple(_refused(refusal.problem, language)), failed=True)


def undelivered(file: Found) -> Delivered:
    """Return the verdict on a file that killed whatever process read it."""
    return Delivered(verdict(killer(file)))


def target_of(folder: Path, name: str) -> Path:
    """Return where a copy goes: the name relative to the folder that was read is kept; no name leads out of the folder."""
    parts = PurePath(name).parts
    return folder.joinpath(*[part for part in parts if part not in ("..", ".") and part != PurePath(name).anchor])


def _copies(file: Found, book: Book, contract: Contract, wanted: Wanted, language: Language) -> Iterator[str]:
    """Write the copies that are wanted; yield a line on each."""
    if wanted.dry_run or wanted.apply or wanted.fix:
        yield from _fixed(file, book, contract, wanted, language)
    if wanted.marked and not wanted.dry_run:
        from .mark import mark

        target = target_of(wanted.marked, file.name)
        marked = mark(file.path, target, book, contract, language, inputs=wanted.inputs)
        if marked.refusal:
            yield from _refused(marked.refusal, language)
        elif marked.written:
            yield say("  标记好的副本：{path}", language, path=target)
        else:
            yield say("  没有问题，不需要标记", language)


def _fixed(file: Found, book: Book, contract: Contract, wanted: Wanted, language: Language) -> Iterator[str]:
    """Make the changes, or only list them."""
    from .fix import fix, proposed

    if wanted.dry_run or not wanted.fix:
        found = proposed(file.path, book, contract, apply=wanted.apply)
        if not found.refusal:
            yield say("  可以自动改写 {count} 处：", language, count=len(found.changes))
        yield from (_listed(change, language) for change in found.changes)
        if found.changes and not wanted.dry_run:
            yield say("  还没有改：加上 --fix 文件夹，改好的副本就写到那里", language)
    else:
        target = target_of(wanted.fix, file.name)
        found = fix(file.path, target, book, contract, language, apply=wanted.apply, inputs=wanted.inputs)
        if found.changes:
            yield say("  自动改写了 {count} 处：{path}", language, count=len(found.changes), path=target)
        elif not found.refusal:
            yield say("  没有可以自动改写的地方", language)
    for (title, header, before), after in found.unusable.items():
        facts = {"sheet": title, "header": header, "before": before, "after": after}
        yield say("  ▲ 没有照办：{sheet}的「{header}」不能把 {before} 改成 {after}", language, **facts)
    if found.refusal:
        yield from _refused(found.refusal, language)


def _listed(change: "Change", language: Language) -> str:
    after = change.after or say("（清空）", language)
    if change.after == change.before:
        after += say("（存为文本）", language)
    return f"    {change.place.within}  {change.before} → {after}"


def _refused(problem: Problem, language: Language) -> Iterator[str]:
    yield say("  × 没有写出副本：{why}", language, why=problem.say(language))
    yield f"      {problem.remedy(language)}"
