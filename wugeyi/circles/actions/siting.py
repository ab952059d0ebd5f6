"""Asking where the next facilities help most; the worker of ``jobs`` answers."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from wugeyi.circles import adapter
from wugeyi.circles.actions.scenarios import Saved, save
from wugeyi.circles.actions.writing import By, note, take
from wugeyi.circles.models import Circle, Site, Siting
from wugeyi.circles.rules.changes import Change, Plan, What
from wugeyi.circles.rules.paces import Pace
from wugeyi.circles.rules.refusals import Refused, Why
from wugeyi.jobs.actions import ask
from wugeyi.places.models import FacilityKind

MOST_SITES = 20
WORK = "circles.siting"


@dataclass(frozen=True, slots=True)
class Question:
    """What a form asks. ``capacity``: people one new facility serves; None: all."""

    client_id: UUID
    kind: FacilityKind
    sites: int = 3
    whom: str = Siting.For.RESIDENTS.value
    pace: Pace = Pace.ADULT
    capacity: int | None = None
    prove: bool = False


def ask_for_sites(
    *, circle: Circle, question: Question, by: By, at: datetime
) -> Siting:
    """Queue the search; its ``work`` tells how far it is and can be cancelled.

    The same ``client_id`` again gives the question that is there.

    Raises
    ------
    Refused
        BAD_VALUE (sites not 1 to 20, capacity 0, kind of another template),
        NEEDS_PLANNING, CLOSED.
    """
    _check(circle, question)
    known = _known(question.client_id)
    if known is not None:
        return known
    try:
        with transaction.atomic():
            return _queue(take(circle), question, by, at)
    except IntegrityError:
        known = _known(question.client_id)
        if known is None:
            raise
        return known


def _known(client_id: UUID) -> Siting | None:
    return Siting.objects.filter(client_id=client_id).select_related("work").first()


def _check(circle: Circle, question: Question) -> None:
    if not 1 <= question.sites <= MOST_SITES:
        raise Refused(Why.BAD_VALUE, field="sites", most=MOST_SITES)
    if question.capacity is not None and question.capacity < 1:
        raise Refused(Why.BAD_VALUE, field="capacity")
    if question.kind.template_id != circle.template_id:
        raise Refused(Why.BAD_VALUE, field="kind")
    missing = adapter.lacking(proof=question.prove)
    if missing:
        raise Refused(Why.NEEDS_PLANNING, packages=", ".join(missing))


def _queue(circle: Circle, question: Question, by: By, at: datetime) -> Siting:
    setting = circle.setting(question.pace)
    made = Siting.objects.create(
        client_id=question.client_id,
        circle=circle,
        kind=question.kind,
        sites=question.sites,
        whom=question.whom,
        pace=setting.pace.value,
        slope=setting.slope,
        minutes=setting.minutes,
        capacity=question.capacity,
        prove=question.prove,
        network=circle.network,
        by=by,
        at=at,
    )
    made.work = ask(
        kind=WORK,
        subject=made.pk,
        organisation_id=circle.organisation_id,
        by=by,
        at=at,
    )
    made.save(update_fields=["work"])
    note(
        made,
        action="ask_for_sites",
        by=by,
        at=at,
        after={
            "kind": question.kind.pk,
            "sites": question.sites,
            "whom": question.whom,
            "pace": setting.pace.value,
            "capacity": question.capacity,
            "prove": question.prove,
        },
    )
    return made


@transaction.atomic
def answer(
    *,
    siting: Siting,
    found: adapter.Sited,
    digest: str,
    at: datetime,
) -> Siting:
    """Write what the search found; a second run of the same work replaces the first's."""
    fresh = (
        Siting.objects.select_for_update(of=("self",))
        .select_related("circle", "by")
        .get(pk=siting.pk)
    )
    fresh.found.all().delete()
    Site.objects.bulk_create(
        Site(
            siting=fresh,
            position=position,
            lon=site.lon,
            lat=site.lat,
            residents=site.residents,
            elderly=site.elderly,
            homes=site.homes,
        )
        for position, site in enumerate(found.sites, start=1)
    )
    fresh.outside = found.outside
    fresh.gained = found.gained
    fresh.bound = found.bound
    fresh.proven = found.proven
    fresh.cancelled = found.cancelled
    fresh.digest = digest
    fresh.finished_at = at
    fresh.save()
    note(
        fresh,
        action="answer_sites",
        by=fresh.by,
        at=at,
        after={
            "sites": len(found.sites),
            "gained": found.gained,
            "bound": found.bound,
            "digest": digest,
        },
    )
    return fresh


def adopt_site(
    *,
    site: Site,
    client_id: UUID,
    name: str,
    on: date,
    by: By,
    at: datetime,
) -> Saved:
    """Make a scenario of the proposed sites up to this one, to compare with others.

    Raises
    ------
    Refused
        As ``scenarios.save``.
    """
    siting = Siting.objects.select_related(
        "circle__organisation", "circle__network", "circle__template", "kind"
    ).get(pk=site.siting_id)
    chosen = list(siting.found.filter(position__lte=site.position))
    changes = tuple(
        Change(
            what=What.OPEN_FACILITY,
            lon=each.lon,
            lat=each.lat,
            kind_id=siting.kind_id,
            capacity=siting.capacity,
        )
        for each in chosen
    )
    saved = save(
        circle=siting.circle,
        client_id=client_id,
        plan=Plan(name=name, changes=changes),
        on=on,
        by=by,
        at=at,
    )
    if saved.created:
        Site.objects.filter(pk=site.pk).update(scenario=saved.scenario)
    return saved
