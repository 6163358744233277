"""Threats: files that are something else than they are called."""

import struct
from collections.abc import Iterable

from factory_crm.problems import codes

from .threats import LINKS, ROOT, book, threat, zipped

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
TABLE = "客户编号,客户名称\r\nC001,广州某厂\r\n"  # zh only


def container(*streams: str) -> bytes:
    """An OLE container, as far as a look at the names of its streams goes."""
    return OLE + bytes(504) + b"".join(f"{name}\0".encode("utf-16le").ljust(128, b"\0") for name in streams)


def cfb(streams: Iterable[str]) -> bytes:
    """The same with a header that promises sectors which are not there."""
    return OLE + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(478) + container(*streams)


def nested() -> bytes:
    """A workbook zipped once more."""
    return zipped({"订单.xlsx": zipped(book())})


OTHERS: dict[str, bytes] = {
    "csv in GBK": TABLE.encode("gbk"),
    "csv in UTF-8": TABLE.encode(),
    "csv with a byte order mark": TABLE.encode("utf-8-sig"),
    "csv in UTF-16": TABLE.encode("utf-16"),
    "tabs": TABLE.replace(",", "\t").encode(),
    "json": b'{"rows": [[1, 2]]}',
    "script": b"#!/bin/sh\nrm -rf /\n",
    "program": b"\x7fELF\2\1\1" + bytes(200),
    "windows program": b"MZ\x90\0" + bytes(200),
    "zeros": bytes(4096),
    "one byte": b"P",
    "half a signature": b"PK",
    "noise": bytes(range(256)) * 16,
    "html table": b"<html><body><table><tr><td>1</td></tr></table></body></html>",
    "html without a root": b"  \r\n<TABLE border=1><tr><td>1</td></tr></TABLE>",
    "html of Excel": b'<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head></head></html>',
    "mht": b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n",
    "xml spreadsheet 2003": b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
    "some xml": b'<?xml version="1.0"?><a/>',
    "flat ods": b'<?xml version="1.0"?><office:document office:mimetype="application/vnd.oasis.opendocument.spreadsheet"/>',
    "pdf": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
    "png": b"\x89PNG\r\n\x1a\n" + bytes(100),
    "jpeg": b"\xff\xd8\xff\xe0" + bytes(100),
    "gif": b"GIF89a" + bytes(100),
    "rar": b"Rar!\x1a\x07\x01\0" + bytes(100),
    "7z": b"7z\xbc\xaf\x27\x1c" + bytes(100),
    "gzip": b"\x1f\x8b\x08\0" + bytes(100),
    "rtf": rb"{\rtf1\ansi }",
    "xls of BIFF 8 alone": b"\x09\x08\x10\x00\x00\x06\x05\x00" + bytes(100),
    "xls of BIFF 2": b"\x09\x00\x04\x00\x02\x00\x10\x00" + bytes(100),
    "xls": container("Root Entry", "Workbook"),
    "xls of Excel 5": container("Root Entry", "Book"),
    "et": container("Root Entry", "Workbook", "ETExtData"),
    "doc": container("Root Entry", "WordDocument"),
    "ppt": container("Root Entry", "PowerPoint Document"),
    "message": container("Root Entry", "__properties_version1.0"),
    "container without streams": OLE + bytes(24),
    "container that promises much": cfb(["Workbook"]),
    "docx": zipped({"word/document.xml": "<a/>", "[Content_Types].xml": "<a/>"}),
    "pptx": zipped({"ppt/presentation.xml": "<a/>"}),
    "ods": zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<a/>",
                   "META-INF/manifest.xml": "<a/>"}),
    "numbers": zipped({"Index/Document.iwa": b"x"}),
    "xlsb": zipped({"xl/workbook.bin": b"x", "xl/worksheets/sheet1.bin": b"x"}),
    "xlsb by its relation": zipped(book(ROOT=book()[ROOT].replace("workbook.xml", "workbook.bin"), BOOK=None)),  # type: ignore[arg-type,union-attr]
    "workbook in a zip": nested(),
    "zip of nothing": zipped({}),
    "zip of other things": zipped({"a.txt": "x", "b/c.txt": "y"}),
}  # fmt: skip
for name, content in OTHERS.items():
    threat(name, lambda content=content: content, codes.OTHER_KIND)

threat("encrypted", lambda: container("EncryptionInfo", "EncryptedPackage"), codes.ENCRYPTED)
threat("encrypted, with a broken container", lambda: cfb(["EncryptedPackage"]), codes.ENCRYPTED)
threat("nothing at all", lambda: b"", codes.EMPTY_FILE)
for name in ("~$订单.xlsx", ".~订单.xlsx", ".~lock.订单.xlsx#"):
    threat(f"lock file {name}", lambda: b"\x05Zhang" + bytes(159), codes.LOCK_FILE, file=name)
for name in (
    "=cmd|'calc'!A0.xlsx",
    "-rf.xlsx",
    "a\nb.xlsx",
    "\u202exslx.exe",
    "  .xlsx",
    "文件.docx",
    "x" * 200 + ".xlsx",
):
    threat(f"file called {name!r}", book, {"A1": 1.0}, file=name)


def with_macros() -> dict[str, str | bytes]:
    """Macros are data nobody looks at."""
    return {**book(), "xl/vbaProject.bin": container("VBA")}


threat("macros", with_macros, {"A1": 1.0})
threat("macros that are broken", lambda: {**book(), "xl/vbaProject.bin": b"\0" * 9}, {"A1": 1.0})
LINK = '<Relationship Id="rId9" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}" Target="{}"{}/>'


def linked(kind: str, target: str, more: str = "") -> dict[str, str | bytes]:
    """A workbook with one more relationship."""
    whole = dict(book())
    whole[LINKS] = str(whole[LINKS]).replace("</Relationships>", LINK.format(kind, target, more) + "</Relationships>")
    return whole


threat("external link", lambda: linked("externalLink", "externalLinks/externalLink1.xml"), {"A1": 1.0})
threat(
    "link into the network", lambda: linked("hyperlink", "http://127.0.0.1:1/x", ' TargetMode="External"'), {"A1": 1.0}
)
threat("connection to a database", lambda: linked("connections", "connections.xml"), {"A1": 1.0})
threat("custom UI", lambda: linked("ui/extensibility", "../customUI.xml"), {"A1": 1.0})
