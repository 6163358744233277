"""Every reason a file is refused for, and that the true one is named."""

import os
import socket
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from factory_crm.problems import codes
from factory_crm.problems.codes import Code
from factory_crm.reading.guard import Refused
from factory_crm.reading.limits import ReaderLimits
from factory_crm.reading.opening import open_workbook

from . import packing
from .conftest import rows_of

Refusal = Callable[..., Code]
SHEET, STRINGS, STYLES = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
ONE = '<row r="1"><c r="A1"><v>1</v></c></row>'


def refused(path: str | Path, limits: ReaderLimits | None = None) -> Refused:
    """Return what reading that file is refused with."""
    with pytest.raises(Refused) as caught:
        rows_of(Path(path), limits)
    assert caught.value.problem.location.file == str(path)
    assert caught.value.problem.message("en")
    return caught.value


@pytest.fixture
def of_bytes(tmp_path: Path) -> Callable[[bytes], Refused]:
    """Return what a file with that content is refused with."""

    def refusing(content: bytes) -> Refused:
        path = tmp_path / "工作簿.xlsx"
        path.write_bytes(content)
        return refused(path)

    return refusing


# Files that are none


def test_file_that_is_not_there(tmp_path: Path) -> None:
    assert refused(tmp_path / "无.xlsx").problem.code is codes.NOT_FOUND
    assert refused("a\0b").problem.code is codes.NOT_FOUND


@pytest.mark.parametrize("name", ["~$订单.xlsx", ".~lock.订单.xlsx#", ".~订单.xlsx"])
def test_lock_files(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"x")
    assert refused(tmp_path / name).problem.code is codes.LOCK_FILE


def test_folder(tmp_path: Path) -> None:
    problem = refused(tmp_path).problem
    assert (problem.code, problem.params["kind"]) == (codes.NOT_A_FILE, "文件夹")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes on this system")
def test_pipe_socket_and_device_never_hold_it_up(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "管.xlsx")
    assert refused(tmp_path / "管.xlsx").problem.params["kind"] == "管道"
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "s"))
        assert refused(tmp_path / "s").problem.params["kind"] == "套接字"
    assert refused("/dev/zero").problem.params["kind"] == "设备"


def test_unreadable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = packing.write(tmp_path / "a.xlsx", packing.parts())

    def forbidden(*_: object) -> int:
        raise PermissionError(13, "x")

    def broken(*_: object) -> int:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "open", forbidden)
    assert refused(path).problem.code is codes.NOT_READABLE
    monkeypatch.setattr(os, "open", broken)
    assert refused(path).problem.params == {"reason": "Input/output error"}


def test_empty_file(of_bytes: Callable[[bytes], Refused]) -> None:
    assert of_bytes(b"").problem.code is codes.EMPTY_FILE


# Files of another kind


def test_encrypted(of_bytes: Callable[[bytes], Refused]) -> None:
    assert of_bytes(OLE + "EncryptedPackage".encode("utf-16le")).problem.code is codes.ENCRYPTED
    assert of_bytes(OLE + bytes(2 << 20) + "EncryptedPackage".encode("utf-16le")).problem.code is codes.ENCRYPTED


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (OLE + "Workbook\0".encode("utf-16le"), "旧版 Excel 97-2003 工作簿 (.xls)"),
        (OLE + "WordDocument\0".encode("utf-16le"), "Word 文档"),
        (OLE, "旧版 Office 文件"),
        (b"\x09\x08\x10\0\0\x06\x05\0" + bytes(100), "旧版 Excel 97-2003 工作簿 (.xls)"),
        (b"\x09\0\x04\0\x02\0\x10\0" + bytes(100), "旧版 Excel 97-2003 工作簿 (.xls)"),
        ("编号,客户\n1,甲\n".encode(), "文本或 CSV 文件"),
        ("编号,客户\n1,甲\n".encode("gbk"), "文本或 CSV 文件"),
        ("\ufeff编号\t客户".encode("utf-16le"), "文本或 CSV 文件"),
        (b"\xef\xbb\xbf \r\n<html><table>", "网页 (HTML)"),
        (b"<table border=1><tr>", "网页 (HTML)"),
        (b'<?xml version="1.0"?><html xmlns="x">', "网页 (HTML)"),
        ("\ufeff<html>".encode("utf-16le"), "网页 (HTML)"),
        (b"MIME-Version: 1.0\r\n", "网页 (HTML)"),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">', "XML 电子表格 2003"),
        (
            b'<?xml version="1.0"?><office:document office:mimetype="application/vnd.oasis.opendocument.spreadsheet">',
            "OpenDocument 表格 (.ods)",
        ),
        (b'<?xml version="1.0"?><a/>', "XML 文件"),
        (b"%PDF-1.7", "PDF 文件"),
        (b"\x89PNG\r\n\x1a\n", "图片"),
        (b"\xff\xd8\xff\xe0", "图片"),
        (b"Rar!\x1a\x07", "压缩包"),
        (b"{\\rtf1", "Word 文档"),
        (bytes(1000), "无法识别的内容"),
    ],
)
def test_true_kind_is_named(of_bytes: Callable[[bytes], Refused], content: bytes, kind: str) -> None:
    problem = of_bytes(content).problem
    assert (problem.code, problem.params["kind"]) == (codes.OTHER_KIND, kind)


