"""Let the figures follow what was written."""

from collections.abc import Iterable
from datetime import datetime

from wugeyi.figures.actions import refresh

SOURCES = {
    "helps": "volunteer_helps",
    "deeds": "volunteer_deeds",
    "voices": "volunteer_voices",
    "emergencies": "volunteer_emergencies",
    "hours": "volunteer_hours",
    "check_ins": "volunteer_check_ins",
}


def counted(
    what: str, records: Iterable[int], at: datetime, *, new: bool = False
) -> None:
    """Count some records anew; ``new``: they were made just now."""
    keys = list(records)
    if keys:
        refresh(source=SOURCES[what], records=keys, at=at, new=new)
