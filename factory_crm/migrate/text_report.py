"""Print the outcome of a migration on a console."""

from collections import Counter
from collections.abc import Iterator

from ..i18n.translate import Language, LazyText, escape_invisible, translate
from ..validation.report import verdict
from ..validation.text_report import report_lines as tell_of
from .log import KINDS, LEFT, RENAMED, TITLE, UNCHANGED, Note, note_value
from .migrate import MOST_ROWS, TemplateOutcome

_MOST_LISTED = 5


def outcome_lines(outcome: TemplateOutcome, language: Language) -> Iterator[str]:
    """Yield the lines that say what arrived, what did not, and what waits to be mended."""
    if outcome.too_many:
        facts = {"rows": outcome.too_many, "most": MOST_ROWS}
        yield translate("× 有一张表多达 {rows} 行，一份模板最多预留 {most} 行；请先分成几份", language, **facts)
    elif outcome.written is None:
        yield from tell_of(verdict(outcome.book), language, every=False)
    else:
        yield translate("√ 已生成模板：{path}", language, path=outcome.written)
        if outcome.book.path:
            yield from _rows(outcome, language)
            yield from _notes(outcome, language)
        if outcome.encrypted:
            yield translate("▲ 旧工作簿有打开密码，新工作簿没有；要保密请在 Excel 里另设", language)


def _rows(outcome: TemplateOutcome, language: Language) -> Iterator[str]:
    for table, rows in outcome.transferred.rows.items():
        title = LazyText(outcome.book.sheets[table].sheet.title)
        stayed = outcome.transferred.stayed.get(table, 0)
        if stayed:
            yield translate(
                "  「{title}」带入 {rows} 行，另有 {stayed} 行留在旧工作簿",
                language,
                title=title,
                rows=len(rows),
                stayed=stayed,
            )
        elif rows:
            yield translate("  「{title}」带入 {rows} 行", language, title=title, rows=len(rows))


def _notes(outcome: TemplateOutcome, language: Language) -> Iterator[str]:
    if not outcome.notes:
        yield translate("  内容都有位置，没有要改的", language)
        return
    counted = Counter(note.kind for note in outcome.notes)
    for kind in (kind for kind in KINDS if counted[kind]):
        yield translate(
            "{sign} {kind}：{count} 处",
            language,
            sign="▲" if kind in (LEFT, UNCHANGED) else "→",
            kind=kind,
            count=counted[kind],
        )
        of_kind = [note for note in outcome.notes if note.kind == kind]
        if kind in (LEFT, UNCHANGED, RENAMED):
            yield from (escape_invisible(_line(note, language)) for note in of_kind[:_MOST_LISTED])
            if len(of_kind) > _MOST_LISTED:
                yield "    …"
    yield translate("  全部列在新工作簿的「{sheet}」里", language, sheet=LazyText(TITLE))


def _line(note: Note, language: Language) -> str:
    text = note_value(note.why, language) or note_value(note.after, language)
    return f"    {note.location}  {' '.join(filter(None, (note.header, note.before)))[:60]} → {text}"
