"""An output path always holds the whole old file or the whole new one, whatever happens to the writer."""

import errno
import io
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from factory_crm.problems.codes import BEING_WRITTEN, IN_USE, IS_INPUT, NOT_WRITABLE, Code
from factory_crm.storage import atomic
from factory_crm.storage import lock as locks
from factory_crm.storage.atomic import NotSaved, atomic_save, locked, remove_leftovers, write_text
from factory_crm.storage.lock import DAY, MINUTE

REPOSITORY = Path(atomic.__file__).parents[1]
posix = pytest.mark.skipif(os.name != "posix", reason="the system has no such thing")


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(atomic, "WAITS", (0, 0, 0))


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """A good report of last month, alone in its folder."""
    path = tmp_path / "输出" / "汇总表.xlsx"
    path.parent.mkdir()
    book(path, "上月")
    return path


def book(path: Path, text: str, *, rows: int = 1, **options: Any) -> None:
    """Write a workbook as reporting does."""
    with xlsxwriter.Workbook(path, options) as workbook:
        sheet = workbook.add_worksheet()
        for row in range(rows):
            sheet.write_string(row, 0, text)


def said(path: Path) -> str:
    """Return the text in a workbook, every part of which must be whole."""
    with zipfile.ZipFile(path) as parts:
        assert parts.testzip() is None
        return parts.read("xl/sharedStrings.xml").decode().partition("<t>")[2].partition("</t>")[0]


def names(folder: Path) -> list[str]:
    """Return what stands in a folder, hidden files too."""
    return sorted(path.name for path in folder.iterdir())


def refused(error: pytest.ExceptionInfo[NotSaved], code: Code, reason: str = "") -> None:
    """Hold that it was refused for that reason, said in no words of the system's own."""
    assert error.value.problem.code is code
    assert reason in error.value.problem.message()
    assert "Errno" not in error.value.problem.message()


def run(script: str, *arguments: object) -> subprocess.Popen[str]:
    """Start another process that has ``storage.atomic`` at hand."""
    prelude = "import sys, time\nfrom pathlib import Path\nfrom factory_crm.storage.atomic import *\n"
    return subprocess.Popen(
        [sys.executable, "-c", prelude + script, *map(str, arguments)],
        text=True,
        encoding="utf-8",
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY), "PYTHONIOENCODING": "utf-8"},
    )


def failing(error: OSError, *, at: int = 0) -> Callable[..., Any]:
    """Return a stand-in for a system call that fails at its Nth call and does nothing before."""
    calls = iter(range(10**9))

    def call(*_: object, **__: object) -> None:
        if next(calls) >= at:
            raise error

    return call


# What is saved


def test_the_new_file_takes_the_place_of_the_old_and_one_earlier_copy_stays(report: Path) -> None:
    for month in ("五月", "六月", "七月"):
        with atomic_save(report) as temporary:
            book(temporary, month)
    assert said(report) == "七月"
    assert said(report.with_name("汇总表.~1~.xlsx")) == "六月"
    assert names(report.parent) == ["汇总表.xlsx", "汇总表.~1~.xlsx"]


def test_a_first_file_has_no_earlier_copy_and_missing_folders_are_made(tmp_path: Path) -> None:
    with atomic_save(tmp_path / "二〇二六" / "七月" / "汇总.xlsx") as temporary:
        book(temporary, "新")
    assert names(tmp_path / "二〇二六" / "七月") == ["汇总.xlsx"]


def test_no_earlier_copy_where_none_is_wanted(report: Path) -> None:
    with atomic_save(report, backup=False) as temporary:
        book(temporary, "新")
    assert names(report.parent) == ["汇总表.xlsx"]


def test_saving_the_same_again_does_not_push_out_the_earlier_copy(report: Path) -> None:
    last_month = report.read_bytes()
    for _ in range(3):
        with atomic_save(report) as temporary:
            temporary.write_bytes(zipped("本月"))
    assert report.read_bytes() == zipped("本月")
    assert report.with_name("汇总表.~1~.xlsx").read_bytes() == last_month


