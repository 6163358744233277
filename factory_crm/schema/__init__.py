"""What a workbook should be: sheets, columns, types, rules. Knows no customer."""
