"""A circle begins, changes, follows a newer network, is published and closed."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from wugeyi.circles.actions.counting import (
    begin_areas,
    count_assessments,
    count_circles,
    settle_areas,
)
from wugeyi.circles.actions.writing import By, note, put, take
from wugeyi.circles.models import Circle
from wugeyi.circles.rules.paces import DEFAULT_MINUTES, DEFAULT_MM_S, Pace
from wugeyi.circles.rules.refusals import Refused, Why
from wugeyi.organisations.models import Organisation
from wugeyi.places.models import Network, Template

# Without letters and digits that are taken for each other on paper.
LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
CODE_LENGTH = 8


@dataclass(frozen=True, slots=True)
class Plan:
    """What a form says of a new circle. Speeds in millimetres a second."""

    client_id: UUID
    organisation: Organisation
    name: str
    network: Network
    template: Template
    begun_on: date
    minutes: int = DEFAULT_MINUTES
    adult_mm_s: int = DEFAULT_MM_S[Pace.ADULT]
    elder_mm_s: int = DEFAULT_MM_S[Pace.ELDER]
    planners_mm_s: int = DEFAULT_MM_S[Pace.PLANNERS]
    slope: bool = False


@dataclass(frozen=True, slots=True)
class Created:
    """The circle, and whether this call made it or an earlier one did."""

    circle: Circle
    created: bool


def create(*, plan: Plan, by: By, at: datetime) -> Created:
    """Begin a circle; the same ``client_id`` again gives the one that is there.

    The first open circle of an organisation counts in figures, others are for trying
    until it is closed (``close``).

    Raises
    ------
    Refused
        NEEDS_TEXT without a name, NO_NETWORK for one that was never accepted,
        NO_HEIGHTS if slope is asked of a network without heights, BAD_VALUE for a
        speed or time nobody walks.
    """
    _check(plan)
    known = Circle.objects.filter(client_id=plan.client_id).first()
    if known is not None:
        return Created(known, created=False)
    try:
        with transaction.atomic():
            return Created(_create(plan, by, at), created=True)
    except IntegrityError:
        known = Circle.objects.filter(client_id=plan.client_id).first()
        if known is None:
            raise
        return Created(known, created=False)


def _check(plan: Plan) -> None:
    if not plan.name.strip():
        raise Refused(Why.NEEDS_TEXT, field="name")
    if plan.network.accepted_at is None:
        raise Refused(Why.NO_NETWORK)
    _walkable(plan.network, _settings(plan))


def _settings(plan: Plan) -> dict[str, object]:
    return {
        "minutes": plan.minutes,
        "adult_mm_s": plan.adult_mm_s,
        "elder_mm_s": plan.elder_mm_s,
        "planners_mm_s": plan.planners_mm_s,
        "slope": plan.slope,
    }


def _walkable(network: Network, values: Mapping[str, object]) -> None:
    trial = Circle(network=network, **values)
    if trial.slope and not network.has_rise:
        raise Refused(Why.NO_HEIGHTS)
    for pace in Pace:
        try:
            trial.setting(pace)
        except ValueError:
            raise Refused(Why.BAD_VALUE, field=f"{pace.value}_mm_s") from None


def _create(plan: Plan, by: By, at: datetime) -> Circle:
    taken = Circle.objects.filter(
        organisation=plan.organisation, counts=True, closed_at=None
    ).exists()
    circle = Circle.objects.create(
        client_id=plan.client_id,
        code="".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH)),
        organisation=plan.organisation,
        name=plan.name.strip(),
        network=plan.network,
        template=plan.template,
        **_settings(plan),
        counts=not taken,
        begun_on=plan.begun_on,
        created_by=by,
        created_at=at,
    )
    note(
        circle,
        action="create",
        by=by,
        at=at,
        after={
            "name": circle.name,
            "network": plan.network.pk,
            "template": plan.template.code,
            **_settings(plan),
        },
    )
    count_circles([circle.pk], at=at, new=True)
    return circle


@transaction.atomic
def change(
    *,
    circle: Circle,
    values: Mapping[str, object],
    by: By,
    at: datetime,
    version: int | None = None,
) -> Circle:
    """Change name, template, minutes, speeds or slope of a circle.

    What was assessed stays as it was; the page says that it is of other settings.

    Raises
    ------
    Refused
        As ``create``; CHANGED, CLOSED; BAD_VALUE for a column that is not a setting.
    """
    circle = take(circle, version=version)
    allowed = {"name", "template", *_settings_names()}
    if set(values) - allowed:
        raise Refused(Why.BAD_VALUE, field=min(set(values) - allowed))
    if not str(values.get("name", circle.name)).strip():
        raise Refused(Why.NEEDS_TEXT, field="name")
    told = {name: getattr(circle, name) for name in _settings_names()}
    told |= {name: values[name] for name in _settings_names() if name in values}
    _walkable(circle.network, told)
    put(circle, action="change", by=by, at=at, values=values)
    return circle


def _settings_names() -> tuple[str, ...]:
    return ("minutes", "adult_mm_s", "elder_mm_s", "planners_mm_s", "slope")


@transaction.atomic
def use_network(
    *,
    circle: Circle,
    network: Network,
    by: By,
    at: datetime,
    version: int | None = None,
) -> Circle:
    """Let a circle follow another version of the streets.

    Scenarios keep the one they were drawn on and say so until they are computed anew.

    Raises
    ------
    Refused
        NO_NETWORK, NO_HEIGHTS, CHANGED, CLOSED.
    """
    circle = take(circle, version=version)
    if network.accepted_at is None:
        raise Refused(Why.NO_NETWORK)
    if circle.slope and not network.has_rise:
        raise Refused(Why.NO_HEIGHTS)
    put(circle, action="use_network", by=by, at=at, values={"network": network})
    return circle


@transaction.atomic
def publish(
    *, circle: Circle, by: By, at: datetime, version: int | None = None
) -> Circle:
    """Open the residents' page to everybody who has its code."""
    circle = take(circle, version=version)
    if circle.published_at is None:
        put(circle, action="publish", by=by, at=at, values={"published_at": at})
    return circle