def zipped(text: str) -> bytes:
    """Return a zip that is the same at every call."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as parts:
        parts.writestr(zipfile.ZipInfo("a.txt"), text)
    return held.getvalue()


def test_a_disk_without_hard_links_keeps_an_earlier_copy_too(report: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "link", failing(OSError(errno.EPERM, "no links here")))
    with atomic_save(report) as temporary:
        book(temporary, "新")
    assert (said(report), said(report.with_name("汇总表.~1~.xlsx"))) == ("新", "上月")


def test_a_text_is_written_as_it_is(tmp_path: Path) -> None:
    write_text(tmp_path / "结果.json", '{"文件": "甲\n乙"}\n')
    assert (tmp_path / "结果.json").read_bytes() == '{"文件": "甲\n乙"}\n'.encode()


def test_half_a_character_is_written_as_json_escapes_it(tmp_path: Path) -> None:
    write_text(tmp_path / "结果.json", '"\udcb0"')
    assert (tmp_path / "结果.json").read_bytes() == b'"\\udcb0"'


# Who may read it


@posix
def test_nobody_else_can_look_at_an_unfinished_file(tmp_path: Path) -> None:
    with atomic_save(tmp_path / "a.txt") as temporary:
        temporary.write_text("客户", "utf-8")
        assert temporary.parent.parent == tmp_path
        assert temporary.parent.stat().st_mode & 0o777 == 0o700


@posix
@pytest.mark.parametrize(("umask", "mode"), [(0o022, 0o644), (0o077, 0o600), (0o002, 0o664)])
def test_a_new_file_gets_the_usual_mode(tmp_path: Path, umask: int, mode: int) -> None:
    usual = os.umask(umask)
    try:
        write_text(tmp_path / "a.txt", "新")
    finally:
        os.umask(usual)
    assert (tmp_path / "a.txt").stat().st_mode & 0o777 == mode


@posix
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o666])
def test_a_replaced_file_keeps_its_mode(report: Path, mode: int) -> None:
    report.chmod(mode)
    with atomic_save(report) as temporary:
        book(temporary, "新")
    assert report.stat().st_mode & 0o777 == mode
    assert report.with_name("汇总表.~1~.xlsx").stat().st_mode & 0o777 == mode


def test_a_writers_scratch_files_stay_beside_the_output(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usual = tmp_path / "tmp"
    usual.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(usual))
    with atomic_save(tmp_path / "a.xlsx") as temporary:
        workbook = xlsxwriter.Workbook(temporary, {"tmpdir": temporary.parent, "constant_memory": True})
        workbook.add_worksheet().write_string(0, 0, "客户")
        assert len(names(temporary.parent)) > 0
        assert names(usual) == []
        workbook.close()
    assert names(tmp_path) == ["a.xlsx", "tmp"]
    assert names(usual) == []


# What is refused


def test_a_folder_is_not_an_output(tmp_path: Path) -> None:
    (tmp_path / "汇总.xlsx").mkdir()
    with pytest.raises(NotSaved) as error, atomic_save(tmp_path / "汇总.xlsx"):
        pytest.fail("the work must not begin")
    refused(error, NOT_WRITABLE, "这是文件夹")


@posix
def test_a_device_is_not_an_output() -> None:
    with pytest.raises(NotSaved) as error, atomic_save(Path("/dev/null")):
        pytest.fail("the work must not begin")
    refused(error, NOT_WRITABLE, "不是普通文件")


def test_a_file_in_the_place_of_a_folder(report: Path) -> None:
    with pytest.raises(NotSaved) as error, atomic_save(report / "汇总.xlsx"):
        pytest.fail("the work must not begin")
    refused(error, NOT_WRITABLE, "不是文件夹")


@posix
def test_a_link_leads_to_the_file_it_means(report: Path, tmp_path: Path) -> None:
    link = tmp_path / "最新.xlsx"
    link.symlink_to(report)
    with atomic_save(link) as temporary:
        book(temporary, "新")
    assert link.is_symlink()
    assert said(report) == "新"
    assert names(tmp_path) == ["最新.xlsx", "输出"]


@posix
def test_a_link_to_itself_leads_nowhere(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").symlink_to(tmp_path / "a.xlsx")
    with pytest.raises(NotSaved) as error, atomic_save(tmp_path / "a.xlsx"):
        pytest.fail("the work must not begin")
    refused(error, NOT_WRITABLE, "绕成了圈")


@pytest.mark.parametrize("path", ["甲.xlsx", "子/乙.xlsx", "子/更深/丙.xlsx"])
def test_the_inputs_are_not_written_nor_anything_in_their_folder(tmp_path: Path, path: str) -> None:
    with pytest.raises(NotSaved) as error, atomic_save(tmp_path / path, inputs=[tmp_path]):
        pytest.fail("the work must not begin")
    refused(error, IS_INPUT)
    assert names(tmp_path) == []


@pytest.mark.parametrize("given", ["汇总表.xlsx", "汇总表.~1~.xlsx", "../输出/汇总表.xlsx"])
def test_an_input_is_known_by_any_name_and_its_copy_is_one_too(report: Path, given: str) -> None:
    report.with_name("汇总表.~1~.xlsx").write_bytes(report.read_bytes())
    with pytest.raises(NotSaved) as error, atomic_save(report, inputs=iter([Path("nowhere"), report.parent / given])):
        pytest.fail("the work must not begin")
    refused(error, IS_INPUT)


def test_beside_an_input_is_fine(report: Path) -> None:
    with atomic_save(report.with_name("另一个.xlsx"), inputs=[report]) as temporary:
        book(temporary, "新")
    assert said(report.with_name("另一个.xlsx")) == "新"


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        (errno.EACCES, "没有写入权限"),
        (errno.EROFS, "只读"),
        (errno.ENOSPC, "磁盘满了"),
        (errno.ENAMETOOLONG, "太长"),
        (errno.ENXIO, "系统没有允许"),
    ],
)
def test_a_folder_that_cannot_be_written(
    report: Path, monkeypatch: pytest.MonkeyPatch, number: int, reason: str
) -> None:
    monkeypatch.setattr(os, "mkdir", failing(OSError(number, os.strerror(number), str(report))))
    with pytest.raises(NotSaved) as error, atomic_save(report):
        pytest.fail("the work must not begin")
    refused(error, NOT_WRITABLE, reason)
    assert said(report) == "上月"


@posix
def test_a_file_set_to_read_only_is_left_alone(report: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)  # root may write everything
    with pytest.raises(NotSaved) as error, atomic_save(report):
        pytest.fail("the work must not begin")
    refused(error, NOT_WRITABLE, "文件设成了只读")


def test_a_name_longer_than_the_system_allows_is_refused_before_the_work(tmp_path: Path) -> None:
    with pytest.raises(NotSaved) as error, atomic_save(tmp_path / ("长" * 90 + ".xlsx")):
        pytest.fail("the work must not begin")
    refused(error, NOT_WRITABLE, "太长")


@pytest.mark.parametrize("length", [1, 60, 80, 83])
def test_a_long_name_leaves_room_for_the_names_beside_it(tmp_path: Path, length: int) -> None:
    one, other = (tmp_path / ("汇" * (length - 1) + last + ".xlsx") for last in "甲乙")
    for month in "六七":
        for path in (one, other):
            with locked(path), atomic_save(path) as temporary:
                book(temporary, path.stem[-1] + month)
    assert [said(one), said(other)] == ["甲七", "乙七"]
    assert len(names(tmp_path)) == 4, "each has an earlier copy of its own"


# What goes wrong on the way


class Interrupted(BaseException):
    """Like a KeyboardInterrupt, which would end the tests."""


@pytest.mark.parametrize(
    "error", [ValueError("x"), Interrupted(), FileNotFoundError(errno.ENOENT, "gone", "input.xlsx")]
)
def test_any_exception_leaves_everything_as_it_was_and_passes(report: Path, error: BaseException) -> None:
    with pytest.raises(type(error)) as raised, atomic_save(report) as temporary:  # noqa: PT012
        book(temporary, "新")
        raise error
    assert raised.value is error
    assert (said(report), names(report.parent)) == ("上月", ["汇总表.xlsx"])


def test_what_does_not_pass_the_callers_verification_is_not_saved(report: Path) -> None:
    def verify(path: Path) -> None:
        assert said(path) == "新"
        raise ArithmeticError

    with pytest.raises(ArithmeticError), atomic_save(report, verify=verify) as temporary:
        book(temporary, "新")
    assert (said(report), names(report.parent)) == ("上月", ["汇总表.xlsx"])


@pytest.mark.parametrize("position", [0, 40, 200, -200, -10])
def test_a_damaged_workbook_is_not_saved(report: Path, position: int) -> None:
    with pytest.raises(NotSaved) as error, atomic_save(report) as temporary:  # noqa: PT012
        raw = bytearray(zipped("新" * 100))
        raw[position] ^= 0xFF
        temporary.write_bytes(raw[:-60] if position == -200 else raw)
    refused(error, NOT_WRITABLE, "与应有的不符")
    assert (said(report), names(report.parent)) == ("上月", ["汇总表.xlsx"])


class Disk(io.FileIO):
    """A file on a disk that has room for so many writes."""

    room = 0
    error = errno.ENOSPC

    def write(self, data: Any) -> int:
        """Write, or find the disk full."""
        Disk.room -= 1
        if Disk.room < 0:
            raise OSError(Disk.error, os.strerror(Disk.error))
        return super().write(data)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # XlsxWriter leaves its zip to __del__
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO])
def test_a_disk_that_fails_at_any_write_costs_nothing(
    report: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    true_open, before = io.open, report.read_bytes()

    def on_full_disk(file: Any, mode: str = "r", *rest: Any, **options: Any) -> Any:
        if mode == "w+b" and str(file).endswith("new.xlsx"):
            return io.BufferedRandom(Disk(file, "w+"), 256)
        return true_open(file, mode, *rest, **options)

    monkeypatch.setattr(io, "open", on_full_disk)
    monkeypatch.setattr(Disk, "error", number)
    failures = 0
    for room in range(1000):
        Disk.room = room
        try:
            with atomic_save(report) as temporary:
                book(temporary, "新", tmpdir=temporary.parent)
        except NotSaved as error:
            failures += 1
            assert error.problem.params["reason"] == atomic.REASONS[number]  # noqa: PT017
            assert (report.read_bytes(), names(report.parent)) == (before, ["汇总表.xlsx"])
        else:
            break
    assert failures > 20
    assert said(report) == "新"


@pytest.mark.parametrize("call", ["open", "fsync", "chmod", "link", "replace", "close"])
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO, errno.EMFILE])
def test_a_system_call_that_fails_at_any_time_leaves_old_or_new(
    report: Path, monkeypatch: pytest.MonkeyPatch, call: str, number: int
) -> None:
    true_call = getattr(os, call)
    for at in range(12):
        calls = iter(range(10**9))

        def once(
            *given: Any, true_call: Any = true_call, calls: Iterator[int] = calls, at: int = at, **more: Any
        ) -> Any:
            if next(calls) == at:
                raise OSError(number, os.strerror(number))
            return true_call(*given, **more)

        before = report.read_bytes()
        try:
            with atomic_save(report) as temporary:
                book(temporary, f"新{at}", tmpdir=temporary.parent)
                monkeypatch.setattr(os, call, once)
        except NotSaved:
            assert report.read_bytes() == before
            assert not [name for name in names(report.parent) if name.startswith(".")]
        else:
            assert said(report) == f"新{at}"
            assert not list(report.parent.glob(".*/*")), "at most an empty folder, where its removal was what failed"
        finally:
            monkeypatch.undo()


def test_a_folder_that_vanishes_meanwhile(report: Path) -> None:
    with pytest.raises(NotSaved) as error, atomic_save(report) as temporary:  # noqa: PT012
        shutil.rmtree(temporary.parent)
        book(temporary, "新")
    refused(error, NOT_WRITABLE, "不见了")
    assert said(report) == "上月"


@posix
def test_a_file_larger_than_the_system_allows(report: Path) -> None:
    process = run(
        """
