"""Facts and writers of the xlsx format, for all who touch it."""
