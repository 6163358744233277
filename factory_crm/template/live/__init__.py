"""The checks that live in a template while people type."""
