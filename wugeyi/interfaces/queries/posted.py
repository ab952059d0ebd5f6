"""What programs posted, and whether it came before."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from wugeyi.casework.actions.intake import Asker
from wugeyi.casework.models import Case, Category
from wugeyi.interfaces.models import ApiKey, Posted
from wugeyi.interfaces.rules.georeport import Refused, Why
from wugeyi.organisations.models import Organisation

SAME_WITHIN = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Report:
    """What was posted, checked by a form. ``content`` is a digest of all of it."""

    category: Category
    place: Organisation
    text: str
    content: str
    token: str
    named: bool
    spot: str = ""
    lon: float | None = None
    lat: float | None = None
    asker: Asker = field(default_factory=Asker)
    media_url: str = ""


def known(*, key: ApiKey, report: Report, at: datetime) -> Posted | None:
    """Return what the same post made before; None if this is the first.

    The same token is the same post; without one, the same content within ten minutes.

    Raises
    ------
    Refused
        OTHER_CONTENT: the token came with something else before.
    """
    rows = Posted.objects.select_related("case__handler", "case__category")
    rows = rows.filter(key=key)
    if not report.named:
        recent = rows.filter(content=report.content, at__gt=at - SAME_WITHIN)
        return recent.order_by("-at").first()
    found = rows.filter(token=report.token).first()
    if found is not None and found.content != report.content:
        raise Refused(Why.OTHER_CONTENT)
    return found


def of_case(case: Case) -> Posted | None:
    """Return how a case was posted."""
    return Posted.objects.select_related("key").filter(case=case).first()
