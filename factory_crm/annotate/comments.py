"""Comments (notes) of a sheet: what is written, how large the box must be; the user's own stay what they are."""

import re
from collections.abc import Mapping

from lxml import etree

from ..i18n.translate import in_every_language
from ..problems.problem import column_letters
from ..xlsx import theme
from ..xlsx.columns import COLUMNS
from ..xlsx.package import MAIN
from .comment_boxes import (
    POINTS,
    BoxChange,
    CommentBox,
    Measures,
    changed_boxes,
    drawing_of,
    has_boxes,
    height_of,
    remove_box,
    restore_box,
    write_boxes,
)
from .package import Parts
from .sheet_xml import CellSpans
from .xml import Element, local, new_element, qualified, serialised

HEADING = "—— 自动检查 ——"
"""The line our part of a comment begins with; in any language it tells ours from the user's."""
_HEADINGS = in_every_language(HEADING)
_COMMENTS = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_GAP = "\n\n"


def write_comments(
    parts: Parts, part: str, sheet: Element, texts: Mapping[CellSpans, str], heights: Mapping[int, float]
) -> str:
    """Write a comment at each cell, below the user's where there is one; return the VML part if it is new."""
    comments = parts.target(part, "comments")
    if not comments:
        comments = parts.fresh("xl/comments{}.xml")
        empty = new_element("comments")
        empty.append(new_element("authors"))
        empty.append(new_element("commentList"))
        parts.write(comments, serialised(empty))
        parts.declare(comments, _COMMENTS)
        parts.relate(part, "comments", comments)
    root = parts.tree(comments)
    listed = next(e for e in root if local(e) == "commentList")
    author = _author(root)
    there = {e.get("ref", ""): e for e in listed if local(e) == "comment"}
    measures = Measures(sheet, heights)
    fresh: list[CommentBox] = []
    grown: dict[CellSpans, str] = {}
    for cell, text in sorted(texts.items()):
        ref = f"{column_letters(cell[1])}{cell[0]}"
        if ref not in there:
            listed.append(_comment(ref, author, text))
            fresh.append(CommentBox(cell, measures.anchor(cell, height_of(text)), height_of(text)))
        elif not _threaded(root, there[ref]):
            _append(there[ref], _GAP + text)
            grown[cell] = measures.anchor(cell, height_of(_text(there[ref])))
    listed[:] = sorted(listed, key=lambda e: _order(e.get("ref", "")))
    return write_boxes(parts, part, fresh, grown)


def strip_comments(parts: Parts, part: str) -> bool:
    """Take our comments away, ours out of the user's too; return whether none is left that the sheet must draw."""
    comments = parts.target(part, "comments")
    if not comments or not any(heading.encode() in parts.read(comments) for heading in _HEADINGS):
        return False
    root = parts.tree(comments)
    listed = next(e for e in root if local(e) == "commentList")
    vml = drawing_of(parts, part)
    changes: dict[CellSpans, BoxChange] = {}
    for comment in [e for e in listed if local(e) == "comment"]:
        rest = _own_text(comment)
        if rest is None:
            continue
        changes[_order(comment.get("ref", ""))] = restore_box if rest else remove_box
        if not rest:
            listed.remove(comment)
    drawing = changed_boxes(parts.read(vml), changes) if vml else b""
    if vml:
        parts.write(vml, drawing)
    _forget_author(root)
    if len(listed):
        return False
    parts.unrelate(part, comments)
    parts.remove(comments)
    if vml and not has_boxes(drawing):
        parts.unrelate(part, vml)
        parts.remove(vml)
        return True
    return False


def _own_text(comment: Element) -> str | None:
    """Cut our part off a comment; return what is left of it, ``None`` where none of it is ours."""
    texts = [e for e in comment.iter() if local(e) == "t"]
    comment_text = "".join(e.text or "" for e in texts)
    start = min((at for heading in _HEADINGS if (at := comment_text.find(heading)) >= 0), default=-1)
    if start < 0:
        return None
    left = user_text = comment_text[:start].removesuffix(_GAP)
    for element in texts:
        text = element.text or ""
        element.text, left = left[: len(text)], left[len(text) :]
        run = element.getparent()
        if (
            text
            and not element.text
            and run is not None
            and local(run) == "r"
            and (parent := run.getparent()) is not None
        ):
            parent.remove(run)
    return user_text


def _comment(ref: str, author: int, text: str) -> Element:
    comment = new_element("comment", ref=ref, authorId=author)
    comment.append(new_element("text"))
    _append(comment, text)
    return comment


def _append(comment: Element, text: str) -> None:
    run, look = new_element("r"), new_element("rPr")
    for name, value in (("sz", POINTS), ("rFont", theme.FONT), ("family", 2)):
        look.append(new_element(name, val=value))
    look.insert(1, new_element("color", rgb="FF" + theme.INK[1:]))
    written = new_element("t", text)
    written.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    run.extend((look, written))
    next(e for e in comment if local(e) == "text").append(run)


def _text(comment: Element) -> str:
    return "".join(e.text or "" for e in comment.iter() if local(e) == "t")


def _author(root: Element) -> int:
    authors = next(e for e in root if local(e) == "authors")
    names = [e.text or "" for e in authors]
    if "factory_crm" not in names:
        authors.append(new_element("author", "factory_crm"))
        return len(names)
    return names.index("factory_crm")


def _forget_author(root: Element) -> None:
    """Take our name off the authors where it is the last and signs nothing any more."""
    authors = next(e for e in root if local(e) == "authors")
    signed = {e.get("authorId") for e in root.iter(qualified("comment", etree.QName(root).namespace or MAIN))}
    if len(authors) and authors[-1].text == "factory_crm" and str(len(authors) - 1) not in signed:
        authors.remove(authors[-1])


def _threaded(root: Element, comment: Element) -> bool:
    """Whether it only stands in for a threaded comment, which nobody but Excel may write."""
    authors = next(e for e in root if local(e) == "authors")
    number = int(comment.get("authorId") or 0)
    return number < len(authors) and (authors[number].text or "").startswith("tc=")


def _order(ref: str) -> CellSpans:
    match = re.fullmatch(r"([A-Z]+)(\d+)", ref.split(":", maxsplit=1)[0].replace("$", ""))
    return (int(match[2]), COLUMNS[match[1]]) if match else (0, 0)
