"""Threats: packages that are damaged, doubled, incomplete, or packed to confuse."""

import io
import struct
import zipfile
from collections.abc import Callable

from factory_crm.problems import codes

from . import packing
from .threats import BOOK, LINKS, ONE, ROOT, SHEET, STRINGS, STYLES, book, patched, threat, zipped

MANY = "".join(f'<row r="{n}"><c r="A{n}"><v>{n * 7919 % 10007}</v></c></row>' for n in range(1, 2000))
FULL = zipped(book(MANY))
STORED = zipped(book(), zipfile.ZIP_STORED)
SMALL = zipped(book())
READS = {"A1": 1.0}

for percent in (1, 10, 25, 50, 75, 90, 99):
    threat(f"cut off at {percent} %", lambda percent=percent: FULL[: len(FULL) * percent // 100], codes.DAMAGED)
threat("cut off by one byte", lambda: FULL[:-1], codes.DAMAGED)
threat("without its beginning", lambda: FULL[200:], codes.OTHER_KIND)
threat("junk before", lambda: b"junk" * 100 + SMALL, codes.OTHER_KIND)
threat("another package before", lambda: zipped({"a.txt": "x"}) + SMALL, READS)
threat("junk after", lambda: SMALL + b"\0" * 1000, READS)
threat("comment after", lambda: SMALL[:-2] + struct.pack("<H", 65535) + b"x" * 65535, READS)


def flipped(content: bytes, part: str, by: int = 0) -> bytes:
    """One bit of a part's packed bytes turned."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        entry = package.getinfo(part)
    at = entry.header_offset + 30 + len(part) + (by or entry.compress_size // 2)
    return content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]


for part in (SHEET, STRINGS, STYLES, BOOK, LINKS, ROOT):
    threat(f"a bit turned in {part}", lambda part=part: flipped(STORED, part), codes.DAMAGED)
threat("a bit turned in what is packed", lambda: flipped(FULL, SHEET), codes.DAMAGED)
threat("a bit turned in the stream's head", lambda: flipped(FULL, SHEET, 1), codes.DAMAGED)
threat("a value changed, its CRC not", lambda: patched(b"<v>1</v>", b"<v>7</v>", STORED), codes.DAMAGED)


def directory(change: Callable[[bytearray, int], None], content: bytes = SMALL, part: str = SHEET) -> bytes:
    """A package whose central directory says something else of a part; ``change`` is given where its record starts."""
    data = bytearray(content)
    at = data.rindex(b"PK\1\2" + b"", 0, data.rindex(part.encode()))
    change(data, at)
    return bytes(data)


def put(form: str, offset: int, value: int) -> Callable[[bytearray, int], None]:
    """A change of one number in the record."""
    return lambda data, at: struct.pack_into(form, data, at + offset, value)


for name, change, comes in (
    ("size said to be less", put("<I", 24, 5), codes.DAMAGED),
    ("size said to be more", put("<I", 24, 1 << 30), READS),
    ("packed size said to be less", put("<I", 20, 5), codes.DAMAGED),
    ("packed size said to be more", put("<I", 20, 1 << 20), READS),
    ("checksum of zeros", put("<I", 16, 0), codes.DAMAGED),
    ("part said to lie elsewhere", put("<I", 42, 3), codes.DAMAGED),
    ("part said to lie behind the end", put("<I", 42, 1 << 30), codes.DAMAGED),
    ("encrypted part", put("<H", 8, 0x01), codes.UNKNOWN_PACKING),
    ("strongly encrypted part", put("<H", 8, 0x41), codes.UNKNOWN_PACKING),
    ("packed with AES", put("<H", 10, 99), codes.UNKNOWN_PACKING),
    ("packed with Deflate64", put("<H", 10, 9), codes.UNKNOWN_PACKING),
    ("packed in an unheard-of way", put("<H", 10, 77), codes.UNKNOWN_PACKING),
    ("made by a zip of the future", put("<H", 6, 99), codes.UNKNOWN_PACKING),
):
    threat(name, lambda change=change: directory(change), comes)
for method, called in ((zipfile.ZIP_BZIP2, "bzip2"), (zipfile.ZIP_LZMA, "lzma")):
    threat(f"packed with {called}", lambda method=method: zipped(book(), method), codes.UNKNOWN_PACKING)
threat("overlapping parts", lambda: overlapping(), codes.DAMAGED)  # noqa: PLW0108 - it stands below
threat("end record with other counts", lambda: patched(b"PK\5\6" + bytes(4), b"PK\5\6\0\0\7\0", SMALL), READS)
threat("no central directory", lambda: SMALL[: SMALL.index(b"PK\1\2")], codes.DAMAGED)
threat("central directory of noise", lambda: SMALL.replace(b"PK\1\2", b"PK\7\7"), codes.DAMAGED)
threat("nothing but an end record", lambda: b"PK\5\6" + bytes(18), codes.OTHER_KIND)
threat(
    "end record far behind", lambda: b"PK\5\6" + struct.pack("<4H2IH", 0, 0, 9, 9, 1 << 31, 1 << 31, 0), codes.DAMAGED
)


def overlapping() -> bytes:
    """Two entries that share the bytes of one, as better zip bombs do."""
    return directory(put("<I", 42, SMALL.index(b"PK\3\4", 4)))


def doubled(name: str) -> bytes:
    """A package with one more part that other programs take for one of the others."""
    buffer = io.BytesIO(zipped(book()))
    with zipfile.ZipFile(buffer, "a") as package:
        package.writestr(name, "<a/>")
    return buffer.getvalue()


for part in (SHEET, STRINGS, STYLES, BOOK, LINKS, ROOT):
    threat(f"twice, in capitals: {part}", lambda part=part: doubled(part.upper()), codes.DUPLICATE_PART)
    threat(
        f"twice, with other slashes: {part}", lambda part=part: doubled(part.replace("/", "\\")), codes.DUPLICATE_PART
    )
threat("twice, from the root", lambda: doubled("/" + SHEET), codes.DUPLICATE_PART)
threat("unused parts that lead out", lambda: {**book(), "../../etc/passwd": "x", "C:\\x": "y", "/abs": "z"}, READS)
threat("names with backslashes", lambda: {name.replace("/", "\\"): content for name, content in book().items()}, READS)
threat("names in capitals", lambda: {name.upper(): content for name, content in book().items()}, READS)
threat("names from the root", lambda: {"/" + name: content for name, content in book().items()}, READS)
threat("folders among the parts", lambda: {"xl/": "", "xl/worksheets/": "", **book()}, READS)
threat("parts in another order", lambda: dict(reversed(book().items())), READS)

for part in (SHEET, STRINGS, STYLES):
    threat(f"missing: {part}", lambda part=part: {k: v for k, v in book().items() if k != part}, codes.MISSING_PART)
threat("missing: the workbook", lambda: {k: v for k, v in book().items() if k != BOOK}, codes.MISSING_PART)
threat("missing: the workbook's relations", lambda: {k: v for k, v in book().items() if k != LINKS}, codes.MISSING_PART)
threat("missing: the package's relations", lambda: {k: v for k, v in book().items() if k != ROOT}, READS)


def leading(target: str, more: str = "") -> dict[str, str | bytes]:
    """A workbook whose sheet is said to lie there."""
    links = packing.relations(
        packing.relation(1, "worksheet", target, more), packing.relation(3, "styles", "styles.xml")
    )
    return {**book(), LINKS: links}


EXTERNAL = 'TargetMode="External"'
for name, made, comes in (
    ("sheet out of the package", lambda: leading("../../../../etc/passwd"), codes.MISSING_PART),
    ("sheet in a file", lambda: leading("file:///etc/passwd"), codes.MISSING_PART),
    ("sheet in an external file", lambda: leading("file:///etc/passwd", EXTERNAL), codes.EXTERNAL_PART),
    ("sheet in the network", lambda: leading("http://127.0.0.1:1/sheet1.xml", EXTERNAL), codes.EXTERNAL_PART),
    ("sheet on a share", lambda: leading("\\\\server\\share\\sheet1.xml", EXTERNAL), codes.EXTERNAL_PART),
    ("sheet by a way about", lambda: leading("../xl/./worksheets/../worksheets/sheet1.xml"), READS),
    ("sheet from the root", lambda: leading("/xl/worksheets/sheet1.xml"), READS),
    ("sheet nowhere", lambda: leading(""), codes.MISSING_PART),
    ("sheet that is the workbook", lambda: leading("workbook.xml"), codes.BAD_XML),
    (
        "two relations of one name",
        lambda: {**book(), LINKS: packing.relations(*[packing.relation(1, "worksheet", "worksheets/sheet1.xml")] * 2)},
        codes.BAD_XML,
    ),
    (
        "strings elsewhere",
        lambda: {
            **book(),
            LINKS: packing.relations(
                packing.relation(1, "worksheet", "worksheets/sheet1.xml"),
                packing.relation(2, "sharedStrings", "http://x/y", EXTERNAL),
            ),
        },
        codes.EXTERNAL_PART,
    ),
):
    threat(name, made, comes)
threat("stored, not packed", lambda: STORED, READS)
threat("packed in pieces", lambda: zipped(book(ONE + " " * 100_000)), READS)
