"""The formats a workbook may have, one package each."""
