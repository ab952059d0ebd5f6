"""What a community shares when a row of sharing is asked."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from tests.casework.world import NOW, World
from tests.sharing.corner import TOMORROW, Corner, build
from wugeyi.sharing.actions import bookings, thanks, things, using
from wugeyi.sharing.models import Booking, Word

Laid = tuple[dict[str, Any], dict[str, Any]]
LATER = NOW + timedelta(days=1, hours=2)


def _booked(world: World) -> tuple[Corner, Booking]:
    corner = build(world)
    return corner, bookings.book(wish=corner.wish(), at=NOW)


def partners(world: World) -> Laid:
    return {"code": build(world).world.community.code}, {}


def partner(world: World) -> Laid:
    return {"pk": build(world).partner.pk}, {}


def thing(world: World) -> Laid:
    return {"pk": build(world).room.pk}, {}


def booking(world: World) -> Laid:
    return {"pk": _booked(world)[1].pk}, {}


def receipt(world: World) -> Laid:
    return {"code": _booked(world)[1].code}, {}


def word(world: World) -> Laid:
    build(world)
    return {"pk": Word.objects.earliest("pk").pk}, {}


def act_on_unit(world: World) -> Laid:
    return {"noun": "unit", "pk": world.community.pk, "slug": "partner"}, {}


def act_on_partner(world: World) -> Laid:
    return {"noun": "partner", "pk": build(world).partner.pk, "slug": "thing"}, {}


def act_on_thing(world: World) -> Laid:
    return {"noun": "thing", "pk": build(world).room.pk, "slug": "hours"}, {}


def act_on_day(world: World) -> Laid:
    corner = build(world)
    row = things.set_other_day(
        thing=corner.room, on=TOMORROW, span=None, why="", by=corner.by, at=NOW
    )
    return {"noun": "other-day", "pk": row.pk, "slug": "drop"}, {}


def act_on_booking(world: World) -> Laid:
    return {"noun": "booking", "pk": _booked(world)[1].pk, "slug": "accept"}, {}


def act_on_thanks(world: World) -> Laid:
    corner, row = _booked(world)
    usual = {"by": corner.by, "at": LATER}
    using.accept(booking=row, **usual)
    using.use(booking=row, **usual)
    using.give_back(booking=row, **usual)
    said = thanks.thank(booking=row, text="谢谢", at=LATER)
    return {"noun": "thanks", "pk": said.pk, "slug": "publish"}, {}


SETUPS: dict[str, Callable[[World], Laid]] = {
    "sh-place": partners,
    "sh-partner": partner,
    "sh-thing": thing,
    "sh-booking": booking,
    "sh-receipt": receipt,
    "sh-word": word,
    "sh-on-unit": act_on_unit,
    "sh-on-partner": act_on_partner,
    "sh-on-thing": act_on_thing,
    "sh-on-day": act_on_day,
    "sh-on-booking": act_on_booking,
    "sh-on-thanks": act_on_thanks,
}
