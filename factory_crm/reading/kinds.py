"""What a file really is, told from its content and never from its extension."""

import re
from collections.abc import Collection

from ..words import Word

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = (b"PK\3\4", b"PK\5\6")
ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16le")

_MARKS: tuple[tuple[bytes, Word], ...] = (
    (b"%PDF-", Word("PDF 文件")),
    (b"\x89PNG\r\n", Word("图片")),
    (b"\xff\xd8\xff", Word("图片")),
    (b"GIF8", Word("图片")),
    (b"BM", Word("图片")),
    (b"II*\0", Word("图片")),
    (b"MM\0*", Word("图片")),
    (b"RIFF", Word("图片")),
    (b"Rar!", Word("压缩包")),
    (b"7z\xbc\xaf", Word("压缩包")),
    (b"\x1f\x8b", Word("压缩包")),
    (b"{\\rtf", Word("Word 文档")),
)
_STREAMS: tuple[tuple[str, Word], ...] = (
    ("WordDocument", Word("Word 文档")),
    ("PowerPoint Document", Word("PowerPoint 演示文稿")),
    ("Workbook", Word("旧版 Excel 97-2003 工作簿 (.xls)")),
    ("Book", Word("旧版 Excel 97-2003 工作簿 (.xls)")),
)
_HTML = re.compile(rb"<(?:!doctype html|html|head|body|table|meta|div|style|script)\b|^mime-version:", re.IGNORECASE)
_BIFF_START = re.compile(rb"\x09[\x00\x02\x04\x08][\x04\x06\x08\x10]\x00")
_UTF16_MARKS = {b"\xff\xfe": "utf-16le", b"\xfe\xff": "utf-16be"}


def is_lock(name: str) -> bool:
    """Return whether a file of that name is what Excel, WPS or LibreOffice leave beside a workbook they hold open."""
    return name.startswith(("~$", ".~"))


def is_zip(head: bytes) -> bool:
    """Return whether a file that begins so is a zip package."""
    return head.startswith(ZIP)


def kind_of_ole(content: bytes) -> Word:
    """Return what an OLE container is, from the names of its streams."""
    for stream, kind in _STREAMS:
        if f"{stream}\0".encode("utf-16le") in content:
            return kind
    return Word("旧版 Office 文件")


def kind_of_head(head: bytes) -> Word:
    """Return what a file is that is neither a zip package nor an OLE container, from its first bytes."""
    for mark, kind in _MARKS:
        if head.startswith(mark):
            return kind
    if _BIFF_START.match(head):
        return Word("旧版 Excel 97-2003 工作簿 (.xls)")
    encoding = _UTF16_MARKS.get(head[:2])
    if encoding:
        head = head[2:].decode(encoding, "replace").encode()
    return _kind_of_text(head.removeprefix(b"\xef\xbb\xbf").lstrip())


def _kind_of_text(head: bytes) -> Word:
    if head.startswith(b"<?xml") and b"schemas-microsoft-com:office:spreadsheet" in head:
        return Word("XML 电子表格 2003")
    if b"opendocument.spreadsheet" in head and head.startswith(b"<?xml"):
        return Word("OpenDocument 表格 (.ods)")
    if _HTML.search(head[:1024]):
        return Word("网页 (HTML)")
    if head.startswith(b"<?xml"):
        return Word("XML 文件")
    return Word("无法识别的内容") if b"\0" in head or not head else Word("文本或 CSV 文件")


def kind_of_package(names: Collection[str]) -> Word:
    """Return what a zip package without a workbook of ours is, from the (lower case) names of its parts."""
    if "xl/workbook.bin" in names:
        return Word("Excel 二进制工作簿 (.xlsb)")
    if "content.xml" in names and "meta-inf/manifest.xml" in names:
        return Word("OpenDocument 表格 (.ods)")
    if any(name.startswith("word/") for name in names):
        return Word("Word 文档")
    if any(name.startswith("ppt/") for name in names):
        return Word("PowerPoint 演示文稿")
    if any(name.endswith(".iwa") for name in names):
        return Word("Apple Numbers 表格")
    return Word("压缩包")
