"""Passwords, links, and the clock: what may be done to open a file, and for how long."""

import io
import os
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from factory_crm.cli.app import main
from factory_crm.problems import codes
from factory_crm.problems.codes import Code
from factory_crm.reading import encryption
from factory_crm.reading.access import Access, Passwords, read_passwords
from factory_crm.reading.folder import find_workbooks
from factory_crm.reading.guard import Refused
from factory_crm.reading.limits import ReaderLimits
from factory_crm.reading.opening import open_workbook

from . import packing

GOOD = min((Path(__file__).resolve().parents[2] / "workbooks" / "good").glob("*.xlsx"))
WORD = "秘密 1"


def refusal(path: Path, *passwords: str, folder: Path | None = None) -> Code:
    with pytest.raises(Refused) as caught, open_workbook(path, access=Access(Passwords(passwords), folder)):
        pass
    assert not any(password in str(caught.value) for password in passwords)
    return caught.value.problem.code


@pytest.fixture(scope="module")
def secret(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workbook with a password to open it."""
    ooxml = pytest.importorskip("msoffcrypto.format.ooxml")
    path, content = tmp_path_factory.mktemp("secret") / "订单.xlsx", io.BytesIO()
    with GOOD.open("rb") as file:
        ooxml.OOXMLFile(file).encrypt(WORD, content)
    path.write_bytes(content.getvalue())
    return path


def rows(path: Path, *passwords: str) -> list[object]:
    with open_workbook(path, access=Access(Passwords(passwords))) as source:
        return [list(source.grid(info.name).rows()) for info in source.sheets]


def test_encrypted_workbook_opens_with_the_password_that_fits(secret: Path) -> None:
    assert rows(secret, "不对", WORD) == rows(GOOD)


def test_password_is_asked_for_and_told_when_wrong(secret: Path) -> None:
    assert refusal(secret) is codes.ENCRYPTED
    assert refusal(secret, "开门 1", "开门 2") is codes.WRONG_PASSWORD


def test_library_that_is_not_installed(secret: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "msoffcrypto.format.ooxml", None)
    assert refusal(secret, WORD) is codes.NEEDS_SECURE


@pytest.mark.parametrize("at", [0.3, 0.5, 0.9])
def test_damaged_content_is_told_from_a_wrong_password(secret: Path, tmp_path: Path, at: float) -> None:
    data = bytearray(secret.read_bytes())
    data[int(len(data) * at)] ^= 1
    (tmp_path / "a.xlsx").write_bytes(data)
    assert refusal(tmp_path / "a.xlsx", WORD) is codes.DAMAGED


def test_hashing_without_end_is_refused(secret: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encryption, "MOST_ROUNDS", 1000)
    assert refusal(secret, WORD) is codes.DAMAGED


def test_passwords_of_a_file_are_never_shown(tmp_path: Path) -> None:
    (tmp_path / "p.txt").write_text(f"\ufeff{WORD}\r\n\n第二\n{WORD}\n", "utf-8")
    passwords = read_passwords(tmp_path / "p.txt")
    assert passwords == (WORD, "第二")
    assert WORD not in repr(Access(passwords))


def test_validate_and_merge_take_a_password_file(secret: Path, tmp_path: Path) -> None:
    (tmp_path / "p.txt").write_text(WORD, "utf-8")
    given = [str(secret), "--password-file", str(tmp_path / "p.txt")]
    for command in (["validate", *given], ["merge", *given, "-o", str(tmp_path / "sum.xlsx"), "--dry-run"]):
        ran = CliRunner().invoke(main, command)
        assert ran.exit_code == 0, ran.output
        assert WORD not in ran.output
    assert CliRunner().invoke(main, ["validate", str(secret)]).exit_code == 1
    assert CliRunner().invoke(main, ["validate", str(secret), "--password-file", str(tmp_path / "no")]).exit_code == 2


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a workbook, beside another one outside it."""
    (tmp_path / "in" / "deep").mkdir(parents=True)
    packing.write(tmp_path / "out.xlsx", packing.parts())
    packing.write(tmp_path / "in" / "a.xlsx", packing.parts())
    return tmp_path / "in"


def link(at: Path, to: Path | str) -> None:
    try:
        at.symlink_to(to)
    except OSError:
        pytest.skip("no links here")


def test_link_that_stays_inside_is_the_file_it_leads_to(folder: Path) -> None:
    link(folder / "b.xlsx", "a.xlsx")
    link(folder / "deep" / "c.xlsx", "../d.dat")
    packing.write(folder / "d.dat", packing.parts())
    found = find_workbooks([folder])
    assert [one.name for one in found] == ["a.xlsx", "deep/c.xlsx"]
    for one in found:
        with open_workbook(one.path, access=one.access) as source:
            assert source.sheets


def test_link_that_leads_out_is_not_followed(folder: Path) -> None:
    link(folder / "b.xlsx", folder.parent / "out.xlsx")
    link(folder / "deep" / "c.xlsx", "../../out.xlsx")
    outside = [one for one in find_workbooks([folder]) if one.path.is_symlink()]
    assert [refusal(one.path, folder=one.access.folder) for one in outside] == [codes.LINK_OUTSIDE] * 2
    ran = CliRunner().invoke(main, ["validate", str(folder)])
    assert ran.output.count("F207") == 2


def test_link_given_by_name_is_followed(folder: Path) -> None:
    link(folder / "b.xlsx", folder.parent / "out.xlsx")
    (one,) = find_workbooks([folder / "b.xlsx"])
    with open_workbook(one.path, access=one.access) as source:
        assert source.sheets


def test_links_in_a_circle(folder: Path) -> None:
    link(folder / "x.xlsx", "y.xlsx")
    link(folder / "y.xlsx", "x.xlsx")
    codes_found = {
        refusal(one.path, folder=one.access.folder) for one in find_workbooks([folder]) if one.path.is_symlink()
    }
    assert codes_found <= {codes.NOT_FOUND, codes.NOT_READABLE, codes.LINK_OUTSIDE}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes on this system")
def test_pipe_in_a_folder_holds_nothing_up(folder: Path) -> None:
    os.mkfifo(folder / "b.xlsx")
    ran = CliRunner().invoke(main, ["validate", str(folder)])
    assert "F103" in ran.output


def test_slow_consumer_does_not_meet_the_deadline(tmp_path: Path) -> None:
    content = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(1, 2000))
    path = packing.write(tmp_path / "a.xlsx", packing.parts(content))
    with open_workbook(path, ReaderLimits(seconds=0.5)) as source:
        for number, _ in enumerate(source.grid("表").rows()):
            if number % 500 == 0:
                until = time.thread_time() + 0.3
                while time.thread_time() < until:
                    pass
