"""Spreadsheet-driven customer management for factories: templates, checks, merges and reports from one declaration."""

__version__ = "0.1.0"
