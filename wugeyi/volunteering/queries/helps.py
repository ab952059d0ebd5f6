"""Requests for a hand: what each reader may see of them."""

from datetime import datetime

from django.db.models import QuerySet

from wugeyi.organisations.models import Organisation
from wugeyi.organisations.queries import within
from wugeyi.organisations.rules import Reach
from wugeyi.ui.paging import Page, cut
from wugeyi.volunteering.models import Help, Take, Volunteer
from wugeyi.volunteering.rules import access

SIZE = 25
ENDED = "ended"


def open_helps(
    *, at: datetime, near: Organisation | None = None, older: int = 0
) -> Page[Help]:
    """Return what anybody may take, newest first; two columns of people are not read."""
    rows = Help.objects.filter(state=Help.State.OPEN.value, until__gt=at)
    if near is not None:
        rows = rows.filter(within("organisation__path", [near.path]))
    rows = rows.defer("text", "address", "name", "phone").select_related("organisation")
    return cut(rows, older=older, size=SIZE)


def shown(pk: int) -> Help | None:
    """Return a request that was published once, whatever became of it."""
    return (
        Help.objects.select_related("organisation")
        .filter(pk=pk, published_at__isnull=False)
        .first()
    )


def held_by(row: Help) -> Take | None:
    """Return who has a request now."""
    return (
        Take.objects.filter(help=row, given_back_at=None)
        .select_related("volunteer")
        .first()
    )


def holds(row: Help, volunteer: Volunteer) -> bool:
    """Tell whether somebody has taken a request and it is not over."""
    return (
        row.state in {Help.State.TAKEN.value, Help.State.DONE.value}
        and Take.objects.filter(
            help=row, volunteer=volunteer, given_back_at=None
        ).exists()
    )


def recalled(row: Help) -> list[Take]:
    """Return the takes the community took back, the last one first; never whose."""
    return list(
        Take.objects.filter(help=row)
        .exclude(reason="")
        .select_related("recalled_by")
        .order_by("-pk")
    )


def why_recalled(row: Help, volunteer: Volunteer) -> str:
    """Return why the community took a request back from somebody; blank if it did not."""
    reasons = Take.objects.filter(help=row, volunteer=volunteer).exclude(reason="")
    return reasons.order_by("-pk").values_list("reason", flat=True).first() or ""


def by_code(code: str) -> Help | None:
    """Return a request by the code its asker keeps; it is normalised already."""
    return Help.objects.select_related("organisation").filter(code=code).first()


def at_unit(unit: Organisation, *, state: str, older: int = 0) -> Page[Help]:
    """Return the requests at and below a unit, newest first; ENDED: those that are over."""
    rows = _below(unit)
    if state == ENDED:
        rows = rows.exclude(ended_at=None)
    elif state:
        rows = rows.filter(state=state)
    return cut(rows, older=older, size=SIZE)


def _below(unit: Organisation) -> QuerySet[Help]:
    return Help.objects.filter(
        within("organisation__path", [unit.path])
    ).select_related("organisation")


def reachable(pk: int, reach: Reach) -> Help | None:
    """Return a request within reach."""
    return (
        Help.objects.filter(
            within("organisation__path", reach.roots(access.READS)), pk=pk
        )
        .select_related("organisation", "published_by")
        .first()
    )
