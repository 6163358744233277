"""Every problem the toolkit can find: one namespace over the codes by subject.

The letter says what is broken (``F`` file, ``S`` sheet or header, ``C`` cell, ``K`` keys within a workbook, ``M`` merge), the
number says what. Rules bring codes of their own (``R``; ``X`` for a factory's): ``WorkbookSchema.codes()`` joins them all.
"""

from . import cell, config, file, header, keys, merge
from .cell import *  # noqa: F403
from .code import Code as Code  # noqa: PLC0414 - exported from here
from .code import Severity as Severity  # noqa: PLC0414
from .config import *  # noqa: F403
from .declare import codes_of
from .file import *  # noqa: F403
from .header import *  # noqa: F403
from .keys import *  # noqa: F403
from .merge import *  # noqa: F403

ALL: dict[str, Code] = codes_of(*(vars(module) for module in (file, header, cell, keys, merge, config)))
"""Every code by its name."""
