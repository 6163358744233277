"""Where things stand on an entry sheet: the only place that knows its rows and its two own columns."""

HINT_ROW, HEADER_ROW, FIRST_ROW = 3, 4, 5
"""Rows of hints, of headers and of the first record, counted from 1."""
CHECK_HEADER, MESSAGE_HEADER = "检查", "问题说明（自动）"
"""The first column (√ / ×) and the last one (what is wrong, in words)."""
FIRST_COLUMN = 2
"""Of the records, counted from 1; column A is the check."""
SEARCHED_ROWS = 20
"""How far down a header row is looked for in workbooks from elsewhere."""
CHOICES_TITLE, SELF_CHECK_TITLE, LIVE_CHECK_TITLE, META_TITLE = "选项", "自检", "_check", "_meta"
"""The sheets that a template has beside its cover and its entry sheets."""
MIGRATION_LOG_TITLE = "迁移记录"
"""The sheet that a template filled from an older workbook has besides."""
RESERVED_TITLES = (CHOICES_TITLE, SELF_CHECK_TITLE, LIVE_CHECK_TITLE, META_TITLE, MIGRATION_LOG_TITLE)
"""What no declared sheet may be called."""
