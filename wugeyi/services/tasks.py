"""What the desk does by the clock."""

from datetime import datetime

from wugeyi.jobs import registry
from wugeyi.services.actions import following


def follow_cases(at: datetime) -> int:
    """Follow the cases that were written since."""
    return following.follow_changed(at=at)


def follow_late(at: datetime) -> int:
    """Look again who holds what is late."""
    return following.follow_late(at=at)


def register() -> None:
    """Hand these to the clock."""
    registry.always("service-matters", follow_cases)
    registry.daily("service-late", follow_late)
