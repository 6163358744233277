"""The figures and tables of the customer workbook, by theme; ``registry`` joins them."""
