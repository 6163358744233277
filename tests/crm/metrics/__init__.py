"""Figures: each by hand, each on every engine, each without enough data."""
