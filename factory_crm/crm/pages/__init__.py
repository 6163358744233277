"""The pages of the customer workbook: ``PAGES``, in the order in which they are made and written.

Which of them a summary has is said by what each needs; where it stands is its place.
"""

from ...report.page import Page
from ...report.pages import ACCOUNT
from ...report.pages import PAGES as GENERIC
from ...report.pages.changes import CHANGES
from ...report.pages.details import DetailPages
from ...report.pages.quality import QUALITY
from .chart_data import DASHBOARD_BLOCKS
from .customer_360 import PORTRAIT_PAGE
from .customers import CUSTOMERS
from .dashboard import DASHBOARD
from .details import DETAILS
from .forecast import FORECAST
from .funnel import FUNNEL
from .journey import JOURNEY
from .latest import LATEST_EVENTS
from .loyalty import LOYALTY
from .order_flow import ORDER_FLOW
from .organisation import ORGANISATION
from .performance import PERFORMANCE
from .receivables import RECEIVABLES
from .sales import SALES
from .satisfaction import SATISFACTION
from .todo import REMINDERS

ANALYSES: tuple[Page, ...] = (
    SALES, FUNNEL, JOURNEY, ORGANISATION, ORDER_FLOW, SATISFACTION, LOYALTY, RECEIVABLES, FORECAST, PERFORMANCE, REMINDERS,
)  # fmt: skip
"""The pages between the details and the account of the merge."""
PAGES: tuple[Page | DetailPages, ...] = (
    CHANGES, DETAILS, CUSTOMERS, *ACCOUNT, DASHBOARD_BLOCKS, LATEST_EVENTS, PORTRAIT_PAGE, *ANALYSES, QUALITY, DASHBOARD, GENERIC[-1],
)  # fmt: skip
"""All of them; where the schema lacks our four sheets, the plain first page stands for the dashboard."""
