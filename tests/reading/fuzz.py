"""Coverage-guided fuzzing of the reader; needs ``pip install atheris``, which is for this alone.

    python -m tests.reading.fuzz FOLDER [-max_total_time=600]

An input is one byte that says which part of a small workbook it stands for (or the whole file), and its content. What ends
in anything but rows or ``Refused`` is written to the folder FOLDER/found; made small, it belongs into ``regress/``, which
``test_regress.py`` reads.
"""

import io
import sys
import tempfile
import zipfile
from pathlib import Path

from . import packing

PARTS = (
    "",
    "xl/worksheets/sheet1.xml",
    "xl/sharedStrings.xml",
    "xl/styles.xml",
    "xl/workbook.xml",
    "xl/_rels/workbook.xml.rels",
    "_rels/.rels",
    "docProps/custom.xml",
)
ROWS = (
    '<row r="1" spans="1:4"><c r="A1" t="s"><v>0</v></c><c r="B1" s="1"><v>45000.5</v></c><c r="C1" t="b"><v>1</v></c></row>'
    '<row r="2" hidden="1"><c r="A2" t="inlineStr"><is><r><t>丙</t></r><rPh><t>x</t></rPh></is></c><c r="B2"><f>1+1</f><v>2</v></c>'
    '<c r="C2" t="e"><v>#N/A</v></c><c r="D2" t="str"><f>A1</f><v>_x0041_</v></c><c r="E2" t="d"><v>2024-01-05</v></c></row>'
)
AFTER = '<autoFilter ref="A1:B2"/><mergeCells><mergeCell ref="A1:B2"/></mergeCells>'


def small() -> packing.Parts:
    """A workbook with a little of everything."""
    sheet = packing.sheet(ROWS, AFTER).replace(
        "<sheetData>", '<cols><col min="1" max="2" hidden="1"/></cols><sheetData>'
    )
    return packing.parts(changes={PARTS[1]: sheet})


def content_of(data: bytes) -> bytes:
    """The file that an input stands for."""
    part = PARTS[data[0] % len(PARTS)] if data else ""
    if not part:
        return data[1:]
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name, content in {**small(), part: data[1:]}.items():
            package.writestr(name, content)
    return buffer.getvalue()


def read_all(path: Path) -> None:
    """Read all that can be asked of a workbook; only ``Refused`` may stop it."""
    from factory_crm.reading.limits import Limits
    from factory_crm.reading.opening import Refused, open_source

    try:
        with open_source(path, Limits(seconds=10)) as source:
            for info in source.sheets:
                grid = source.grid(info.name)
                for row in grid.rows():
                    assert [cell.column for cell in row.cells] == sorted({cell.column for cell in row.cells})
    except Refused as refused:
        assert refused.problem.say("zh")  # noqa: PT017 - no pytest here
        assert refused.problem.say("en")  # noqa: PT017


def main() -> None:
    """Fuzz until told to stop."""
    import atheris

    folder = Path(sys.argv[1])
    for name in ("seeds", "found"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    with atheris.instrument_imports(include=["factory_crm.reading"]):
        import factory_crm.reading.opening  # noqa: F401
    for number, part in enumerate(PARTS):
        first = content_of(b"\1" + str(small()[PARTS[1]]).encode()) if not part else small().get(part, "<a/>")
        seed = first if isinstance(first, bytes) else first.encode()
        (folder / "seeds" / f"{number}").write_bytes(bytes([number]) + seed)
    with tempfile.TemporaryDirectory() as temporary:
        path = Path(temporary, "fuzz.xlsx")

        def one(data: bytes) -> None:
            path.write_bytes(content_of(data))
            read_all(path)

        given = [
            sys.argv[0],
            str(folder / "seeds"),
            f"-artifact_prefix={folder / 'found'}/",
            "-max_len=65536",
            *sys.argv[2:],
        ]
        atheris.Setup(given, one)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
