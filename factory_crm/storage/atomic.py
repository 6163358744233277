"""The only place that opens outputs: a path always holds the whole old file or the whole new one."""

import errno
import filecmp
import os
import platform
import re
import secrets
import shutil
import stat
import time
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from io import FileIO
from pathlib import Path

from ..i18n.translate import LazyText
from ..problems.codes import BEING_WRITTEN, EARLIER, IN_USE, IS_INPUT, NOT_WRITABLE, Code
from ..problems.problem import Location, Problem
from . import lock as locks

WAITS = (0.3, 0.7, 1.0)  # seconds between the attempts to replace a file that another program holds
LONGEST_NAME = 255  # bytes
_TRIES = 1000  # to be the one of many who takes over a lock
REASONS = {
    errno.EACCES: LazyText("没有写入权限"),
    errno.EPERM: LazyText("没有写入权限"),
    errno.EROFS: LazyText("磁盘或共享文件夹只读"),
    errno.ENOSPC: LazyText("磁盘满了"),
    errno.EDQUOT: LazyText("超出了磁盘配额"),
    errno.EFBIG: LazyText("文件超过了允许的大小"),
    errno.EIO: LazyText("磁盘读写出错"),
    errno.EBUSY: LazyText("它正被另一个程序使用"),
    errno.ELOOP: LazyText("链接绕成了圈"),
    errno.ENOENT: LazyText("文件夹或刚写的文件不见了"),
    errno.ENOTDIR: LazyText("路径里有一段不是文件夹"),
    errno.ENAMETOOLONG: LazyText("文件名或路径太长"),
    errno.EMFILE: LazyText("打开的文件太多"),
    0: LazyText("系统没有允许"),
}
_TEMPORARY = re.compile(r"\..*\.[0-9]{1,20}\.[0-9a-f]{16}\.tmp", re.DOTALL)
_LOCK_NAME = "lock"
"""In the private folder of an output: held while it is written, so that nobody sweeps it away."""


class NotSaved(Exception):
    """An output could not be written; what was there before is untouched."""

    def __init__(self, code: Code, path: Path, **facts: object) -> None:
        self.problem = Problem.of(code, Location(str(path)), path=str(path), **facts)
        super().__init__(self.problem.message())


@contextmanager
def atomic_save(
    path: str | Path, *, verify: Callable[[Path], None] | None = None, backup: bool = True, inputs: Iterable[Path] = ()
) -> Iterator[Path]:
    """Yield a temporary path to write to; on leaving, flush, verify and put it in the target's place.

    Its folder, private and beside the target, is scratch room that goes in the end: ``{"tmpdir": temporary.parent}``.
    Every part of an ``.xlsx`` is read back; ``verify(temporary)`` may raise. One earlier copy stays: ``名称.~1~.xlsx``.
    On any exception the target is untouched and the temporary gone. The ``inputs`` (files, folders) are never written.
    """
    target = Path(os.path.realpath(path))
    with _telling(target):
        earlier = _inspected(target, inputs)
        target.parent.mkdir(parents=True, exist_ok=True)
        remove_leftovers(target.parent)
        work, guard = _private_folder(target)
    try:
        temporary = work / ("new" + target.suffix[:32])
        with _telling(target, work):
            yield temporary
            _flush(temporary)
            _read_back(temporary, target)
            if verify:
                verify(temporary)
            if earlier:
                temporary.chmod(stat.S_IMODE(earlier.st_mode))
        with _telling(target):
            _publish(temporary, target, backup=backup and earlier is not None)
    finally:
        locks.release(guard, work / _LOCK_NAME)
        shutil.rmtree(work, ignore_errors=True)


def write_text(path: str | Path, text: str, *, backup: bool = False, inputs: Iterable[Path] = ()) -> None:
    """Write a text as UTF-8; what UTF-8 cannot hold, half a character of a strange file name, as JSON escapes it."""
    with atomic_save(path, backup=backup, inputs=inputs) as temporary:
        temporary.write_text(text, "utf-8", errors="backslashreplace", newline="\n")


