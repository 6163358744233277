"""The only place that opens outputs: atomic saving and locks."""
