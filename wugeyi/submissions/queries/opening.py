"""Opening what phones sent later: what sort it is, its day and place, nobody's words."""

from collections.abc import Sequence
from datetime import date

from wugeyi.figures.openers import Opened
from wugeyi.organisations.queries import within
from wugeyi.organisations.rules import Reach
from wugeyi.submissions import registry
from wugeyi.submissions.models import Submission
from wugeyi.submissions.rules import OPENS


def open_sent(ids: Sequence[int], *, reach: Reach, today: date) -> dict[int, Opened]:
    """Open what came later; its record opens only for those who may read that."""
    rows = Submission.objects.filter(
        within("organisation__path", reach.roots(OPENS)), pk__in=ids
    )
    rows = rows.exclude(staff_url="").select_related("organisation")
    return {
        row.pk: Opened(
            registry.label_of(row.kind),
            row.staff_url,
            row.queued_on,
            row.organisation.name if row.organisation else "",
        )
        for row in rows
    }
