"""What volunteers and neighbours did when a row is asked; the one without a post helps."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from tests.casework.world import World
from tests.volunteering import people as riders
from wugeyi.volunteering.actions import (
    belonging,
    certificates,
    emergencies,
    hours,
    people,
)
from wugeyi.volunteering.models import Volunteer

Laid = tuple[dict[str, Any], dict[str, Any]]


def _rider(world: World) -> Volunteer:
    return riders.rider(world, user=world["postless"])


def own(world: World) -> Laid:
    _rider(world)
    return {}, {}


def own_unit(world: World) -> Laid:
    _rider(world)
    return {"code": world.community.code}, {"client_id": str(uuid4())}


def secret(world: World) -> Laid:
    volunteer = riders.rider(world)
    return {"secret": people.renew_link(volunteer=volunteer, at=world.now())}, {}


def asked(world: World) -> Laid:
    return {"pk": riders.asked(world).pk}, {}


def opened(world: World) -> Laid:
    _rider(world)
    return {"pk": riders.opened(world).pk}, {}


def taken(world: World) -> Laid:
    return {"pk": riders.taken(world, _rider(world)).pk}, {}


def code(world: World) -> Laid:
    return {"code": riders.asked(world).code}, {}


def withdraw(world: World) -> Laid:
    return {"code": riders.asked(world).code, "act": "withdraw"}, {}


def deed(world: World) -> Laid:
    return {"pk": riders.did(world, _rider(world)).pk}, {}


def picture(world: World) -> Laid:
    row = riders.did(world, _rider(world), after=riders.picture(world))
    return {"pk": row.pk, "which": "after"}, {}


def span(world: World) -> Laid:
    start = world.now() - timedelta(hours=3)
    return {"pk": riders.span(world, _rider(world), start=start).pk}, {}


def certificate(world: World) -> Laid:
    volunteer = _rider(world)
    row = riders.span(world, volunteer, start=world.now() - timedelta(hours=3))
    hours.confirm(hours=row, minutes=60, by=world["worker"], at=world.now())
    made = certificates.issue(
        client_id=uuid4(),
        volunteer=volunteer,
        first=date(2026, 1, 1),
        last=date(2026, 12, 31),
        at=world.now(),
    )
    return {"code": made.code}, {}


def team(world: World) -> Laid:
    _rider(world)
    return {"pk": riders.team(world).pk}, {}


def activity(world: World) -> Laid:
    _rider(world)
    return {"pk": riders.activity(world).pk}, {}


def check_in(world: World) -> Laid:
    row = belonging.check_in(
        client_id=uuid4(),
        volunteer=_rider(world),
        organisation=world.community,
        at=world.now(),
    )
    return {"pk": row.pk}, {}


def alarm(world: World) -> Laid:
    return {"pk": riders.alarm(world).pk}, {}


def seen(world: World) -> Laid:
    row = riders.alarm(world)
    emergencies.notice(emergency=row, by=world["worker"], at=world.now())
    return {"pk": row.pk}, {}


def sounded(world: World) -> Laid:
    return {"client_id": riders.alarm(world).client_id}, {}


SETUPS: dict[str, Callable[[World], Laid]] = {
    "v-own": own,
    "v-unit": own_unit,
    "v-secret": secret,
    "v-asked": asked,
    "v-open": opened,
    "v-taken": taken,
    "v-code": code,
    "v-withdraw": withdraw,
    "v-deed": deed,
    "v-picture": picture,
    "v-span": span,
    "v-paper": certificate,
    "v-team": team,
    "v-activity": activity,
    "v-check-in": check_in,
    "v-alarm": alarm,
    "v-seen": seen,
    "v-sounded": sounded,
}
