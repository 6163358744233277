"""The summary workbook, looked at from outside."""
