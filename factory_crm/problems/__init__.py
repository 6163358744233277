"""What can be wrong with a workbook, and where: codes, places, and how to mend it."""
