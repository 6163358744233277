"""Limits of Excel: rows, columns, lengths of titles, messages and formulas."""

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
LONGEST_FORMULA = 8192
"""Characters of a formula, its ``=`` left out."""
DEEPEST_FORMULA = 64
"""Levels of nested functions."""
LONGEST_TITLE, LONGEST_MESSAGE = 32, 255
"""UTF-16 units of the title and of the text that a data validation shows."""
LONGEST_CRITERION = 255
"""Characters of what COUNTIF and MATCH search for."""
DIGITS = 15
"""Digits of a number that are stored; whatever has more may have lost some."""