@transaction.atomic
def unpublish(
    *, circle: Circle, by: By, at: datetime, version: int | None = None
) -> Circle:
    """Close the residents' page; the code stays for the next time."""
    circle = take(circle, version=version)
    if circle.published_at is not None:
        put(circle, action="unpublish", by=by, at=at, values={"published_at": None})
    return circle


@transaction.atomic
def close(
    *,
    circle: Circle,
    on: date,
    by: By,
    at: datetime,
    version: int | None = None,
) -> Circle:
    """End a circle: its page stays, figures count it until the day it was closed.

    If it counted, the oldest open circle of the same organisation counts from then on,
    with the assessments that stand.
    """
    circle = take(circle, version=version)
    values: dict[str, object] = {
        "closed_at": at,
        "closed_on": on,
        "published_at": None,
    }
    put(circle, action="close", by=by, at=at, values=values)
    settle_areas(circle=circle, on=on, at=at)
    if circle.counts:
        _pass_on(circle, on=on, at=at)
    count_circles([circle.pk], at=at)
    count_assessments(circle.assessments.values_list("pk", flat=True), at=at)
    return circle


def _pass_on(circle: Circle, *, on: date, at: datetime) -> None:
    """Let another circle of the organisation count; part of closing this one."""
    heir = (
        Circle.objects.select_for_update()
        .filter(organisation=circle.organisation_id, closed_at=None)
        .order_by("pk")
        .first()
    )
    if heir is None:
        return
    heir.counts = True
    heir.version += 1
    heir.save(update_fields=["counts", "version"])
    begin_areas(circle=heir, on=on, at=at)
