"""Coverage-guided fuzzing of the reader; needs ``pip install atheris``, which is for this alone.

    python -m tests.reading.fuzz FOLDER [-max_total_time=600]

An input is one byte that says which part of a small workbook it stands for (or the whole file), and its content. What ends
in anything but rows or ``Refused`` is written to the folder FOLDER/found; made small, it belongs into ``regress/``, which
``test_regressions.py`` reads.
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


RICH: packing.Parts = {
    PARTS[1]: packing.sheet(ROWS, AFTER).replace(
        "<sheetData>", '<cols><col min="1" max="2" hidden="1"/></cols><sheetData>'
    ),
    PARTS[2]: packing.shared(
        "<t>甲</t>", '<r><rPr><b/></rPr><t xml:space="preserve"> _x0041_</t></r><rPh><t>x</t></rPh>', "<t/>"
    ),
    PARTS[3]: packing.styles(14, 20, "&quot;y&quot;[h]:mm", "[$-804]yyyy\\m"),
    PARTS[4]: packing.workbook(
        before='<workbookPr date1904="1"/>', after="<definedNames><definedName name='a'>1</definedName></definedNames>"
    ),
    PARTS[5]: str(packing.parts()[PARTS[5]]),
    PARTS[6]: str(packing.parts()[PARTS[6]]),
    PARTS[7]: '<Properties><property name="a"><b>1</b></property></Properties>',
}
"""What a part holds that is fuzzed: a little of everything. Beside it stand plain ones, or nothing would tell seeds apart."""
PLAIN: packing.Parts = {
    **packing.parts('<row r="1"><c r="A1" t="s"><v>1</v></c><c r="B1" s="1"><v>7</v></c></row>'),
    PARTS[6]: packing.relations(
        packing.relation(1, "officeDocument", "xl/workbook.xml"), packing.relation(2, "custom-properties", PARTS[7])
    ),
}
WORDS = ("<row", "<c", "<v>", "</v>", "</c>", "</row>", "<f/>", "<is>", "<t>", "<!--", "-->", "<![CDATA[", "]]>", "&#", "<?x", "?>",
         ' r=\\"', ' t=\\"s\\"', ' s=\\"', "1048576", "XFD1", "inlineStr", "_x0041_", "<!DOCTYPE", "xmlns", "hidden", "external")  # fmt: skip


def content_of(data: bytes) -> bytes:
    """The file that an input stands for."""
    part = PARTS[data[0] % len(PARTS)] if data else ""
    if not part:
        return data[1:]
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name, content in {**PLAIN, part: data[1:]}.items():
            package.writestr(name, content)
    return buffer.getvalue()


def read_all(path: Path) -> None:
    """Read all that can be asked of a workbook; only ``Refused`` may stop it."""
    from factory_crm.reading.guard import Refused
    from factory_crm.reading.limits import ReaderLimits
    from factory_crm.reading.opening import open_workbook

    try:
        with open_workbook(path, ReaderLimits(seconds=10)) as source:
            for info in source.sheets:
                grid = source.grid(info.name)
                for row in grid.rows():
                    assert [cell.column for cell in row.cells] == sorted({cell.column for cell in row.cells})
    except Refused as refused:
        refused.problem.message("zh")  # it would raise where the message asks for a fact it was not given
        refused.problem.message("en")


def main() -> None:
    """Fuzz until told to stop."""
    import atheris

    folder = Path(sys.argv[1])
    for name in ("seeds", "found"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    with atheris.instrument_imports(include=["factory_crm.reading"]):
        import factory_crm.reading.formats.xlsx.source  # noqa: F401
    for number, part in enumerate(PARTS):
        seed = str(RICH[part]).encode() if part else content_of(b"\1" + str(RICH[PARTS[1]]).encode())
        (folder / "seeds" / f"{number}").write_bytes(bytes([number]) + seed)
    (folder / "words").write_text("".join(f'"{word}"\n' for word in WORDS), "utf-8")
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
            "-len_control=0",
            f"-dict={folder / 'words'}",
            *sys.argv[2:],
        ]
        atheris.Setup(given, one)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
