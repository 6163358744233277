"""What a file really is, told from its content and never from its extension."""

import re
from collections.abc import Collection

from ..i18n.translate import LazyText

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = (b"PK\3\4", b"PK\5\6")
ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16le")

_MARKS: tuple[tuple[bytes, LazyText], ...] = (
    (b"%PDF-", LazyText("PDF 文件")),
    (b"\x89PNG\r\n", LazyText("图片")),
    (b"\xff\xd8\xff", LazyText("图片")),
    (b"GIF8", LazyText("图片")),
    (b"BM", LazyText("图片")),
    (b"II*\0", LazyText("图片")),
    (b"MM\0*", LazyText("图片")),
    (b"RIFF", LazyText("图片")),
    (b"Rar!", LazyText("压缩包")),
    (b"7z\xbc\xaf", LazyText("压缩包")),
    (b"\x1f\x8b", LazyText("压缩包")),
    (b"{\\rtf", LazyText("Word 文档")),
)
_STREAMS: tuple[tuple[str, LazyText], ...] = (
    ("WordDocument", LazyText("Word 文档")),
    ("PowerPoint Document", LazyText("PowerPoint 演示文稿")),
    ("Workbook", LazyText("旧版 Excel 97-2003 工作簿 (.xls)")),
    ("Book", LazyText("旧版 Excel 97-2003 工作簿 (.xls)")),
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


def kind_of_ole(content: bytes) -> LazyText:
    """Return what an OLE container is, from the names of its streams."""
    for stream, kind in _STREAMS:
        if f"{stream}\0".encode("utf-16le") in content:
            return kind
    return LazyText("旧版 Office 文件")


def kind_of_head(head: bytes) -> LazyText:
    """Return what a file is that is neither a zip package nor an OLE container, from its first bytes."""
    for mark, kind in _MARKS:
        if head.startswith(mark):
            return kind
    if _BIFF_START.match(head):
        return LazyText("旧版 Excel 97-2003 工作簿 (.xls)")
    encoding = _UTF16_MARKS.get(head[:2])
    if encoding:
        head = head[2:].decode(encoding, "replace").encode()
    return _kind_of_text(head.removeprefix(b"\xef\xbb\xbf").lstrip())


def _kind_of_text(head: bytes) -> LazyText:
    if head.startswith(b"<?xml") and b"schemas-microsoft-com:office:spreadsheet" in head:
        return LazyText("XML 电子表格 2003")
    if b"opendocument.spreadsheet" in head and head.startswith(b"<?xml"):
        return LazyText("OpenDocument 表格 (.ods)")
    if _HTML.search(head[:1024]):
        return LazyText("网页 (HTML)")
    if head.startswith(b"<?xml"):
        return LazyText("XML 文件")
    return LazyText("无法识别的内容") if b"\0" in head or not head else LazyText("文本或 CSV 文件")


def kind_of_package(names: Collection[str]) -> LazyText:
    """Return what a zip package without a workbook of ours is, from the (lower case) names of its parts."""
    if "xl/workbook.bin" in names:
        return LazyText("Excel 二进制工作簿 (.xlsb)")
    if "content.xml" in names and "meta-inf/manifest.xml" in names:
        return LazyText("OpenDocument 表格 (.ods)")
    if any(name.startswith("word/") for name in names):
        return LazyText("Word 文档")
    if any(name.startswith("ppt/") for name in names):
        return LazyText("PowerPoint 演示文稿")
    if any(name.endswith(".iwa") for name in names):
        return LazyText("Apple Numbers 表格")
    return LazyText("压缩包")
