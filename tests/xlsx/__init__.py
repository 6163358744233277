"""Tests of the facts of the xlsx format."""