import resource, xlsxwriter
resource.setrlimit(resource.RLIMIT_FSIZE, (3000, 3000))
try:
    with atomic_save(sys.argv[1]) as temporary:
        with xlsxwriter.Workbook(temporary, {"tmpdir": temporary.parent}) as workbook:
            workbook.add_worksheet().write_string(0, 0, "x")
except NotSaved as error:
    print(error)
""",
        report,
    )
    assert "文件超过了允许的大小" in process.communicate()[0]
    assert (said(report), names(report.parent)) == ("上月", ["汇总表.xlsx"])


# A file that another program holds


def hold(path: Path, monkeypatch: pytest.MonkeyPatch, *, tries: int = 10**9) -> None:
    """Let a file be open in Excel for so many attempts to replace it."""
    true_replace, left = os.replace, iter(range(tries))

    def replace(source: Path, target: Path) -> None:
        if Path(target) == path and next(left, None) is not None:
            raise PermissionError(errno.EACCES, "used by another process", str(source))
        true_replace(source, target)

    monkeypatch.setattr(os, "replace", replace)


def test_a_report_open_in_excel_is_left_and_the_result_stands_beside_it(
    report: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hold(report, monkeypatch)
    for month, beside in (("六月", "汇总表(新).xlsx"), ("七月", "汇总表(新)(新).xlsx")):
        with pytest.raises(NotSaved) as error, atomic_save(report) as temporary:
            book(temporary, month)
        refused(error, IN_USE, str(report.with_name(beside)))
        assert said(report.with_name(beside)) == month
        assert said(report) == "上月"
    assert not [name for name in names(report.parent) if name.startswith(".")]


def test_a_report_closed_in_time_is_replaced(report: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hold(report, monkeypatch, tries=3)
    with atomic_save(report) as temporary:
        book(temporary, "新")
    assert (said(report), said(report.with_name("汇总表.~1~.xlsx"))) == ("新", "上月")


def test_an_earlier_copy_open_in_excel_is_not_lost_either(report: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hold(report.with_name("汇总表.~1~.xlsx"), monkeypatch)
    with pytest.raises(NotSaved) as error, atomic_save(report) as temporary:
        book(temporary, "新")
    refused(error, IN_USE)
    assert (said(report), said(report.with_name("汇总表(新).xlsx"))) == ("上月", "新")


# A writer that is killed

WRITER = """
import zipfile
print("ready", flush=True)
for generation in range(1, 10**9):
    with atomic_save(sys.argv[1]) as temporary, zipfile.ZipFile(temporary, "w") as parts:
        for part in range(4):
            parts.writestr(str(part), str(generation) * 5000)
