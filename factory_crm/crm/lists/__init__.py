"""What is chosen from in the customer workbook, by the names that columns call the lists."""

from ...schema.column_type import Choices
from . import common, order, regions, sales, service

CHOICES: dict[str, Choices] = {
    name: choices for module in (common, order, regions, sales, service) for name, choices in module.CHOICES.items()
}
