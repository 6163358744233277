"""The language of rules: one grammar, judged in Python, written as Excel formulas, told in words."""
