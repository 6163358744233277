"""The pages that every summary has, whatever its sheets: ``PAGES``, in the order in which they are made and written.

A page may name what earlier ones expose; where it stands among the others is its ``place``. The first page links to all
others, so it is made last.
"""

from ..formulas.period import CALCULATION
from ..page import Page
from .changes import CHANGES
from .conflicts import CONFLICTS_PAGE
from .definitions import DEFINITIONS
from .details import DETAILS, DetailPages
from .duplicates import DUPLICATES_PAGE
from .home import HOME_PAGE
from .quality import QUALITY
from .rejected import REJECTED
from .sources import SOURCES_PAGE
from .submissions import SUBMISSIONS

ACCOUNT: tuple[Page, ...] = (
    SUBMISSIONS,
    CONFLICTS_PAGE,
    DUPLICATES_PAGE,
    REJECTED,
    SOURCES_PAGE,
    CALCULATION,
    DEFINITIONS,
)
"""What every summary tells of how it came about."""
PAGES: tuple[Page | DetailPages, ...] = (CHANGES, DETAILS, *ACCOUNT, QUALITY, HOME_PAGE)
