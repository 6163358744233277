"""The schema room: kinds of value, sheets, and the language of rules."""
