"""What a factory may set of its figures: declared with the contract, because ``factory.toml`` sets it."""

from ..contract.settings import Settings

__all__ = ["Settings"]
