"""How pages become sheets of an .xlsx workbook."""
