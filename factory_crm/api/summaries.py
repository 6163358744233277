"""The summary workbook of a merge, of whatever trade its schema is."""

import os
import warnings
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from ..i18n.translate import Language
from ..metrics.results import Results
from ..report.outcome import MergeOutcome
from ..report.page import Page
from ..report.pages import PAGES
from ..report.summary import write_summary
from ..storage.atomic import atomic_save, locked
from .computing import is_customer_workbook
from .merging import Merged


def summary(
    merged: Merged,
    output: str | os.PathLike[str],
    *,
    results: Results | None = None,
    pages: Sequence[Page] = (),
    language: Language = "zh",
) -> Path:
    """Write the summary workbook and return its path: the pages of the schema's trade, where it has one, and the given ones.

    Every accepted row stands on a page in any case. ``results``: what ``merged.compute`` returned, computed anew where it is
    not given · ``pages``: one of a title that there is takes that one's place.
    Raises NotSaved where it cannot be written, ValueError where the merge does not reconcile; a formula that does not come
    to the figure beside it is a RuntimeWarning.
    """
    if not merged.reconciles:
        raise ValueError("the merge does not account for every row; no summary is written of it")
    target = Path(output)
    with locked(target):
        written = write(merged, target, results or merged.compute(), pages=pages, language=language)
    for one in written.mismatches:
        warnings.warn(f"{one.name}: {one.formula} comes to {one.value}, not {one.figure}", RuntimeWarning, stacklevel=2)
    return target


def write(
    merged: Merged, target: Path, results: Results, *, pages: Sequence[Page] = (), language: Language = "zh"
) -> MergeOutcome:
    """Write the summary of figures that are computed into an output that is held already; return what came of it."""
    result = replace(merged.result, tables=merged.tables)
    with atomic_save(target, inputs=merged.inputs.paths) as temporary:
        if is_customer_workbook(merged.schema):
            from ..crm.pages import PAGES as TRADE
            from ..crm.summary import write_summary as write_trade

            wrong = write_trade(temporary, result, results, merged.schema, pages=(*pages, *TRADE), language=language)
        else:
            wrong = write_summary(temporary, result, results, merged.schema, pages=(*pages, *PAGES), language=language)
    return MergeOutcome(result, merged.reconciles, target, merged.schema, results, wrong)
