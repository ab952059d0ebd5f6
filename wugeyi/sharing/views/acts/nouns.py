"""What acts are done to: how a row is found, whose it is, where its page is."""

from typing import Any

from django.urls import reverse

from wugeyi.organisations.models import Organisation
from wugeyi.sharing.models import Booking, OtherDay, Partner, Thanks, Thing
from wugeyi.sharing.views.acts import bookings, partners, things
from wugeyi.sharing.views.acts.spec import Noun


def _own_page(row: Any) -> tuple[str, str]:
    return row.get_absolute_url(), str(row)


def _day(unit: Organisation) -> tuple[str, str]:
    return reverse("sharing:day", args=[unit.code]), unit.name


def _booking(row: Booking) -> tuple[str, str]:
    return row.get_absolute_url(), row.thing.title


def _thanks(row: Thanks) -> tuple[str, str]:
    return reverse("sharing:thanks", args=[row.community.code]), row.community.name


NOUNS: dict[str, Noun] = {
    "unit": Noun(
        lambda pk: Organisation.objects.filter(pk=pk, valid_to=None).first(),
        lambda row: row,
        _day,
        partners.OF_UNIT,
    ),
    "partner": Noun(
        lambda pk: (
            Partner.objects.select_related("community", "organisation")
            .filter(pk=pk)
            .first()
        ),
        lambda row: row.community,
        _own_page,
        {**partners.OF_PARTNER, **things.OF_PARTNER},
    ),
    "thing": Noun(
        lambda pk: (
            Thing.objects.select_related("community", "partner").filter(pk=pk).first()
        ),
        lambda row: row.community,
        _own_page,
        things.OF_THING,
    ),
    "other-day": Noun(
        lambda pk: (
            OtherDay.objects.select_related("thing__community").filter(pk=pk).first()
        ),
        lambda row: row.thing.community,
        lambda row: _own_page(row.thing),
        things.OF_OTHER_DAY,
    ),
    "booking": Noun(
        lambda pk: (
            Booking.objects.select_related("thing__community").filter(pk=pk).first()
        ),
        lambda row: row.thing.community,
        _booking,
        bookings.OF_BOOKING,
    ),
    "thanks": Noun(
        lambda pk: (
            Thanks.objects.select_related("community", "booking__thing")
            .filter(pk=pk)
            .first()
        ),
        lambda row: row.community,
        _thanks,
        bookings.OF_THANKS,
    ),
}
