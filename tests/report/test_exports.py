"""A calendar that every program reads, and a PDF where LibreOffice is."""

import pandas as pd
import pytest
from click.testing import CliRunner

from factory_crm.cli.app import main
from factory_crm.crm.metrics.reminders import REVISIT
from factory_crm.exports import pdf
from factory_crm.exports.ics import calendar, escaped, fold_line
from tests.merge.builders import customer, order, service
from tests.report.builders import write_book

pytestmark = pytest.mark.slow


def reminders(*names):
    row = {"kind": REVISIT, "customer_id": "C1", "owner": None, "what": "{detail} {days}", "due": pd.Timestamp("2024-01-31"),
           "overdue": False, "days": 3, "number": None, "detail": "a,b;c\\d\nEND:VEVENT"}  # fmt: skip
    return pd.DataFrame([{**row, "name": name} for name in names])


def test_an_event_lasts_its_day_and_holds_no_foreign_line():
    lines = calendar(reminders("甲\r\nBEGIN:VALARM"), "zh").replace("\r\n ", "").split("\r\n")
    assert lines[:2] == ["BEGIN:VCALENDAR", "VERSION:2.0"]
    assert lines[-2:] == ["END:VCALENDAR", ""]
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == 1
    assert "DTSTART;VALUE=DATE:20240131" in lines
    assert "DTEND;VALUE=DATE:20240201" in lines
    assert "SUMMARY:回访：甲\\nBEGIN:VALARM（（未填负责人））" in lines
    assert "DESCRIPTION:a\\,b\\;c\\\\d\\nEND:VEVENT 3\\nC1" in lines


def test_texts_are_escaped():
    assert escaped("a\\b;c,d\ne\x07") == "a\\\\b\\;c\\,d\\ne"


@pytest.mark.parametrize("text", ["x" * 200, "数" * 200, "😀" * 50, ""])
def test_lines_are_folded_between_characters(text):
    pieces = fold_line(text).split("\r\n")
    assert all(len(piece.encode()) <= 75 for piece in pieces)
    assert "".join([pieces[0], *(piece[1:] for piece in pieces[1:])]) == text
    assert all(piece.startswith(" ") for piece in pieces[1:])


def merged(folder, *options):
    write_book(folder / "a.xlsx", {"customers": [customer()], "orders": [order()], "services": [service()]})
    arguments = ["merge", str(folder / "a.xlsx"), "-o", str(folder / "out" / "s.xlsx"), *options]
    return CliRunner().invoke(main, arguments, standalone_mode=False)


def test_the_calendar_is_written(tmp_path):
    ran = merged(tmp_path, "--ics", str(tmp_path / "out" / "t.ics"))
    assert ran.return_value == 0, ran.output
    assert "√ 已写入日历" in ran.output
    assert (tmp_path / "out" / "t.ics").read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")


def test_without_libreoffice_a_sentence_says_so(tmp_path, monkeypatch):
    monkeypatch.setattr(pdf, "soffice", lambda: None)
    ran = merged(tmp_path, "--pdf", str(tmp_path / "out" / "s.pdf"))
    assert ran.return_value == 2
    assert "没有装 LibreOffice" in ran.output
    assert (tmp_path / "out" / "s.xlsx").exists()
    assert not (tmp_path / "out" / "s.pdf").exists()


@pytest.mark.parametrize("program", ["false", "no-such-program"])
def test_a_libreoffice_that_fails_is_told(tmp_path, monkeypatch, program):
    monkeypatch.setattr(pdf, "soffice", lambda: program)
    assert "LibreOffice 没有写出 PDF" in merged(tmp_path, "--pdf", str(tmp_path / "out" / "s.pdf")).output


@pytest.mark.slow
@pytest.mark.libreoffice
def test_the_pdf_is_one(tmp_path):
    ran = merged(tmp_path, "--pdf", str(tmp_path / "out" / "s.pdf"))
    assert ran.return_value == 0, ran.output
    assert (tmp_path / "out" / "s.pdf").read_bytes().startswith(b"%PDF-")
