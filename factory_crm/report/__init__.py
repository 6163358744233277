"""Figures to the workbook that managers open: one printed page first, then every row it rests on."""