def remove_leftovers(folder: Path) -> int:
    """Remove what killed processes left in the folder; return how many there were."""
    return sum(_remove_leftover(entry) for entry in list(folder.iterdir()) if _TEMPORARY.fullmatch(entry.name))


def _remove_leftover(entry: Path) -> bool:
    """Remove one of them if its maker is dead; return whether it was."""
    guard = None
    with suppress(OSError):
        if not stat.S_ISDIR(entry.lstat().st_mode):
            dead = locks.expired(entry)
        elif not (entry / _LOCK_NAME).exists():
            with suppress(OSError):
                entry.rmdir()  # only if it is empty: its maker, if alive, makes another
                return True
            dead = locks.expired(entry)
        else:
            guard = locks.take_over(entry / _LOCK_NAME)
            dead = guard is not None or locks.expired(entry)
        if guard:
            locks.release(guard, entry / _LOCK_NAME)
        if dead:
            (shutil.rmtree if stat.S_ISDIR(entry.lstat().st_mode) else os.unlink)(entry)
            return True
    return False


def _private_folder(target: Path) -> tuple[Path, FileIO]:
    """Make the private folder beside the target, and hold it."""
    while True:
        work = target.with_name(_temporary(target))
        work.mkdir(mode=0o700)
        with suppress(FileNotFoundError, BlockingIOError):  # swept away before it was held
            return work, locks.acquire(work / _LOCK_NAME, b"")


