"""The texts of a workbook: the table of shared strings, and strings of several runs."""

from itertools import chain
from xml.etree.ElementTree import Element

from ....i18n.translate import LazyText
from ....xlsx.text import unescape
from ...guard import Guard
from .parts import Package
from .tree import Tree, levels


def joined(holder: Element, namespace: str) -> str | None:
    """Return the text of a string with or without runs, ``None`` where it has none; what is phonetic is no part of it."""
    text, run = f"{{{namespace}}}t", f"{{{namespace}}}r/{{{namespace}}}t"
    texts = [*holder.iterfind(text), *holder.iterfind(run)]
    return "".join(chain.from_iterable(one.itertext() for one in texts)) if texts else None


def read_strings(package: Package, part: str) -> list[str]:
    """Return the shared strings in their order; ``part`` is ``''`` where there are none. Raises ``Refused``."""
    if not part:
        return []
    guard, limits = package.guard, package.guard.limits
    tree = Tree(package, part, "sst", "sst")
    strings: list[str] = []
    characters = 0
    for _, elements in tree.branches():
        texts = _texts(elements, tree.namespace, guard)
        characters += sum(map(len, texts))
        strings += texts
        if len(strings) > limits.shared_strings:
            raise guard.too_large(LazyText("共享字符串数"), limits.shared_strings)
        if characters > limits.shared_characters:
            raise guard.too_large(LazyText("共享字符串总字数"), limits.shared_characters)
    return strings


def _texts(elements: list[Element], namespace: str, guard: Guard) -> list[str]:
    """Return the strings among these elements."""
    string, simple, longest = f"{{{namespace}}}si", f"{{{namespace}}}t", guard.limits.text
    texts: list[str] = []
    for element in elements:
        if not len(element):
            text = ""
        elif element.tag == string and len(element) == 1 and (inner := element[0]).tag == simple and not len(inner):
            text = inner.text or ""
        else:
            for _ in levels([element], guard):
                pass
            text = joined(element, namespace) or ""
        if len(text) > longest:
            raise guard.too_large(LazyText("单元格文字长度"), longest)
        if element.tag == string:
            texts.append(unescape(text))
    return texts
