"""What casework does by the clock."""

from datetime import datetime

from django.utils import timezone

from wugeyi.casework.actions import erasing
from wugeyi.casework.actions.counting import count_due
from wugeyi.casework.actions.escalating import escalate
from wugeyi.jobs import registry


def escalate_late(at: datetime) -> int:
    """Tell somebody above what is late."""
    return escalate(at=at)


def count_passed(at: datetime) -> int:
    """Count the cases whose terms passed since."""
    return count_due(at=at)


def erase_reporters(at: datetime) -> int:
    """Erase names and numbers past their date."""
    return erasing.erase_reporters(today=timezone.localdate(at), at=at)


def erase_words(at: datetime) -> int:
    """Erase words, pins and photographs past their date."""
    return erasing.erase_words(today=timezone.localdate(at), at=at)


def register() -> None:
    """Hand these to the clock."""
    registry.always("escalate", escalate_late)
    registry.always("count-due", count_passed)
    registry.always("erase", erase_reporters)
    registry.daily("erase-words", erase_words)