@pytest.mark.parametrize(
    ("names", "kind"),
    [
        (["xl/workbook.bin"], "Excel 二进制工作簿 (.xlsb)"),
        (["content.xml", "META-INF/manifest.xml"], "OpenDocument 表格 (.ods)"),
        (["word/document.xml"], "Word 文档"),
        (["ppt/presentation.xml"], "PowerPoint 演示文稿"),
        (["Index/Document.iwa"], "Apple Numbers 表格"),
        (["a.xlsx", "b.xlsx"], "压缩包"),
        ([], "压缩包"),
    ],
)
@pytest.mark.parametrize("related", [True, False])
def test_true_kind_of_a_package_is_named(tmp_path: Path, names: list[str], kind: str, related: bool) -> None:
    content: packing.Parts = dict.fromkeys(names, "<x/>")
    if related and names and "/" in names[0]:
        content["_rels/.rels"] = packing.relations(packing.relation(1, "officeDocument", names[0]))
    if names[:1] != ["Index/Document.iwa"] or not related:
        problem = refused(packing.write(tmp_path / "a.xlsx", content)).problem
        assert (problem.code, problem.params["kind"]) == (codes.OTHER_KIND, kind)


# Packages


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_truncated(tmp_path: Path, share: float) -> None:
    content = packing.write(tmp_path / "a.xlsx", packing.parts()).read_bytes()
    (tmp_path / "b.xlsx").write_bytes(content[: int(len(content) * share)])
    assert refused(tmp_path / "b.xlsx").problem.code is codes.DAMAGED


def test_crc_of_every_used_part_is_checked(tmp_path: Path) -> None:
    content = packing.write(tmp_path / "a.xlsx", packing.parts(ONE), zipfile.ZIP_STORED).read_bytes()
    (tmp_path / "b.xlsx").write_bytes(content.replace(b"<v>1</v>", b"<v>2</v>"))
    problem = refused(tmp_path / "b.xlsx").problem
    assert (problem.code, problem.params["part"]) == (codes.DAMAGED, SHEET)


def test_damaged_stream(tmp_path: Path) -> None:
    path = packing.write(tmp_path / "a.xlsx", packing.parts(ONE * 1))
    content = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as package:
        start = package.getinfo(SHEET).header_offset + 30 + len(SHEET)
    content[start : start + 4] = b"\xff\xff\xff\xff"
    path.write_bytes(content)
    assert refused(path).problem.code is codes.DAMAGED


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("second", [SHEET, SHEET.upper(), SHEET.replace("/", "\\")])
def test_part_twice(tmp_path: Path, second: str) -> None:
    path = packing.write(tmp_path / "a.xlsx", packing.parts(ONE))
    with zipfile.ZipFile(path, "a") as package:
        package.writestr(second, packing.sheet(""))
    assert refused(path).problem.code is codes.DUPLICATE_PART


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_other_packing(tmp_path: Path, method: int) -> None:
    assert refused(packing.write(tmp_path / "a.xlsx", packing.parts(), method)).problem.code is codes.UNKNOWN_PACKING


def test_zip_encryption(tmp_path: Path) -> None:
    path = packing.write(tmp_path / "a.xlsx", packing.parts())
    content = bytearray(path.read_bytes())
    at = content.find(b"PK\1\2")
    content[at + 8] |= 1
    path.write_bytes(content)
    assert refused(path).problem.code is codes.UNKNOWN_PACKING


def test_directory_that_claims_to_be_huge(tmp_path: Path) -> None:
    path = packing.write(tmp_path / "a.xlsx", packing.parts())
    content = bytearray(path.read_bytes())
    at = content.find(b"PK\5\6")
    content[at + 12 : at + 16] = (5 << 20).to_bytes(4, "little")
    path.write_bytes(bytes(content[:4]) + bytes(6 << 20) + bytes(content))
    assert refused(path).problem.code is codes.DAMAGED


# Parts that are missing or lead astray


@pytest.mark.parametrize("part", [SHEET, STRINGS, STYLES, "xl/workbook.xml"])
def test_missing_part(refusal: Refusal, part: str) -> None:
    assert refusal(changes={part: None}) is codes.MISSING_PART


