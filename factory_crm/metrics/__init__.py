"""Tables to figures: one file a theme, pure functions on narwhals lazy frames that run alike on every engine."""
