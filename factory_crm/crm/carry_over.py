"""What goes on from one period into the next: the only place that says which records are still open."""

from collections.abc import Mapping

from ..schema.rules.expression import Expression
from .lists.core import CANCELLED, DONE

ALWAYS_OPEN = ("customers", "contacts")
"""Tables whose rows go on whatever happens."""
OPEN_WHILE: Mapping[str, Expression] = {
    "orders": Expression("status not in " + repr((DONE, CANCELLED))),
    "services": Expression("not closed_at"),
    "tasks": Expression("not done_on"),
    "opportunities": Expression("not result and not ended_on"),
}
"""What is true of a row as long as it is open; a blank or unusable cell does not end it."""
