"""What acts are done to: how a row is found, whose it is, where its page is."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.urls import reverse

from wugeyi.organisations.models import Organisation
from wugeyi.organisations.views.acts import Act, Noun
from wugeyi.organisations.views.staff import StaffRequest
from wugeyi.sharing.models import Booking, OtherDay, Partner, Thanks, Thing
from wugeyi.sharing.rules import access
from wugeyi.sharing.views.acts import bookings, partners, things
from wugeyi.sharing.views.common import FARTHEST


def _noun(
    rows: Callable[[], QuerySet[Any]],
    unit: Callable[[Any], Organisation],
    page: Callable[[Any], tuple[str, str]],
    acts: Mapping[str, Act],
) -> Noun:
    def load(request: StaffRequest, pk: int) -> Any:
        row = rows().filter(pk=pk).first() if pk < FARTHEST else None
        if row is None or not access.reads(request.reach, unit(row).path):
            raise Http404
        return row

    return Noun(load, unit, page, acts)


def _own_page(row: Any) -> tuple[str, str]:
    return row.get_absolute_url(), str(row)


NOUNS: dict[str, Noun] = {
    "unit": _noun(
        lambda: Organisation.objects.filter(valid_to=None),
        lambda row: row,
        lambda row: (reverse("sharing:day", args=[row.code]), row.name),
        partners.OF_UNIT,
    ),
    "partner": _noun(
        lambda: Partner.objects.select_related("community", "organisation"),
        lambda row: row.community,
        _own_page,
        {**partners.OF_PARTNER, **things.OF_PARTNER},
    ),
    "thing": _noun(
        lambda: Thing.objects.select_related("community", "partner"),
        lambda row: row.community,
        _own_page,
        things.OF_THING,
    ),
    "other-day": _noun(
        lambda: OtherDay.objects.select_related("thing__community"),
        lambda row: row.thing.community,
        lambda row: _own_page(row.thing),
        things.OF_OTHER_DAY,
    ),
    "booking": _noun(
        lambda: Booking.objects.select_related("thing__community"),
        lambda row: row.thing.community,
        lambda row: (row.get_absolute_url(), row.thing.title),
        bookings.OF_BOOKING,
    ),
    "thanks": _noun(
        lambda: Thanks.objects.select_related("community", "booking__thing"),
        lambda row: row.community,
        lambda row: (
            reverse("sharing:thanks", args=[row.community.code]),
            row.community.name,
        ),
        bookings.OF_THANKS,
    ),
}
