"""Problems to the clerk's own workbook, marked and mended: only the parts that must change are changed."""
