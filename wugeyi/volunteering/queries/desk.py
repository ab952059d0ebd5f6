"""What a community's staff look at: hours to confirm, deeds, teams."""

from django.db.models import Count, Q

from wugeyi.organisations.models import Organisation
from wugeyi.organisations.queries import within
from wugeyi.organisations.rules import Reach
from wugeyi.ui.paging import Page, cut
from wugeyi.volunteering.models import Activity, Deed, Hours, Team
from wugeyi.volunteering.rules import access

SIZE = 25


def waiting_hours(unit: Organisation, *, older: int = 0) -> Page[Hours]:
    """Return the spans that wait for a word, newest first."""
    rows = (
        Hours.objects.filter(
            within("organisation__path", [unit.path]), state=Hours.State.CLAIMED.value
        )
        .select_related("organisation", "volunteer", "help", "deed", "activity")
        .defer("help__text", "help__address", "help__name", "help__phone")
    )
    return cut(rows, older=older, size=SIZE)


def hours_in_reach(pk: int, reach: Reach) -> Hours | None:
    """Return a span within reach."""
    return (
        Hours.objects.filter(
            within("organisation__path", reach.roots(access.READS)), pk=pk
        )
        .select_related("organisation", "volunteer")
        .first()
    )


def deeds(unit: Organisation, *, older: int = 0) -> Page[Deed]:
    """Return what was done at and below a unit, newest first."""
    rows = Deed.objects.filter(
        within("organisation__path", [unit.path]), withdrawn_at=None
    ).select_related("organisation")
    return cut(rows, older=older, size=SIZE)


def deed_in_reach(pk: int, reach: Reach) -> Deed | None:
    """Return a deed within reach."""
    return (
        Deed.objects.filter(
            within("organisation__path", reach.roots(access.READS)), pk=pk
        )
        .select_related("organisation", "before", "after")
        .first()
    )


def teams(unit: Organisation) -> list[Team]:
    """Return a unit's own teams with how many are in each now; one query."""
    return list(
        Team.objects.filter(organisation=unit)
        .annotate(people=Count("members", filter=Q(members__until=None)))
        .order_by("-pk")[:100]
    )


def activities(unit: Organisation, *, older: int = 0) -> Page[Activity]:
    """Return a unit's own activities, newest first, with how many mean to come."""
    rows = (
        Activity.objects.filter(organisation=unit)
        .select_related("team")
        .annotate(people=Count("sign_ups", filter=Q(sign_ups__withdrawn_at=None)))
    )
    return cut(rows, older=older, size=SIZE)