@contextmanager
def locked(path: str | Path) -> Iterator[None]:
    """Hold an output from first reading to last writing: another writer is told, the lock of a dead one taken over."""
    target = Path(os.path.realpath(path))
    lock = target.with_name("." + _cut(target.name, LONGEST_NAME - 6) + ".lock")
    user = os.environ.get("USERNAME") or os.environ.get("USER") or "?"
    host, now = platform.node(), time.strftime("%Y-%m-%d %H:%M:%S")
    mine = "\n".join((str(os.getpid()), host, f"{user}@{host}", now)).encode(errors="surrogateescape")
    with _telling(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        lock_file = _acquire_lock(lock, target, mine)
    try:
        yield
    finally:
        with suppress(OSError):
            if lock.read_bytes().startswith(mine):
                locks.release(lock_file, lock)
        lock_file.close()


def _inspected(target: Path, inputs: Iterable[Path]) -> os.stat_result | None:
    """Return what is known of the file that will be replaced, if there is one and it may be."""
    places = [place for place in (target, _sibling(target, EARLIER), *target.parents) if place.exists()]
    if any(chosen.exists() and place.samefile(chosen) for chosen in inputs for place in places):
        raise NotSaved(IS_INPUT, target)
    try:
        earlier = target.stat()
    except FileNotFoundError:
        return None
    if not stat.S_ISREG(earlier.st_mode):
        raise NotSaved(
            NOT_WRITABLE, target, reason=LazyText("这是文件夹") if target.is_dir() else LazyText("这不是普通文件")
        )
    if not os.access(target, os.W_OK):
        raise NotSaved(NOT_WRITABLE, target, reason=LazyText("文件设成了只读"))
    return earlier


def _cut(name: str, room: int) -> str:
    """Return the name, or its beginning and a digest of it where it takes more bytes than there is room."""
    raw = os.fsencode(name)
    return name if len(raw) <= room else f"{raw[: room - 9].decode(errors='ignore')}~{zlib.crc32(raw):08x}"


def _sibling(target: Path, mark: str) -> Path:
    tail = mark + target.suffix
    return target.with_name(_cut(target.stem, LONGEST_NAME - len(os.fsencode(tail))) + tail)


def _temporary(target: Path) -> str:
    return f".{_cut(target.name, 40)}.{os.getpid()}.{secrets.token_hex(8)}.tmp"


@contextmanager
def _telling(target: Path, work: Path | None = None) -> Iterator[None]:
    """Turn what the system refuses into NotSaved; with ``work``, only what has to do with that folder."""
    try:
        yield
    except Exception as error:
        if isinstance(error, NotSaved) or not (refusal := _refusal(error, work)):
            raise
        raise NotSaved(NOT_WRITABLE, target, reason=REASONS.get(refusal.errno or 0, REASONS[0])) from error


def _refusal(error: BaseException | None, work: Path | None) -> OSError | None:
    """Return the system's refusal behind an error: writers such as XlsxWriter wrap it in one of their own."""
    while error:
        if isinstance(error, OSError) and (
            work is None or (str(error.filename).startswith(str(work)) if error.filename else error.errno in REASONS)
        ):
            return error
        error = error.__cause__ or error.__context__
    return None


def _flush(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on the disk."""
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _read_back(temporary: Path, target: Path) -> None:
    """Hold every part of a workbook against its checksum."""
    if target.suffix.lower() == ".xlsx":
        is_complete = False
        with suppress(zipfile.BadZipFile, zlib.error, EOFError), zipfile.ZipFile(temporary) as parts:
            is_complete = parts.testzip() is None
        if not is_complete:
            raise NotSaved(NOT_WRITABLE, target, reason=LazyText("写出的内容与应有的不符"))


def _publish(temporary: Path, target: Path, *, backup: bool) -> None:
    """Put the finished file in its place, or beside it where another program holds the place."""
    for wait in (*WAITS, None):
        try:
            if backup and not filecmp.cmp(temporary, target, shallow=False):
                _keep(target, temporary.with_name("earlier"))
            temporary.replace(target)
            break
        except PermissionError as error:
            if wait is None:
                spare = next(spare for n in range(1, 50) if not os.path.lexists(spare := _sibling(target, "(新)" * n)))
                temporary.replace(spare)
                raise NotSaved(IN_USE, target, saved=str(spare)) from error
            time.sleep(wait)
    with suppress(OSError):  # the new file stands whole under its name: too late to call it not saved
        _flush(target.parent)


def _keep(target: Path, copy: Path) -> None:
    """Keep the present file as the one earlier copy, without a moment in which there is none."""
    copy.unlink(missing_ok=True)
    try:
        os.link(target, copy)
    except OSError:  # a disk without hard links, or somebody else's file
        shutil.copy2(target, copy)
        _flush(copy)
    copy.replace(_sibling(target, EARLIER))


def _acquire_lock(lock: Path, target: Path, mine: bytes) -> FileIO:
    """Hold the lock; raise NotSaved if somebody else does."""
    for _ in range(_TRIES):
        lock.parent.stat()
        with suppress(FileExistsError, FileNotFoundError, BlockingIOError):  # FileNotFoundError: another was quicker
            return locks.acquire(lock, mine)
        with suppress(FileNotFoundError):  # given back, or cleared by another, in the meantime
            _clear(lock, target)
    raise _being_written(lock, target, b"")


def _clear(lock: Path, target: Path) -> None:
    """Move a dead process's lock out of the way; raise NotSaved if its holder lives."""
    seen = lock.read_bytes()
    with suppress(BlockingIOError):
        if dead := locks.take_over(lock):
            return locks.release(dead, lock)
        if locks.expired(lock, locks.DAY if seen else locks.MINUTE):
            return _aside(lock, seen, lock.with_name(_temporary(target)))
    raise _being_written(lock, target, seen)


def _being_written(lock: Path, target: Path, text: bytes) -> NotSaved:
    _, _, who, since, *_ = (*text[:999].decode(errors="replace").split("\n"), "", "", "", "")
    return NotSaved(
        BEING_WRITTEN, target, who=who or LazyText("另一个程序"), lock=str(lock), since=since or LazyText("刚才")
    )


def _aside(lock: Path, seen: bytes, aside: Path) -> None:
    lock.replace(aside)  # of several, one succeeds
    if aside.read_bytes() == seen:
        aside.unlink()
    else:  # it had been taken over before we moved it: give it back
        aside.replace(lock)
