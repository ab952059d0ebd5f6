"""Keys, what was posted by them, calendars, targets of webhooks, terms of use."""

from wugeyi.interfaces.models.calendars import Calendar
from wugeyi.interfaces.models.hooks import Delivery, Interest, Target
from wugeyi.interfaces.models.keys import ApiKey, Posted
from wugeyi.interfaces.models.terms import Terms

__all__ = [
    "ApiKey",
    "Calendar",
    "Delivery",
    "Interest",
    "Posted",
    "Target",
    "Terms",
]
