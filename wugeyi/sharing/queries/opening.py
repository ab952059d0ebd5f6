"""Opening the records behind figures: one query each, nobody named."""

from collections.abc import Callable, Sequence
from datetime import date

from wugeyi.figures.openers import Opened
from wugeyi.organisations.queries import within
from wugeyi.organisations.rules import Reach
from wugeyi.sharing.models import Booking, Partner, Thing
from wugeyi.sharing.rules import access


def open_partners(
    ids: Sequence[int], *, reach: Reach, today: date
) -> dict[int, Opened]:
    """Open partners."""
    rows = Partner.objects.filter(
        within("community__path", reach.roots(access.READS)), pk__in=ids
    ).select_related("community")
    return {
        row.pk: Opened(
            row.name, row.get_absolute_url(), row.since_on, row.community.name
        )
        for row in rows
    }


def open_things(ids: Sequence[int], *, reach: Reach, today: date) -> dict[int, Opened]:
    """Open things."""
    rows = Thing.objects.filter(
        within("community__path", reach.roots(access.READS)), pk__in=ids
    ).select_related("community")
    return {
        row.pk: Opened(
            row.title, row.get_absolute_url(), row.since_on, row.community.name
        )
        for row in rows
    }


def open_uses(ids: Sequence[int], *, reach: Reach, today: date) -> dict[int, Opened]:
    """Open bookings that were used, by their thing."""
    rows = Booking.objects.filter(
        within("thing__community__path", reach.roots(access.READS)), pk__in=ids
    ).select_related("thing__community")
    return {
        row.pk: Opened(
            row.thing.title,
            row.get_absolute_url(),
            row.first_on,
            row.thing.community.name,
        )
        for row in rows
    }


OPENERS: dict[str, Callable[..., dict[int, Opened]]] = {
    "sharing_partner": open_partners,
    "sharing_thing": open_things,
    "sharing_booking": open_uses,
}
