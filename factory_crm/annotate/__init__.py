"""Annotate a copy of a workbook: mark its problems, apply fixes; parts that need no change stay as they are."""
