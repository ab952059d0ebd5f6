"""What must have been told, and how long before, until a timetable may begin."""

from dataclasses import dataclass
from datetime import date
from typing import Final

NOTICE_DAYS: Final = "notice_days"
FILING: Final = "filing_required"
ORIGIN: Final = "《城市公共交通条例》第二十二条；天数是推断的"


@dataclass(frozen=True, slots=True)
class NoticeRules:
    """How many days a change is announced before it begins, and whether it is reported.

    Regulation on urban public transport (2024-12-01), article 22: no stop or time is
    changed at will; a temporary change is announced and reported beforehand. It names
    no number of days; the default is inferred and marked as not verified.

    Parameters
    ----------
    days
        From the day of the notice to the day it begins, at least.
    filing
        Whether the authority has to be told before it is published.
    verified
        Whether somebody compared the number of days with a rule of this place.
    source
        Where it comes from, for people; empty for the default.
    """

    days: int = 7
    filing: bool = True
    verified: bool = False
    source: str = ""


def noticed_long_enough(
    rules: NoticeRules, noticed_on: date | None, begins_on: date
) -> bool:
    """Tell whether a change was announced so many days before it begins."""
    return noticed_on is not None and (begins_on - noticed_on).days >= rules.days
