"""The reading room: what a file is, why it is refused, and what its cells hold."""
