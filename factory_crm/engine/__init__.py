"""Engines that run the work and hold its rows: one process, a pool, DuckDB, Spark."""
