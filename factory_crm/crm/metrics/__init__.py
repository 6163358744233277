"""The figures and tables of customer management."""