"""


def killed_at_any_moment(path: Path, times: int) -> None:
    """Kill a writer that never rests; what it leaves must be whole, and the next writer must leave nothing else."""
    chance = random.Random(4)
    for _ in range(times):
        process = run(WRITER, path)
        assert process.stdout
        process.stdout.readline()
        time.sleep(chance.random() * 0.05)
        process.kill()
        process.communicate()
        for found in (path, path.with_name("汇总.~1~.xlsx")):
            if found.exists():
                with zipfile.ZipFile(found) as parts:
                    assert len({parts.read(part) for part in "0123"}) == 1
        remove_leftovers(path.parent)
        assert set(names(path.parent)) <= {"汇总.xlsx", "汇总.~1~.xlsx"}
    assert path.exists()


def test_a_killed_writer_leaves_the_old_file_or_the_new_one(tmp_path: Path) -> None:
    killed_at_any_moment(tmp_path / "汇总.xlsx", 15)


@pytest.mark.slow
def test_a_writer_killed_two_hundred_times_leaves_the_old_file_or_the_new_one(tmp_path: Path) -> None:
    killed_at_any_moment(tmp_path / "汇总.xlsx", 200)


@pytest.mark.long
def test_a_writer_killed_four_thousand_times_leaves_the_old_file_or_the_new_one(tmp_path: Path) -> None:
    killed_at_any_moment(tmp_path / "汇总.xlsx", 4000)


def left_behind(folder: Path, *, guard: bytes | None = b"", age: float = 0) -> Path:
    """Leave what a killed writer leaves: its folder, held by nobody any more."""
    path = folder / f".汇总.xlsx.{len(names(folder))}.00000000c0ffee00.tmp"
    path.mkdir()
    (path / "new.xlsx").write_text("客户", "utf-8")
    if guard is not None:
        (path / "lock").write_bytes(guard)
    os.utime(path, (time.time() - age, time.time() - age))
    return path


def without_locks(monkeypatch: pytest.MonkeyPatch, number: int = errno.ENOLCK) -> None:
    """Be on a share that knows no locks."""
    monkeypatch.setattr(locks, "_lock", failing(OSError(number, os.strerror(number))))


def test_the_next_saving_sweeps_what_a_dead_process_left(tmp_path: Path) -> None:
    left_behind(tmp_path)
    left_behind(tmp_path, guard=None, age=DAY + 1)  # of an older version
    (tmp_path / ".汇总.xlsx.7.00000000c0ffee00.tmp").mkdir()  # killed before it held it
    write_text(tmp_path / "a.txt", "新")
    assert names(tmp_path) == ["a.txt"]


def test_what_somebody_is_writing_is_not_swept(tmp_path: Path) -> None:
    with atomic_save(tmp_path / "a.txt") as temporary:
        assert remove_leftovers(tmp_path) == 0
        temporary.write_text("新", "utf-8")
        write_text(tmp_path / "b.txt", "新")
    assert names(tmp_path) == ["a.txt", "b.txt"]


@pytest.mark.parametrize("number", [errno.ENOLCK, errno.ENOTSUP, errno.EINVAL])
def test_where_nobody_can_know_it_is_left_for_a_day(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    by_name = left_behind(tmp_path, guard=b"\n(no locks here)")  # by another machine on this share
    assert remove_leftovers(tmp_path) == 0
    without_locks(monkeypatch, number)
    left = [by_name, left_behind(tmp_path), left_behind(tmp_path, guard=None)]
    with atomic_save(tmp_path / "a.txt") as temporary:
        assert remove_leftovers(tmp_path) == 0
        temporary.write_text("新", "utf-8")
    for path in left:
        os.utime(path, (time.time() - DAY - 1,) * 2)
    assert remove_leftovers(tmp_path) == 3
    assert names(tmp_path) == ["a.txt"]


def test_nothing_else_is_swept(tmp_path: Path) -> None:
    others = {".a.tmp", "~$a.xlsx", "a.123.tmp", ".a.99999999.tmp", "a.99999999.0000000000c0ffee.tmp"}
    for name in others:
        (tmp_path / name).touch()
    assert remove_leftovers(tmp_path) == 0
    assert set(names(tmp_path)) == others


# Two writers of one output

HOLDER = """
with locked(sys.argv[1]):
    print("held", flush=True)
    sys.stdin.read() if len(sys.argv) > 2 else time.sleep(60)
