"""Where things stand on an entry sheet: the only place that knows its rows and its two own columns."""

HINT_ROW, HEADER_ROW, FIRST_ROW = 3, 4, 5
"""Rows of hints, of headers and of the first record, counted from 1."""
CHECK_HEADER, MESSAGE_HEADER = "检查", "问题说明（自动）"
"""The first column (√ / ×) and the last one (what is wrong, in words)."""
FIRST_COLUMN = 2
"""Of the records, counted from 1; column A is the check."""
SEARCHED_ROWS = 20
"""How far down a header row is looked for in workbooks from elsewhere."""
CARD_TABLE = "customers"
"""Where a workbook holds one row of it only, a blank reference to it means that row."""
