"""Writing a workbook's identity: custom properties, a defined name and a hidden sheet; one of them survives any program."""

from collections.abc import Iterable, Mapping

from ..schema.stamp import DEFINED_NAME, PROPERTY_PREFIX, Stamp
from ..xlsx.writer import StrictWorkbook, StrictWorksheet


def write_stamp(
    workbook: StrictWorkbook,
    sheet: StrictWorksheet,
    stamp: Stamp,
    further: Mapping[str, str | int],
    sheets: Iterable[tuple[str, str]],
) -> int:
    """Write the stamp all three ways; return the first row (from 0) of the ``META_SHEET`` that is still free.

    ``further`` facts stand in the hidden sheet only, as do the ``sheets``: ``sheet.<table>`` and its title.
    """
    for name, value in stamp.facts().items():
        workbook.set_custom_property(PROPERTY_PREFIX + name, value, "text")
    workbook.define_name(DEFINED_NAME, f'="{stamp.text()}"')
    facts: dict[str, str | int] = {**stamp.facts(), **further, **{f"sheet.{table}": title for table, title in sheets}}
    for row, (name, fact) in enumerate(facts.items()):
        sheet.write_string(row, 0, name)
        if isinstance(fact, int):
            sheet.write_number(row, 1, fact)
        else:
            sheet.write_string(row, 1, fact)
    sheet.very_hidden()
    return len(facts)
