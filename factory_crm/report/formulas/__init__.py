"""Formulas in a report, with the values they come to."""
