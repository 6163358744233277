"""A second renderer: pages as Markdown, to read in a test what they say. It knows nothing of spreadsheets."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from factory_crm.report.grid import Band, Card, ChartBox, Fact, GridPart, GridText, Heading, Link, SmallTable
from factory_crm.report.page import Calculation, Content, Drawing, Tables
from factory_crm.report.values import INSUFFICIENT, CachedFormula, Shown


def markdown(title: str, content: Content) -> str:
    """A page as Markdown."""
    return "\n".join([f"# {title}", *_lines(content)])


def _lines(content: Content) -> Iterator[str]:
    match content:
        case Tables():
            yield content.sentence
            yield from content.alarms
            for table in content.tables:
                yield f"## {table.title}" if table.title else ""
                yield from _table(
                    [column.header for column in table.columns], zip(*(c.values for c in table.columns), strict=True)
                )
                yield from [] if table.rows else [table.empty]
                yield from table.notes
        case Drawing():
            for part in content.parts:
                yield from _part(part)
        case Calculation():
            for block in content.blocks:
                yield from _table(
                    [header for _, header, _ in block.heads],
                    zip(*(block.values[name] for name, *_ in block.heads), strict=True),
                )


def _part(part: GridPart) -> Iterator[str]:
    match part:
        case Band():
            yield f"**{part.title}** {part.sentence}"
        case Heading():
            yield f"## {part.text}"
        case Card() | Fact():
            yield f"- {part.label}: {_shown(part.value)}"
        case SmallTable():
            yield from _table([span.header for span in part.spans], part.lines)
        case ChartBox():
            yield f"![{part.description}]" if part.drawn else f"![{part.description}: —]"
        case Link():
            yield f"[{part.text}](#{part.target})"
        case GridText() if part.value is not None:
            yield _shown(part.value)


def _table(heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    for cells in (heads, ["---"] * len(heads), *rows):
        yield "| " + " | ".join(map(_shown, cells)) + " |"


def _shown(value: Any) -> str:
    match value:
        case None:
            return ""
        case CachedFormula() | Shown():
            return _shown(value.value)
        case _ if value is INSUFFICIENT:
            return "数据不足"
        case _:
            return str(value)
