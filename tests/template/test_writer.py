import zipfile
from contextlib import nullcontext
from datetime import date, datetime

import openpyxl
import pytest

from factory_crm.xlsx.writer import RefusedError, writing


def test_what_xlsxwriter_would_drop_is_an_error(tmp_path) -> None:
    with writing(tmp_path / "t.xlsx") as workbook:
        sheet = workbook.add_worksheet("a")
        with pytest.raises(UserWarning, match="input title"):
            sheet.data_validation(0, 0, 0, 0, {"validate": "any", "input_title": "x" * 33})
        with pytest.raises(RefusedError, match="write_string"):
            sheet.write_string(-1, 0, "nowhere")
        with pytest.raises(UserWarning, match="cell name"):
            workbook.define_name("A1", "=a!$A$1")


def test_a_shared_formula_is_spelt_once(tmp_path) -> None:
    with writing(tmp_path / "t.xlsx") as workbook:
        sheet = workbook.add_worksheet("a")
        sheet.write_shared(1, 3, 2, '=IF(INDEX($A$1:$A$9,ROW())<"&","",1)', None)
        sheet.write_shared(1, 2, 3, "=ROW()", None, 7)
    with zipfile.ZipFile(tmp_path / "t.xlsx") as parts:
        written = parts.read("xl/worksheets/sheet1.xml").decode()
    spelt = 'IF(INDEX($A$1:$A$9,ROW())&lt;"&amp;","",1)'
    assert f'<c r="C2" t="str"><f t="shared" ref="C2:C4" si="0">{spelt}</f><v></v></c>' in written
    assert '<c r="C4" t="str"><f t="shared" si="0"/><v></v></c>' in written
    assert '<c r="D3"><f t="shared" si="1"/><v>7</v></c>' in written
    assert openpyxl.load_workbook(tmp_path / "t.xlsx")["a"]["D3"].value == "=ROW()"


@pytest.mark.parametrize("formula", ["='b'!A1", "=" + "1+" * 5000 + "1"])
def test_what_cannot_be_shared_is_refused(tmp_path, formula) -> None:
    with writing(tmp_path / "t.xlsx") as workbook, pytest.raises(RefusedError, match="shared"):
        workbook.add_worksheet("a").write_shared(0, 1, 0, formula, None)


def test_a_body_is_spelled_out_as_single_cells_are(tmp_path) -> None:
    values = [
        "甲",
        "",
        None,
        "甲",
        1,
        0.1 + 0.2,
        1e300,
        datetime(2024, 2, 29, 12),
        date(1904, 1, 1),
        " a\n",
        "_x0041_<&",
    ]

    def write(*, large):
        with writing(tmp_path / f"{large}.xlsx", large=large) as workbook:
            sheet = workbook.add_worksheet("a")
            sheet.write_row(0, 0, ["头", "甲"])
            style = workbook.add_format({"bold": True})
            if large:
                sheet.write_body(1, [(values, lambda value: (value or None, style)), (range(11), lambda n: (n, style))])
            else:
                sheet.write_column(1, 0, [value or None for value in values], style)
                sheet.write_column(1, 1, range(11), style)

    write(large=True)
    write(large=False)
    packages = [zipfile.ZipFile(tmp_path / f"{large}.xlsx") for large in (True, False)]
    for part in ("xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"):
        assert packages[0].read(part) == packages[1].read(part)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["False.xlsx", "True.xlsx"]


@pytest.mark.parametrize(("top", "value", "error"), [
    (1_048_575, 1, None), (1_048_576, 1, RefusedError), (0, float("nan"), ValueError), (0, float("inf"), ValueError),
])  # fmt: skip
def test_a_body_holds_what_a_sheet_can_hold(tmp_path, top, value, error) -> None:
    with pytest.raises(error) if error else nullcontext(), writing(tmp_path / "t.xlsx", large=True) as workbook:
        workbook.add_worksheet("a").write_body(top, [([value], lambda value: (value, workbook.formats[0]))])


def test_nothing_is_written_when_it_fails(tmp_path) -> None:
    with pytest.raises(ZeroDivisionError), writing(tmp_path / "t.xlsx", large=True):
        raise ZeroDivisionError
    assert list(tmp_path.iterdir()) == []
