"""Books to tables with provenance: what was read, what was taken, what contradicts what."""