def test_sheet_without_a_relationship(refusal: Refusal) -> None:
    assert refusal(changes={"xl/_rels/workbook.xml.rels": None}) is codes.MISSING_PART


def test_target_outside_the_package(refusal: Refusal) -> None:
    outside = packing.relations(packing.relation(1, "worksheet", "../../../etc/passwd"))
    assert refusal(changes={"xl/_rels/workbook.xml.rels": outside}) is codes.MISSING_PART


@pytest.mark.parametrize("kind", ["worksheet", "sharedStrings", "styles"])
def test_external_part(refusal: Refusal, kind: str) -> None:
    related = packing.relations(
        packing.relation(1, "worksheet", "worksheets/sheet1.xml") if kind != "worksheet" else "",
        packing.relation(1 if kind == "worksheet" else 2, kind, "file:///etc/passwd", 'TargetMode="External"'),
    )
    assert refusal(changes={"xl/_rels/workbook.xml.rels": related}) is codes.EXTERNAL_PART


def test_relationship_given_twice(refusal: Refusal) -> None:
    twice = packing.relations(*(packing.relation(1, "worksheet", "worksheets/sheet1.xml") for _ in range(2)))
    assert refusal(changes={"xl/_rels/workbook.xml.rels": twice}) is codes.BAD_XML


def test_no_sheets_and_sheets_of_one_name(refusal: Refusal) -> None:
    assert refusal(changes={"xl/workbook.xml": packing.workbook("")}) is codes.NO_SHEETS
    twice = '<sheet name="A" r:id="rId1"/><sheet name="a" r:id="rId1"/>'
    assert refusal(changes={"xl/workbook.xml": packing.workbook(twice)}) is codes.DUPLICATE_PART


# XML

BOMB = '<!DOCTYPE x [<!ENTITY a "b"><!ENTITY c SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    "part", [SHEET, STRINGS, STYLES, "xl/workbook.xml", "_rels/.rels", "xl/_rels/workbook.xml.rels"]
)
def test_document_type(refusal: Refusal, part: str) -> None:
    assert refusal(changes={part: BOMB + str(packing.parts()[part])}) is codes.FORBIDDEN_XML


@pytest.mark.parametrize("part", [SHEET, STRINGS, STYLES, "xl/workbook.xml", "xl/_rels/workbook.xml.rels"])
@pytest.mark.parametrize("bad", ["", "<a>", "<a></b>", "<a>\x0b</a>", "<a>&#0;</a>", "<a>&#xD800;</a>", "<a>&b;</a>"])
def test_malformed(refusal: Refusal, part: str, bad: str) -> None:
    assert refusal(changes={part: bad}) is codes.BAD_XML


@pytest.mark.parametrize("encoding", ["gbk", "no-such-encoding"])
def test_encodings_that_are_not_read(refusal: Refusal, encoding: str) -> None:
    assert (
        refusal(changes={SHEET: f'<?xml version="1.0" encoding="{encoding}"?>' + packing.sheet(ONE)}) is codes.BAD_XML
    )


@pytest.mark.parametrize("part", [SHEET, "xl/workbook.xml"])
def test_root_of_another_kind(refusal: Refusal, part: str) -> None:
    assert refusal(changes={part: str(packing.parts()[part]).replace(packing.MAIN, "urn:x")}) is codes.BAD_XML


# Limits


def test_limits_of_the_package(refusal: Refusal) -> None:
    assert refusal(limits=ReaderLimits(file_bytes=100)) is codes.TOO_LARGE
    assert refusal(limits=ReaderLimits(entries=5)) is codes.TOO_LARGE
    assert refusal(limits=ReaderLimits(part_bytes=100)) is codes.TOO_LARGE
    assert refusal(limits=ReaderLimits(unpacked_bytes=1000)) is codes.TOO_LARGE
    assert refusal(limits=ReaderLimits(sheets=0)) is codes.TOO_LARGE
    assert refusal(limits=ReaderLimits(seconds=-1)) is codes.TOO_SLOW


def test_limits_of_the_cells(refusal: Refusal, read: Callable[..., object]) -> None:
    two = '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>1</v></c></row>'
    assert read(two, limits=ReaderLimits(cells=2))
    assert refusal(two, limits=ReaderLimits(cells=1)) is codes.TOO_LARGE
    assert refusal(two, limits=ReaderLimits(elements=6)) is codes.TOO_LARGE
    merged = packing.sheet(two, '<mergeCells><mergeCell ref="A1:B2"/></mergeCells>')
    assert refusal(changes={SHEET: merged}, limits=ReaderLimits(merged=0)) is codes.TOO_LARGE


def test_a_grid_read_twice_counts_once(tmp_path: Path) -> None:
    path = packing.write(tmp_path / "a.xlsx", packing.parts(ONE * 1))
    with open_workbook(path, ReaderLimits(cells=1, unpacked_bytes=5000)) as source:
        for _ in range(20):
            assert len(list(source.grid("表").rows())) == 1


