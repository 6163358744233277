"""The sheets of the customer workbook, in their order; which edition has what is said by each sheet, column and rule."""

from ...schema.model import Sheet
from .customer import Contact, Customer
from .feedback import Feedback, Survey
from .logistics import Return, Shipment
from .loyalty import Loyalty, Training
from .order import Order, OrderStep
from .sales import ContactLog, Opportunity, Target, Task
from .service import Service

SHEETS: tuple[type[Sheet], ...] = (
    *(Customer, Order, Service, Feedback),
    *(Contact, ContactLog, Task, OrderStep, Shipment, Return, Opportunity, Target, Survey, Loyalty, Training),
)
