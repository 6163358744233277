"""Threats: XML that is not what it should be, and bombs of every kind."""

import io
import zipfile
from collections.abc import Iterable

from factory_crm.problems import codes

from . import packing
from .threats import BOOK, LINKS, ONE, ROOT, SHEET, STRINGS, STYLES, Content, bomb, book, threat, zipped

MAIN = packing.MAIN
SHEET_HEAD = f'<worksheet xmlns="{MAIN}"><sheetData>'.encode()
STRINGS_HEAD = f'<sst xmlns="{MAIN}">'.encode()
MIB = 1 << 20
LAUGHS = "<!DOCTYPE a [" + '<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {chr(b + 1)} "{f"&{chr(b)};" * 10}">' for b in range(ord("a"), ord("k"))) + "]>"  # fmt: skip
TEXT = '<row r="1"><c r="A1" t="inlineStr"><is><t>{}</t></is></c></row>'
READS = {"A1": 1.0}


def sheet(text: str, encoding: str = "utf-8", head: str = "") -> Content:
    """A workbook with these bytes of a sheet."""
    return book(SHEET=(head + packing.sheet(text)).encode(encoding))


for part in (SHEET, STRINGS, STYLES, BOOK, LINKS, ROOT):
    whole = str(book()[part])
    threat(
        f"document type in {part}",
        lambda part=part, whole=whole: {**book(), part: "<!DOCTYPE a>" + whole},
        codes.FORBIDDEN_XML,
    )
    threat(f"nothing in {part}", lambda part=part: {**book(), part: b""}, codes.BAD_XML)
    threat(f"half of {part}", lambda part=part, whole=whole: {**book(), part: whole[: len(whole) // 2]}, codes.BAD_XML)
    threat(f"noise in {part}", lambda part=part: {**book(), part: bytes(range(1, 255)) * 9}, codes.BAD_XML)
for name, head in {
    "billion laughs": LAUGHS,
    "quadratic blowup": f'<!DOCTYPE a [<!ENTITY k "{"x" * 100_000}">]>',
    "file by an entity": '<!DOCTYPE a [<!ENTITY k SYSTEM "file:///etc/passwd">]>',
    "web page by an entity": '<!DOCTYPE a [<!ENTITY k SYSTEM "http://127.0.0.1:1/">]>',
    "document type elsewhere": '<!DOCTYPE a SYSTEM "http://127.0.0.1:1/a.dtd">',
    "parameter entity": '<!DOCTYPE a [<!ENTITY % p SYSTEM "file:///etc/passwd">%p;]>',
    "document type after a comment": "<!-- x --><?x y?> <!DOCTYPE a>",
    "attribute defaults": '<!DOCTYPE a [<!ATTLIST c r CDATA "A1">]>',
}.items():
    threat(name, lambda head=head: sheet(TEXT.format("&k;" * 1000), head=head), codes.FORBIDDEN_XML)
threat("document type far behind", lambda: sheet(ONE, head=f"<!--{'x' * 100_000}--><!DOCTYPE a>"), codes.FORBIDDEN_XML)
threat(
    "document type in UTF-16",
    lambda: sheet(ONE, "utf-16", '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE a>'),
    codes.FORBIDDEN_XML,
)
for name, text in {
    "unknown entity": "&nbsp;",
    "control character": "a\x0bb",
    "nothing as a reference": "&#0;",
    "half a character as a reference": "&#xD800;",
    "no character as a reference": "&#xFFFF;",
    "end of a tag left out": "<t",
    "tag that was never begun": "</x>",
    "attribute twice": '<a b="1" b="2"/>',
    "prefix nobody declared": "<x:y/>",
    "end of unparsed text": "]]>",
}.items():
    threat(f"xml: {name}", lambda text=text: sheet(TEXT.format(text)), codes.BAD_XML)
threat(
    "xml: broken UTF-8",
    lambda: book(SHEET=packing.sheet(TEXT.format("甲")).encode().replace("甲".encode(), b"\xe7\x94")),
    codes.BAD_XML,
)
threat("xml: longer than it should be", lambda: book(SHEET=packing.sheet(ONE) + "<a/>"), codes.BAD_XML)
threat("xml: empty part with a head", lambda: book(SHEET='<?xml version="1.0"?>'), codes.BAD_XML)
for name, root in (("html", "html"), ("another root", "workbook")):
    threat(f"xml: {name} for a sheet", lambda root=root: book(SHEET=f'<{root} xmlns="{MAIN}"/>'), codes.BAD_XML)
threat("xml: no namespace", lambda: book(SHEET="<worksheet><sheetData/></worksheet>"), codes.BAD_XML)
threat("xml: namespace of somebody else", lambda: book(SHEET='<worksheet xmlns="urn:x"/>'), codes.BAD_XML)
for encoding, declared in (
    ("utf-16", "utf-16"),
    ("utf-16-be", "utf-16be"),
    ("utf-8-sig", "utf-8"),
    ("latin-1", "iso-8859-1"),
    ("ascii", "us-ascii"),
):
    letter = "" if declared == "us-ascii" else "é"
    threat(f"encoded in {encoding}", lambda encoding=encoding, declared=declared, letter=letter: sheet(
        TEXT.format("x" + letter), encoding, ("\ufeff" if encoding == "utf-16-be" else "") + f'<?xml version="1.0" encoding="{declared}"?>'), {"A1": "x" + letter})  # fmt: skip
threat("encoded in GBK", lambda: sheet(TEXT.format("甲"), "gbk", '<?xml version="1.0" encoding="GBK"?>'), codes.BAD_XML)
threat("encoded in GBK, not declared", lambda: sheet(TEXT.format("甲"), "gbk"), codes.BAD_XML)
threat("encoding nobody knows", lambda: sheet(ONE, head='<?xml version="1.0" encoding="x-none"?>'), codes.BAD_XML)
threat("encoding that is not met", lambda: sheet(ONE, head='<?xml version="1.0" encoding="utf-16"?>'), codes.BAD_XML)
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
threat("strict", lambda: {n: str(c).replace(MAIN, STRICT) for n, c in book().items()}, READS)
threat("strict sheet in a transitional book", lambda: book(SHEET=packing.sheet(ONE).replace(MAIN, STRICT)), READS)
threat(
    "prefixes everywhere",
    lambda: book(
        SHEET=f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row r="1"><x:c r="A1"><x:v>1</x:v></x:c></x:row></x:sheetData></x:worksheet>'
    ),
    READS,
)
threat("printed with blanks", lambda: book(SHEET=packing.sheet(ONE).replace("><", ">\n  <")), READS)
threat(
    "alternate content",
    lambda: sheet('<mc:AlternateContent xmlns:mc="urn:mc"><mc:Choice/></mc:AlternateContent>' + ONE),
    READS,
)


def packed(part: str, pieces: Iterable[bytes], others: Content | None = None) -> bytes:
    """A workbook with a part too long to be held; the pieces are packed one by one."""
    buffer = io.BytesIO(zipped(others or {n: c for n, c in book().items() if n != part}))  # type: ignore[arg-type]
    with (
        zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as package,
        package.open(part, "w") as file,
    ):
        for piece in pieces:
            file.write(piece)
    return buffer.getvalue()


def sheet_of(*pieces: bytes, times: int, end: bytes = b"") -> bytes:
    """A sheet whose last piece comes so many times."""
    *before, last = pieces
    return packed(SHEET, [SHEET_HEAD, *before, *repeated(last, times), end])


def strings_of(*pieces: bytes, times: int) -> bytes:
    """Shared strings whose last piece comes so many times."""
    *before, last = pieces
    return packed(STRINGS, [STRINGS_HEAD, *before, *repeated(last, times)])


def repeated(piece: bytes, times: int) -> list[bytes]:
    """A piece so many times, in pieces of about a megabyte."""
    many = min(times, max(1, MIB // len(piece)))
    return [piece * many] * (times // many)


def numbered(form: str, times: int) -> Iterable[bytes]:
    """Pieces that all differ."""
    for start in range(0, times, 10_000):
        yield "".join(form.format(n) for n in range(start, start + 10_000)).encode()


CELL = b'<row r="1"><c r="A1"><v>'
BOMBS = {
    "blanks in a value": lambda: sheet_of(CELL, b" ", times=1 << 30),
    "blanks between rows": lambda: sheet_of(b" ", times=1 << 30),
    "one long text": lambda: sheet_of(b'<row r="1"><c r="A1" t="inlineStr"><is><t>', b"x", times=1 << 30),
    "many runs in a text": lambda: sheet_of(b'<row r="1"><c r="A1" t="inlineStr"><is>', b"<r><t>x</t></r>", times=20_000_000),
    "one long string": lambda: strings_of(b"<si><t>", b"x", times=1 << 30),
    "long strings": lambda: strings_of(b"<si><t>" + b"x" * 500_000 + b"</t></si>", times=1000),
    "long strings in Chinese": lambda: strings_of(b"<si><t>" + "\u7532".encode() * 300_000 + b"</t></si>", times=300),
    "many strings": lambda: strings_of(b"<si><t>x</t></si>", times=20_000_000),
    "many empty strings": lambda: strings_of(b"<si/>", times=20_000_000),
    "many runs in a string": lambda: strings_of(b"<si>", b"<r><t>x</t></r>", times=20_000_000),
    "a row without end": lambda: sheet_of(b'<row r="1">', b"<c/>", times=50_000_000),
    "a row of values without end": lambda: sheet_of(b'<row r="1">', b"<c><v>1</v></c>", times=20_000_000),
    "depth": lambda: sheet_of(b"<a>", times=200_000),
    "depth in strings": lambda: strings_of(b"<si>", b"<a>", times=200_000),
    "depth in a cell": lambda: sheet_of(b'<row r="1"><c r="A1">', b"<a>", times=200_000),
    "attributes": lambda: packed(SHEET, [SHEET_HEAD[:-1], *numbered(' a{}="1"', 300_000), b"/>"]),
    "namespaces": lambda: packed(SHEET, [SHEET_HEAD[:-1], *numbered(' xmlns:a{0}="urn:{0}"', 200_000), b"/>"]),
    "names": lambda: packed(SHEET, [SHEET_HEAD, *numbered("<a{}/>", 2_000_000)]),
    "names of attributes": lambda: packed(SHEET, [SHEET_HEAD, *numbered('<a b{}="1"/>', 2_000_000)]),
    "names in strings": lambda: packed(STRINGS, [STRINGS_HEAD, *numbered("<si><a{}/></si>", 2_000_000)]),
    "names in styles": lambda: packed(STYLES, [f'<styleSheet xmlns="{MAIN}">'.encode(), *numbered("<a{}/>", 2_000_000)]),
    "a long tag": lambda: sheet_of(b'<row r="', b"1", times=1 << 28),
    "a long comment": lambda: sheet_of(b"<!--", b">", times=1 << 28),
    "a long instruction": lambda: sheet_of(b"<?x ", b">", times=1 << 28),
    "long unparsed text": lambda: sheet_of(CELL + b"<![CDATA[", b">", times=1 << 28),
    "merged ranges": lambda: packed(SHEET, [SHEET_HEAD, b"</sheetData><mergeCells>", *[b'<mergeCell ref="A1:B2"/>' * 50_000] * 40]),
    "hidden columns": lambda: packed(SHEET, [SHEET_HEAD[:-11], b"<cols>", *[b'<col min="1" max="2" hidden="1"/>' * 50_000] * 300]),
    "formats": lambda: packed(STYLES, [f'<styleSheet xmlns="{MAIN}"><cellXfs>'.encode(), *[b'<xf numFmtId="1"/>' * 50_000] * 300]),
    "sheets in the book": lambda: packed(BOOK, [f'<workbook xmlns="{MAIN}"><sheets>'.encode(), *numbered('<sheet name="{}"/>', 2_000_000)]),
    "names in the book": lambda: packed(BOOK, [f'<workbook xmlns="{MAIN}"><definedNames>'.encode(), *numbered('<definedName name="a{}">1</definedName>', 2_000_000)]),
    "relations": lambda: packed(LINKS, [f'<Relationships xmlns="{packing.PACKAGE}">'.encode(), *numbered('<Relationship Id="a{}"/>', 2_000_000)]),
}  # fmt: skip
for name, made in BOMBS.items():
    bomb(f"bomb: {name}", made, codes.TOO_LARGE)
ROW = b'<row><c s="1"/><c/></row>'
threat(
    "bomb: cells in rows",
    lambda: sheet_of(b"<row>" + b"<c><v>1</v></c>" * 20 + b"</row>", times=1_000_000),
    codes.TOO_LARGE,
    slow=True,
)
threat("bomb: more rows than there can be", lambda: sheet_of(ROW, times=2_000_000), codes.BAD_XML, slow=True)
threat(
    "bomb: blank cells in rows",
    lambda: sheet_of(b"<row>" + b"<c/>" * 20 + b"</row>", times=700_000),
    codes.TOO_LARGE,
    slow=True,
)
threat("bomb: entries", lambda: zipped({**book(), **{f"x/{n}": "" for n in range(50_000)}}), codes.TOO_LARGE, slow=True)
threat("bomb: an unused part", lambda: packed("xl/media/image1.png", [bytes(MIB)] * 1024, book()), READS, slow=True)
threat("bomb: a property", lambda: packed("docProps/custom.xml", [b"<a>", *[b"x" * MIB] * 300], {**book(), ROOT: packing.relations(
    packing.relation(1, "officeDocument", "xl/workbook.xml"), packing.relation(2, "custom-properties", "docProps/custom.xml"))}), READS, slow=True)  # fmt: skip
threat("bomb: blank rows", lambda: sheet_of(ROW, times=1_000_000, end=b"</sheetData></worksheet>"), {}, slow=True)
threat("bomb: a number format", lambda: book(STYLES=packing.styles("[" * 200_000)), READS)
threat("bomb: brackets that open and close", lambda: book(STYLES=packing.styles("[h" * 100_000 + "]")), READS)
