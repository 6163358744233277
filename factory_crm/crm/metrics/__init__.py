"""The figures and tables of the customer workbook, by theme; ``results.compute`` finds them all."""
