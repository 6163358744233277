"""What a factory may set of its figures: declared with the schema, because ``factory.toml`` sets it."""

from ..settings import Settings

__all__ = ["Settings"]
