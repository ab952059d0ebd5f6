"""The national calendar as the app ships it."""

from datetime import datetime
from pathlib import Path

from wugeyi.engines.deadlines import SHANGHAI, calendar_of, names_of, read

PATH = Path(__file__).parents[2] / "wugeyi/casework/data/workdays_cn.csv"
with PATH.open(encoding="utf-8", newline="") as lines:
    ENTRIES = read(lines)
CALENDAR = calendar_of(ENTRIES)
NAMES = names_of(ENTRIES)


def at(text: str) -> datetime:
    """Read a Shanghai local time."""
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)
