"""What this app does by the clock."""

from datetime import datetime

from wugeyi.jobs import registry
from wugeyi.sharing.actions import erasing, using
from wugeyi.sharing.rules.times import local_day


def end_unanswered(at: datetime) -> int:
    """End what nobody answered in time."""
    return using.lapse(today=local_day(at), at=at)


def erase_bookers(at: datetime) -> int:
    """Erase names and numbers past their date."""
    return erasing.erase_past(today=local_day(at), at=at)


def register() -> None:
    """Hand these to the clock."""
    registry.daily("sharing-unanswered", end_unanswered)
    registry.daily("sharing-erase", erase_bookers)
