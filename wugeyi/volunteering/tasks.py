"""What this app does by the clock."""

from datetime import datetime

from wugeyi.jobs import registry
from wugeyi.volunteering.actions import deeds, emergencies, helps, people


def go_up(at: datetime) -> int:
    """Tell the next level of emergencies nobody has seen."""
    return emergencies.go_up(at=at)


def end_helps(at: datetime) -> int:
    """End requests nobody took in time."""
    return helps.expire(at=at)


def follow_cases(at: datetime) -> int:
    """Note what reports and needs came to, and tell who sent them."""
    return deeds.follow(at=at)


def forget(at: datetime) -> int:
    """Erase what is past its days."""
    return helps.erase(at=at) + emergencies.erase(at=at) + people.expire(at=at)


def register() -> None:
    """Hand these to the clock."""
    registry.always("volunteer-emergencies", go_up)
    registry.always("volunteer-helps", end_helps)
    registry.always("volunteer-cases", follow_cases)
    registry.daily("volunteer-forget", forget)
