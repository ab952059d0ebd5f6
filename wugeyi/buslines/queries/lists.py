"""Lists of lines and of their records: newest first, by key."""

from wugeyi.buslines.models import Line
from wugeyi.buslines.queries.access import visible
from wugeyi.organisations.rules import Reach
from wugeyi.ui.paging import Page, cut


def lines(
    reach: Reach, *, older: int = 0, newer: int = 0, ended: bool = False
) -> Page[Line]:
    """Return one page of lines within one's reach; one query."""
    rows = visible(reach).select_related("organisation")
    if not ended:
        rows = rows.filter(closed_on=None)
    return cut(rows, older=older, newer=newer)