@pytest.mark.parametrize(
    "content", ['<c t="str"><v>{}</v></c>', '<c t="inlineStr"><is><t>{}</t></is></c>', "<c><f>{}</f></c>", "<c>{}</c>"]
)
def test_long_text_in_a_sheet(refusal: Refusal, content: str) -> None:
    rows = f"<row>{content.format('x' * 3_000_000)}</row>"
    assert refusal(rows) is codes.TOO_LARGE


def test_longest_text(read: Callable[..., object], refusal: Refusal) -> None:
    assert read('<row><c t="str"><v>12345</v></c></row>', limits=ReaderLimits(text=600))
    text = "x" * 601
    assert refusal(f'<row><c t="str"><v>{text}</v></c></row>', limits=ReaderLimits(text=600)) is codes.TOO_LARGE
    rich = f"<r><t>{text[:300]}</t></r><r><t>{text[300:]}</t></r>"
    assert refusal(f'<row><c t="inlineStr"><is>{rich}</is></c></row>', limits=ReaderLimits(text=600)) is codes.TOO_LARGE
    assert refusal(changes={STRINGS: packing.shared(rich)}, limits=ReaderLimits(text=600)) is codes.TOO_LARGE


def test_long_and_many_shared_strings(refusal: Refusal) -> None:
    assert refusal(changes={STRINGS: packing.shared(f"<t>{'x' * 3_000_000}</t>")}) is codes.TOO_LARGE
    assert refusal(limits=ReaderLimits(shared_strings=2)) is codes.TOO_LARGE
    assert refusal(limits=ReaderLimits(shared_characters=1)) is codes.TOO_LARGE


@pytest.mark.parametrize("part", [SHEET, STRINGS, STYLES, "xl/workbook.xml"])
def test_deep_nesting(refusal: Refusal, part: str) -> None:
    root, _, rest = str(packing.parts()[part]).partition(">")
    assert refusal(changes={part: f"{root}>{'<a>' * 65}{'</a>' * 65}{rest}"}) is codes.TOO_LARGE


@pytest.mark.parametrize("name", ["v", "f", "t", "is", "sheetData"])
def test_deep_nesting_of_known_elements(refusal: Refusal, name: str) -> None:
    deep = f"<{name}>" * 65 + f"</{name}>" * 65
    assert refusal(f'<row r="1"><c r="A1">{deep}</c></row>') is codes.TOO_LARGE


@pytest.mark.parametrize("token", ['<a b="{}"/>', "<!--{}-->", "<?a {}?>"])
def test_long_token(refusal: Refusal, token: str) -> None:
    # Not compressible to nothing: it must be longer than a piece by far.
    assert refusal(changes={SHEET: packing.sheet(token.format("x" * (2 << 20)))}) is codes.TOO_LARGE


def test_bomb_costs_little(refusal: Refusal) -> None:
    assert (
        refusal(changes={SHEET: packing.sheet(" " * (40 << 20))}, limits=ReaderLimits(part_bytes=32 << 20))
        is codes.TOO_LARGE
    )


# Files that change while they are read


def test_file_altered_while_open(tmp_path: Path) -> None:
    path = packing.write(tmp_path / "a.xlsx", packing.parts(ONE))

    def close_after_a_change() -> None:
        with open_workbook(path):
            path.write_bytes(path.read_bytes() + b"x")

    with pytest.raises(Refused) as caught:
        close_after_a_change()
    assert caught.value.problem.code is codes.CHANGED


def test_file_altered_while_a_grid_is_read(tmp_path: Path) -> None:
    path = packing.write(tmp_path / "a.xlsx", packing.parts(ONE))
    with pytest.raises(Refused) as caught, open_workbook(path) as source:  # noqa: PT012
        rows = source.grid("表").rows()
        next(rows)
        os.utime(path, ns=(1, 1))
        list(rows)
    assert caught.value.problem.code is codes.CHANGED


def test_damage_by_a_change_is_told_as_a_change(tmp_path: Path) -> None:
    path = packing.write(tmp_path / "a.xlsx", packing.parts(ONE))
    with pytest.raises(Refused) as caught, open_workbook(path) as source:  # noqa: PT012
        path.write_bytes(b"PK\3\4")
        list(source.grid("表").rows())
    assert caught.value.problem.code is codes.CHANGED


def test_nothing_else_is_hidden_by_closing(tmp_path: Path) -> None:
    path = packing.write(tmp_path / "a.xlsx", packing.parts(ONE))
    with pytest.raises(ZeroDivisionError), open_workbook(path):  # noqa: PT012
        path.write_bytes(b"")
        raise ZeroDivisionError
