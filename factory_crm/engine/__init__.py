"""Where the rows are: in this process, in several, in DuckDB, on Spark."""
