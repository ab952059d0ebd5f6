"""Numbers at the window: taken, called, served, left."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from wugeyi.accounts.models import User
from wugeyi.audit.actions import record
from wugeyi.casework.actions.writing import By, person
from wugeyi.organisations.models import Organisation
from wugeyi.services.actions.counting import count_visits
from wugeyi.services.models import Matter, Service, Visit
from wugeyi.services.queries.queue import last_number
from wugeyi.services.rules.refusals import DeskRefused, Why
from wugeyi.services.rules.trips import Stage, waited_seconds

TRIES = 5


def arrive(
    *,
    desk: Organisation,
    client_id: UUID,
    service: Service | None = None,
    matter: Matter | None = None,
    by: By,
    at: datetime,
) -> Visit:
    """Give the next number of the day; the same ``client_id`` gives the same number.

    ``matter`` is what somebody comes back for.
    """
    for _try in range(TRIES):
        known = Visit.objects.filter(client_id=client_id).first()
        if known is not None:
            return known
        try:
            return _arrive(
                desk=desk,
                client_id=client_id,
                service=service or (matter.service if matter else None),
                matter=matter,
                by=by,
                at=at,
            )
        except IntegrityError:
            # Somebody took this number, or the same press, a moment earlier.
            continue
    return Visit.objects.get(client_id=client_id)


@transaction.atomic
def _arrive(
    *,
    desk: Organisation,
    client_id: UUID,
    service: Service | None,
    matter: Matter | None,
    by: By,
    at: datetime,
) -> Visit:
    day = timezone.localdate(at)
    visit = Visit.objects.create(
        client_id=client_id,
        organisation=desk,
        day=day,
        number=last_number(desk, day) + 1,
        service=service,
        matter=matter,
        arrived_at=at,
        by=person(by),
    )
    record(
        action="services.arrive",
        subject=visit,
        by=by,
        at=at,
        organisation_id=desk.pk,
        after={"number": visit.number, "service": visit.service_id},
    )
    return visit


def _take(visit: Visit, *stages: Stage) -> Visit:
    fresh = Visit.objects.select_for_update(of=("self",)).get(pk=visit.pk)
    if fresh.stage not in stages:
        raise DeskRefused(Why.GONE)
    return fresh


@transaction.atomic
def call(*, visit: Visit, by: User, at: datetime) -> Visit:
    """Call a number to the window; again if nobody came."""
    visit = _take(visit, Stage.WAITING, Stage.CALLED)
    visit.called_at = at
    visit.save(update_fields=["called_at"])
    record(
        action="services.call",
        subject=visit,
        by=by,
        at=at,
        organisation_id=visit.organisation_id,
        after={"number": visit.number},
    )
    return visit


@transaction.atomic
def serve(*, visit: Visit, by: User, at: datetime) -> Visit:
    """Begin with who came to the window: waiting ends here. Twice changes nothing."""
    visit = _take(visit, Stage.WAITING, Stage.CALLED, Stage.SERVING)
    if visit.served_at is not None:
        return visit
    visit.served_at = at
    visit.called_at = visit.called_at or at
    visit.waited_seconds = waited_seconds(
        visit.arrived_at, at, queued=visit.number is not None
    )
    visit.by = by
    visit.save(update_fields=["served_at", "called_at", "waited_seconds", "by"])
    record(
        action="services.serve",
        subject=visit,
        by=by,
        at=at,
        organisation_id=visit.organisation_id,
        after={"number": visit.number, "waited_seconds": visit.waited_seconds},
    )
    return visit


@transaction.atomic
def leave(*, visit: Visit, by: User, at: datetime) -> Visit:
    """Note that somebody left before anything was done for them."""
    visit = _take(visit, Stage.WAITING, Stage.CALLED, Stage.SERVING)
    visit.left_at = at
    visit.save(update_fields=["left_at"])
    record(
        action="services.leave",
        subject=visit,
        by=by,
        at=at,
        organisation_id=visit.organisation_id,
        after={"number": visit.number},
    )
    count_visits([visit], at=at, new=True)
    return visit
