"""Sentences of frames: a template in Chinese beside the facts it names, so that a report can say it in either language."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from ...i18n.translate import Language, LazyText, translate

FACTS = ("days", "number", "detail")
"""The columns that templates may name."""
HELD = dict.fromkeys(("kind", "customer_id", "what", "number", "detail"), "str") | {"days": "Int64"}
"""The columns of every such frame, and how they are held."""


def sentence(row: Mapping[str, Any], language: Language = "zh") -> str:
    """Return what a row of ``reminders`` or ``timeline`` says: its ``what`` filled with its own facts."""
    facts = {name: "" if pd.isna(row[name]) else row[name] for name in FACTS}
    facts["detail"] = LazyText(facts["detail"])
    return translate(row["what"], language, **facts)


def sentences(table: pd.DataFrame, language: Language = "zh") -> list[str]:
    """Return what each row of such a frame says."""
    rows = zip(table["what"], *(table[name] for name in FACTS), strict=True)
    return [sentence(dict(zip(("what", *FACTS), row, strict=True)), language) for row in rows]
