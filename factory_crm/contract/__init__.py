"""What a workbook should be: kinds of value, sheets, rules. Everything else derives from here."""
