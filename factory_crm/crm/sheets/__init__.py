"""The sheets of the customer workbook."""
