"""What stations add to figures, told in the transaction of each act."""

from collections.abc import Sequence
from datetime import datetime

from wugeyi.figures.actions import refresh

SPANS = "station_spans"
MET = "station_met"
VISITS = "station_visits"
BREAKAGES = "station_breakages"


def counted(
    source: str, keys: Sequence[int], *, at: datetime, new: bool = False
) -> None:
    """Count records that were written or changed."""
    if keys:
        refresh(source=source, records=list(keys), at=at, new=new)
