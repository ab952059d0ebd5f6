"""Cases as branch work sees them: found to be linked, shown where they may be read."""

from collections.abc import Iterable
from datetime import datetime

from wugeyi.branchwork.models import Decision
from wugeyi.casework.models import Case
from wugeyi.casework.queries.access import visible
from wugeyi.casework.queries.desk import Filters, Tab, by_number, cases
from wugeyi.organisations.rules import Reach

MOST_FOUND = 8


def find(text: str, reach: Reach, *, now: datetime) -> list[Case]:
    """Return cases within reach by number, or by words among the newest; newest first."""
    typed = text.strip()[:60]
    if not typed:
        return []
    number = by_number(typed)
    if number is not None:
        return list(visible(reach).filter(pk=number))
    found = cases(Filters(tab=Tab.ALL, text=typed), reach, now=now)
    return list(found.order_by("-pk")[:MOST_FOUND])


def among(keys: Iterable[int], reach: Reach) -> list[Case]:
    """Return those of these cases that may be read, newest first; one query."""
    wanted = set(keys)
    if not wanted:
        return []
    return list(visible(reach).filter(pk__in=wanted).order_by("-pk"))


def causes(decision: Decision, reach: Reach) -> tuple[list[Case], int]:
    """Return the cases that caused a decision and may be read, and how many may not."""
    keys = list(decision.causes.values_list("case_id", flat=True))
    seen = among(keys, reach)
    return seen, len(keys) - len(seen)