"""


def test_a_second_writer_is_told_who_is_at_it_and_may_write_afterwards(report: Path) -> None:
    process = run(HOLDER, report)
    try:
        assert process.stdout
        assert process.stdout.readline() == "held\n"
        with pytest.raises(NotSaved) as error, locked(report):
            pytest.fail("both hold it")
    finally:
        process.kill()
        process.communicate()
    refused(error, BEING_WRITTEN, time.strftime("%Y-"))
    assert "@" in error.value.problem.message()
    assert str(report.parent) in error.value.problem.hint()
    with locked(report):  # the lock of the dead is taken over
        pass
    assert names(report.parent) == ["汇总表.xlsx"]


def test_a_lock_is_given_back_whatever_happens(report: Path) -> None:
    with pytest.raises(ValueError, match="x"), locked(report):  # noqa: PT012
        assert len(names(report.parent)) == 2
        raise ValueError("x")
    assert names(report.parent) == ["汇总表.xlsx"]


def test_two_outputs_do_not_hinder_each_other(report: Path) -> None:
    with locked(report), locked(report.with_suffix(".json")):
        pass


DEAD = "123\n电脑\n甲@电脑\n昨天"


@pytest.mark.parametrize("text", ["", "???", "9" * 5000, "\udcff\udcff", DEAD])
@pytest.mark.parametrize("age", [0, -DAY])
def test_a_lock_that_the_system_has_freed_is_taken_over(report: Path, text: str, age: float) -> None:
    lock = report.with_name(".汇总表.xlsx.lock")
    lock.write_bytes(text.encode("utf-8", "surrogateescape"))
    os.utime(lock, (time.time() - age, time.time() - age))
    with locked(report):
        assert lock.read_text("utf-8").startswith(f"{os.getpid()}\n")
        with pytest.raises(NotSaved) as error, locked(report):
            pytest.fail("both hold it")
        refused(error, BEING_WRITTEN, time.strftime("%Y-"))
    assert names(report.parent) == ["汇总表.xlsx"]


@pytest.mark.parametrize(
    ("text", "age", "taken"),
    [
        ("", 0, False),
        ("", MINUTE + 1, True),
        ("\udcff\udcff", MINUTE + 1, False),
        ("9" * 5000, 0, False),
        (DEAD, 0, False),
        (DEAD, DAY + 1, True),
        (DEAD + "\n(no locks here)", 0, False),
        (DEAD + "\n(no locks here)", DAY + 1, True),
    ],
)
def test_a_lock_without_the_systems_help_is_taken_over_after_a_day(
    report: Path, monkeypatch: pytest.MonkeyPatch, text: str, age: float, taken: bool
) -> None:
    lock = report.with_name(".汇总表.xlsx.lock")
    lock.write_bytes(text.encode("utf-8", "surrogateescape"))
    os.utime(lock, (time.time() - age, time.time() - age))
    if "no locks here" not in text:  # else its holder knew no locks, and this machine does
        without_locks(monkeypatch)
    if taken:
        with locked(report):
            assert lock.read_text("utf-8").startswith(f"{os.getpid()}\n")
        assert names(report.parent) == ["汇总表.xlsx"]
    else:
        with pytest.raises(NotSaved) as error, locked(report):
            pytest.fail("both hold it")
        refused(error, BEING_WRITTEN)


def test_where_there_are_no_locks_one_at_a_time_writes_too(report: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    without_locks(monkeypatch)
    with locked(report), pytest.raises(NotSaved) as error, locked(report):
        pytest.fail("both hold it")
    refused(error, BEING_WRITTEN, time.strftime("%Y-"))
    assert names(report.parent) == ["汇总表.xlsx"]


def test_a_lock_taken_over_in_the_meantime_is_given_back(report: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lock, true_replace = report.with_name(".汇总表.xlsx.lock"), os.replace
    lock.write_text(DEAD, "utf-8")
    os.utime(lock, (time.time() - DAY - 1,) * 2)
    without_locks(monkeypatch)

    def replace(source: Path, target: Path) -> None:
        if source == lock and lock.read_text("utf-8") == DEAD:
            lock.write_text("456\n电脑\n乙\n今天", "utf-8")  # another was quicker
        true_replace(source, target)

    monkeypatch.setattr(os, "replace", replace)
    with pytest.raises(NotSaved) as error, locked(report):
        pytest.fail("both hold it")
    refused(error, BEING_WRITTEN, "乙")
    assert names(report.parent) == [".汇总表.xlsx.lock", "汇总表.xlsx"]


@posix
def test_a_lock_file_that_is_not_ours_to_write_is_taken_over_all_the_same(
    report: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock, true_file = report.with_name(".汇总表.xlsx.lock"), locks.FileIO
    lock.write_text(DEAD, "utf-8")

    def read_only(path: Path, mode: str = "r") -> io.FileIO:  # root may write everything
        if mode == "r+":
            raise PermissionError(errno.EACCES, "not yours")
        return true_file(path, mode)

    monkeypatch.setattr(locks, "FileIO", read_only)
    with locked(report):
        pass
    assert names(report.parent) == ["汇总表.xlsx"]


def test_a_lock_that_is_no_longer_ours_is_left(report: Path) -> None:
    lock = report.with_name(".汇总表.xlsx.lock")
    with locked(report):
        lock.write_text("another's", "utf-8")
    assert lock.read_text("utf-8") == "another's"


def test_a_lock_that_cannot_be_made(report: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locks, "FileIO", failing(OSError(errno.EROFS, "read-only")))
    with pytest.raises(NotSaved) as error, locked(report):
        pytest.fail("the work must not begin")
    refused(error, NOT_WRITABLE, "只读")


CONTENDER = """
inside = Path(sys.argv[1]).with_name("inside")
while time.time() < float(sys.argv[2]):
    pass
for _ in range(1000):
    try:
        with locked(sys.argv[1]):
            inside.touch(exist_ok=False)
            time.sleep(0.005)
            inside.unlink()
            print("once", flush=True)
            break
    except NotSaved:
        time.sleep(0.001)
"""


def test_of_many_who_find_the_lock_of_a_dead_process_one_at_a_time_holds_it(report: Path) -> None:
    report.with_name(".汇总表.xlsx.lock").write_text(DEAD, "utf-8")
    start = time.time() + 1
    contenders = [run(CONTENDER, report, start) for _ in range(6)]
    assert [contender.communicate()[0] for contender in contenders] == ["once\n"] * 6
    assert names(report.parent) == ["汇总表.xlsx"]


@posix
def test_an_interrupted_writer_cleans_up_after_itself(report: Path) -> None:
    process = run(
        """
with locked(sys.argv[1]), atomic_save(sys.argv[1]) as temporary:
    temporary.write_text("half")
    print("writing", flush=True)
    time.sleep(60)
""",
        report,
    )
    assert process.stdout
    process.stdout.readline()
    process.send_signal(signal.SIGINT)
    process.communicate()
    assert process.returncode not in (0, None)
    assert (said(report), names(report.parent)) == ("上月", ["汇总表.xlsx"])
