"""What a workbook holds, seen in ways that are not the product's own."""

import zipfile
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from lxml import etree

from factory_crm.problems.problem import Problem
from factory_crm.reading.opening import open_workbook


def parts(path: Path) -> dict[str, bytes]:
    """Every part by its name, in the order of the package."""
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def cells(path: Path) -> dict[str, list[Any]]:
    """Every cell of every sheet, as our reader sees it."""
    with open_workbook(path) as source:
        return {info.name: list(source.grid(info.name).rows()) for info in source.sheets}


def places(problems: Iterable[Problem]) -> list[tuple[str, str]]:
    return [(problem.location.address, problem.code.name) for problem in problems]


def inventory(content: dict[str, bytes]) -> Counter[tuple[str, str]]:
    """How often each element stands in each part: validations, formats, names, comments, sparklines, whatever it is."""
    found: Counter[tuple[str, str]] = Counter()
    for name, part in content.items():
        if name.lower().endswith((".xml", ".rels")) and part.strip():
            try:
                root = etree.fromstring(part)
            except etree.XMLSyntaxError:  # what is no XML in the first place is held to its bytes
                continue
            found.update((name, str(element.tag)) for element in root.iter())
    return found
