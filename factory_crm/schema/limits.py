"""How large a workbook may be, where a factory asks for more, or less, than the reader's own caps."""

from dataclasses import dataclass
from typing import Annotated

from pydantic import ConfigDict, Field


@dataclass(frozen=True, slots=True, kw_only=True)
class Caps:
    """How much of a workbook is read before it is refused; what is not said stays as the reader has it."""

    __pydantic_config__ = ConfigDict(extra="forbid", strict=False)

    file_megabytes: Annotated[int, Field(ge=1, le=4096, strict=True)] | None = None
    """Size of the file itself."""
    unpacked_megabytes: Annotated[int, Field(ge=2, le=16384, strict=True)] | None = None
    """Size of all its parts, unpacked."""
    cells: Annotated[int, Field(ge=1000, le=100_000_000, strict=True)] | None = None
    """Cells that hold something."""
    seconds: Annotated[int, Field(ge=1, le=3600, strict=True)] | None = None
    """Processor seconds of reading."""
