"""What a merge may write beside the summary: a calendar of 待办, a PDF."""

from collections.abc import Iterator
from pathlib import Path

from ..crm.summarise import MergeOutcome
from ..i18n.translate import Language, translate
from ..storage.atomic import write_text
from .ics import calendar
from .pdf import write_pdf

_UNPRINTED = {
    "absent": "× 这台电脑没有装 LibreOffice，没有写 PDF。请安装后再试，或在 Excel/WPS 里打开汇总另存为 PDF",
    "failed": "× LibreOffice 没有写出 PDF。请在 Excel/WPS 里打开汇总另存为 PDF",
}


def write_extras(
    outcome: MergeOutcome, language: Language, inputs: tuple[Path, ...], ics: Path | None, pdf: Path | None
) -> Iterator[tuple[bool, str]]:
    """Write what is asked for and yield whether it was, and a sentence about it; nothing where there is no summary."""
    if outcome.written is None:
        return
    if ics is not None and outcome.results is not None:
        found = outcome.results.frames["reminders"]
        write_text(ics, calendar(found, language), inputs=inputs)
        yield True, translate("√ 已写入日历：{path}（{count} 件待办）", language, path=ics, count=len(found))
    if pdf is not None:
        printed = write_pdf(outcome.written, pdf, inputs=inputs)
        if printed == "written":
            yield True, translate("√ 已写入 PDF：{path}", language, path=pdf)
        else:
            yield False, translate(_UNPRINTED[printed], language)
