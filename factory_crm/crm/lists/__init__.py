"""What is chosen from in the customer workbook."""
