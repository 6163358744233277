"""A calendar that every program reads, and a PDF where LibreOffice is."""

from datetime import date

import pytest
from click.testing import CliRunner

from factory_crm.cli import main
from factory_crm.reporting import pdf
from factory_crm.reporting.ics import calendar, escaped, folded
from factory_crm.reporting.todo import Todo
from factory_crm.words import Word
from tests.merging.builders import customer, order, service
from tests.reporting.builders import write_book

TO_DO = Todo(date(2024, 1, 31), "该回访", None, "C1", "a,b;c\\d\nEND:VEVENT", Word("距上次联系 {days} 天"), 3)


def test_an_event_lasts_its_day_and_holds_no_foreign_line():
    lines = calendar([TO_DO, TO_DO], {"C1": "甲\r\nBEGIN:VALARM"}, "zh").replace("\r\n ", "").split("\r\n")
    assert lines[:2] == ["BEGIN:VCALENDAR", "VERSION:2.0"]
    assert lines[-2:] == ["END:VCALENDAR", ""]
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == 1
    assert "DTSTART;VALUE=DATE:20240131" in lines
    assert "DTEND;VALUE=DATE:20240201" in lines
    assert "SUMMARY:该回访：甲\\nBEGIN:VALARM（（未填负责人））" in lines
    assert "DESCRIPTION:距上次联系 3 天\\na\\,b\\;c\\\\d\\nEND:VEVENT\\nC1" in lines


def test_texts_are_escaped():
    assert escaped("a\\b;c,d\ne\x07") == "a\\\\b\\;c\\,d\\ne"


@pytest.mark.parametrize("text", ["x" * 200, "数" * 200, "😀" * 50, ""])
def test_lines_are_folded_between_characters(text):
    pieces = folded(text).split("\r\n")
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


@pytest.mark.libreoffice
def test_the_pdf_is_one(tmp_path):
    ran = merged(tmp_path, "--pdf", str(tmp_path / "out" / "s.pdf"))
    assert ran.return_value == 0, ran.output
    assert (tmp_path / "out" / "s.pdf").read_bytes().startswith(b"%PDF-")
