"""Merge many workbooks into tables with provenance: accepted, rejected and superseded rows, conflicts, duplicates."""
