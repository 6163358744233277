"""How formulas and links spell texts, sheet names and search patterns."""

WILDCARDS = "~*?"
"""What MATCH and COUNTIF take for wildcards, the sign that escapes them first."""


def quote_text(text: str) -> str:
    """Return a text as a constant of a formula."""
    return '"' + text.replace('"', '""') + '"'


def quote_title(title: str) -> str:
    """Return the name of a sheet as references write it."""
    return "'" + title.replace("'", "''") + "'"


def link_to(title: str, cell: str = "A1") -> str:
    """Return the address of a cell of another sheet, for ``write_url``."""
    return f"internal:{quote_title(title)}!{cell}"


def title_of(reference: str) -> str:
    """Return the name of the sheet that a reference (``'a''b'!$A$1``) leads to, empty for one to its own sheet."""
    title = reference.strip().lstrip("=").rpartition("!")[0].lstrip("$")
    return title[1:-1].replace("''", "'") if title.startswith("'") else title


def escape_wildcards(text: str) -> str:
    """Return the pattern that finds a text as it is."""
    for sign in WILDCARDS:
        text = text.replace(sign, f"~{sign}")
    return text


def substitute(cell: str, replacements: dict[str, str]) -> str:
    """Return the formula of a cell's text with signs replaced, one after the other."""
    for sign, other in replacements.items():
        cell = f"SUBSTITUTE({cell},{quote_text(sign)},{quote_text(other)})"
    return cell


def wildcards_escaped(cell: str) -> str:
    """Return the formula of the pattern that finds a cell's text as it is."""
    return substitute(cell, {sign: f"~{sign}" for sign in WILDCARDS})
