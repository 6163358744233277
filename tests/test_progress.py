"""The bar that follows long work: on a terminal only, no wider than it, and gone in the end."""

import io
import os
import sys
from collections.abc import Iterator

import pytest

from factory_crm.cli import progress
from factory_crm.cli.console import progress as progress_of
from factory_crm.validation.text_wrap import width


class Terminal(io.StringIO):
    """A stream that somebody looks at."""

    def isatty(self) -> bool:
        return True


def terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Sit somebody down before the screen; within the test, since pytest has streams of its own for each part of it."""
    screen = Terminal()
    monkeypatch.setattr(sys, "stdout", Terminal())
    monkeypatch.setattr(sys, "stderr", screen)
    return screen


def seen(screen: Terminal) -> list[str]:
    """What stood on the line, one after the other."""
    return [text.rstrip() for text in screen.getvalue().split("\r")]


@pytest.mark.parametrize("columns", [10, 40, 80, 200])
def test_a_bar_follows_fits_and_is_gone(monkeypatch: pytest.MonkeyPatch, columns: int) -> None:
    screen = terminal(monkeypatch)
    monkeypatch.setattr(progress.shutil, "get_terminal_size", lambda: os.terminal_size((columns, 24)))
    assert list(progress_of(range(12), 12, "zh")) == list(range(12))
    texts = seen(screen)
    assert all(width(text) < columns for text in texts)
    assert texts[-1] == texts[-2] == ""
    if columns >= 80:
        assert "检查中" in texts[1]
        assert texts[1].endswith("0/12")
        assert "12/12" in texts[-3]
    assert "\x1b" not in screen.getvalue()


def test_it_is_gone_as_well_when_the_work_breaks_off(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = terminal(monkeypatch)

    def broken() -> Iterator[int]:
        yield 1
        raise ValueError("x")

    with pytest.raises(ValueError, match="x"):
        list(progress_of(broken(), 9, "en"))
    assert "1/9" in seen(screen)[-3]
    assert seen(screen)[-2:] == ["", ""]


def test_few_things_or_another_programs_ear_get_no_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = terminal(monkeypatch)
    assert list(progress_of(range(4), 4, "zh")) == [0, 1, 2, 3]
    assert screen.getvalue() == ""
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    assert list(progress_of(range(9), 9, "zh")) == list(range(9))
    assert sys.stderr.getvalue() == ""  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("done", "seconds", "end"),
    [(0, 0.0, "━0 0/8"), (2, 10.0, "━10 2/8  0:30"), (4, 400.0, "━20 4/8  6:40"), (8, 9.0, "━40 8/8")],
)
def test_how_far_it_is_and_how_long_it_will_take(done: int, seconds: float, end: str) -> None:
    text = progress.bar_text("x", done, 8, seconds)
    full = text.count("━")
    assert f"━{full} {text.rpartition('─')[2].rpartition('━')[2].strip()}" == end
    assert full + text.count("─") == 40
