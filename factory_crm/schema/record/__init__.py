"""A record: one row held to what its sheet declares, whether it comes from a workbook or from a program."""
