"""The pages that every summary has, whatever its sheets."""
