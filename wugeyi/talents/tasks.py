"""What this app does by the clock."""

from datetime import datetime

from wugeyi.jobs import registry
from wugeyi.talents import actions


def expire_cards(at: datetime) -> int:
    """Erase cards whose time is over."""
    return actions.expire(at=at)


def register() -> None:
    """Hand these to the clock."""
    registry.always("talent-cards", expire_cards)
