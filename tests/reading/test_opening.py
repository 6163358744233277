"""What a workbook says of itself, and parts that are spelt oddly but are right."""

import hashlib
from datetime import UTC, datetime
from pathlib import Path

import pytest

from factory_crm.reading.grid import SheetInfo
from factory_crm.reading.opening import open_workbook

from . import packing

PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
ROOT = packing.relations(
    packing.relation(1, "officeDocument", "xl/workbook.xml"),
    packing.relation(2, "custom-properties", "docProps/custom.xml"),
    packing.relation(3, "extended-properties", "docProps/app.xml"),
    f'<Relationship Id="rId4" Type="{packing.PACKAGE}/metadata/core-properties" Target="docProps/core.xml"/>',
)
CUSTOM = (f'<Properties xmlns="{PROPERTIES}" xmlns:vt="urn:vt"><property name="版本" pid="2"><vt:lpwstr>1.0</vt:lpwstr></property>'
          '<property name="空"/></Properties>')  # fmt: skip
CORE = '<c xmlns:d="http://purl.org/dc/terms/"><d:modified>2024-01-05T10:00:00+08:00</d:modified></c>'
APP = "<Properties><Application>WPS 表格</Application></Properties>"
STATED: packing.Parts = {
    "_rels/.rels": ROOT,
    "docProps/custom.xml": CUSTOM,
    "docProps/core.xml": CORE,
    "docProps/app.xml": APP,
}


def test_what_a_source_says(tmp_path: Path) -> None:
    book = packing.workbook(
        '<sheet name="甲" r:id="rId1"/><sheet name="乙" state="veryHidden" r:id="rId1"/><sheet name="图" state="hidden" r:id="rId4"/>',
        after='<definedNames><definedName name="税率">表!$A$1</definedName><definedName name="局部" localSheetId="0">1</definedName></definedNames>',
    )
    related = packing.relations(
        packing.relation(1, "worksheet", "worksheets/sheet1.xml"), packing.relation(4, "chartsheet", "c.xml")
    )
    changes = {"xl/workbook.xml": book, "xl/_rels/workbook.xml.rels": related, "xl/c.xml": "<chartsheet/>"}
    path = packing.write(
        tmp_path / "随便.txt", packing.parts('<row r="1"><c r="A1"><v>1</v></c></row>', {**changes, **STATED})
    )
    with open_workbook(path) as source:
        assert source.path == str(path)
        assert source.size == path.stat().st_size
        assert source.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
        assert source.sheets == (SheetInfo("甲", "visible"), SheetInfo("乙", "veryHidden"), SheetInfo("图", "hidden"))
        assert source.names == {"税率": "表!$A$1"}
        assert source.properties == {"版本": "1.0", "空": ""}
        assert source.modified == datetime(2024, 1, 5, 2, tzinfo=UTC)
        assert source.application == "WPS 表格"
        assert not source.macros
        assert (source.grid("乙").name, source.grid("乙").state) == ("乙", "veryHidden")
        assert len(list(source.grid("乙").rows())) == 1
        assert list(source.grid("图").rows()) == []
        with pytest.raises(KeyError):
            source.grid("没有")


@pytest.mark.parametrize(
    "bad",
    [
        None,
        "",
        "<x",
        "<!DOCTYPE x><x/>",
        "<x><modified>昨天</modified></x>",
        "<x>" * 100,
        "<x>" + " " * (2 << 20) + "</x>",
    ],
)
def test_bad_properties_refuse_nothing(tmp_path: Path, bad: str | None) -> None:
    changes = {**STATED, "docProps/custom.xml": bad, "docProps/core.xml": bad, "docProps/app.xml": bad}
    with open_workbook(packing.write(tmp_path / "a.xlsx", packing.parts(changes=changes))) as source:
        assert (source.properties, source.modified, source.application) == ({}, None, "")


def test_macros_are_seen(tmp_path: Path) -> None:
    with open_workbook(
        packing.write(tmp_path / "a.xlsx", packing.parts(changes={"xl/vbaProject.bin": b"x"}))
    ) as source:
        assert source.macros


@pytest.mark.parametrize("spell", [str.upper, lambda name: name.replace("/", "\\"), lambda name: f"/{name}"])
def test_part_names_in_another_spelling(tmp_path: Path, spell: object) -> None:
    assert callable(spell)
    content = {
        spell(name): part for name, part in packing.parts('<row r="1"><c r="A1" t="s"><v>0</v></c></row>').items()
    }
    with open_workbook(packing.write(tmp_path / "a.xlsx", content)) as source:
        assert [row.cells[0].value for row in source.grid("表").rows()] == ["甲"]


def test_targets_may_be_absolute(tmp_path: Path) -> None:
    related = packing.relations(packing.relation(1, "worksheet", "/xl/worksheets/../worksheets/sheet1.xml"))
    content = packing.parts('<row r="1"><c r="A1"><v>1</v></c></row>', {"xl/_rels/workbook.xml.rels": related})
    with open_workbook(packing.write(tmp_path / "a.xlsx", content)) as source:
        assert len(list(source.grid("表").rows())) == 1


def test_unused_parts_are_never_read(tmp_path: Path) -> None:
    content = packing.parts(
        changes={"xl/drawings/x.xml": "<!DOCTYPE x>", "[Content_Types].xml": "<", "../../etc/passwd": b"x"}
    )
    with open_workbook(packing.write(tmp_path / "a.xlsx", content)) as source:
        assert list(source.grid("表").rows()) == []


def test_junk_after_the_package_is_no_harm(tmp_path: Path) -> None:
    path = packing.write(tmp_path / "a.xlsx", packing.parts())
    path.write_bytes(path.read_bytes() + b"junk")
    with open_workbook(path) as source:
        assert source.sheets
