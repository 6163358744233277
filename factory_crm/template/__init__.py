"""From the schema to an empty workbook that explains itself and checks itself while people type."""
