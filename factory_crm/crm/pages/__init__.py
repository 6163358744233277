"""The pages of the summary that only customer management has."""
