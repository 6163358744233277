"""A filled workbook moved into the newest template: older version, other edition, other language, or the next period."""
