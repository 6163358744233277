"""The factory's customer workbook: the first user of the toolkit."""
