"""What changes would do: before and after, home by home; nothing is written."""

from dataclasses import dataclass, replace
from datetime import date

from wugeyi.circles import adapter
from wugeyi.circles.adapter import Changed
from wugeyi.circles.models import Circle, Scenario
from wugeyi.circles.queries import seen as looking
from wugeyi.circles.queries.inputs import Gathered, gather
from wugeyi.circles.queries.notices import Notice
from wugeyi.circles.queries.seen import Seen, seconds_of
from wugeyi.circles.rules import changes as rules
from wugeyi.circles.rules.changes import Change, What
from wugeyi.circles.rules.paces import Setting
from wugeyi.circles.rules.refusals import Refused, Why
from wugeyi.places.models import FacilityKind


@dataclass(frozen=True, slots=True)
class Moved:
    """A home whose way to a kind changes. None: beyond the horizon.

    ``crosses``: "in" comes inside the limit, "out" falls outside it, "" neither.
    """

    home: int
    kind_id: int
    before_seconds: int | None
    after_seconds: int | None
    crosses: str


@dataclass(frozen=True, slots=True)
class KindEffect:
    """Whom changes bring inside a kind's limit, and whom they take out."""

    kind: FacilityKind
    limit_seconds: int
    homes_gained: int
    homes_lost: int
    residents_gained: int
    residents_lost: int
    elderly_gained: int
    elderly_lost: int
    homes_nearer: int
    homes_farther: int
    # After the changes.
    residents_inside: int


@dataclass(frozen=True, slots=True)
class Effect:
    """All of it, with the look before that it is measured against."""

    seen: Seen
    kinds: tuple[KindEffect, ...]
    moved: tuple[Moved, ...]
    # Such as: the link ends 40 m from the nearest way.
    notices: tuple[Notice, ...]
    # How long the engine took, for who asks.
    milliseconds: float


def effect(
    circle: Circle,
    setting: Setting,
    changes: tuple[Change, ...],
    *,
    today: date,
) -> Effect:
    """Return what changes together would do, exact against computing all anew.

    Raises
    ------
    Refused
        As ``seen``; and OFF_NETWORK, OUT_OF_BOUNDS, SAME_POINT, GONE, NOTHING_CHANGED,
        TOO_MANY, BAD_VALUE with ``values["position"]``, the change from 1.
    """
    rules.check(changes)
    gathered = gather(circle, setting, today=today)
    if not gathered.homes:
        raise Refused(Why.NO_HOMES)
    seen = looking.of(circle, setting, gathered, today=today)
    found = adapter.change(gathered.inputs, _asked(gathered, changes))
    return Effect(
        seen=seen,
        kinds=tuple(
            KindEffect(
                kind=kind.kind, limit_seconds=kind.limit_seconds, **gain.columns()
            )
            for kind, gain in zip(seen.kinds, found.gains, strict=True)
        ),
        moved=tuple(_moved(gathered, found)),
        notices=tuple(_far_ends(found)),
        milliseconds=found.milliseconds,
    )


def _asked(
    gathered: Gathered, changes: tuple[Change, ...]
) -> tuple[adapter.Asked, ...]:
    """Return changes with kinds and facilities by their place among what was gathered."""
    kinds = {kind.pk: place for place, kind in enumerate(gathered.kinds)}
    facilities = {each.key: at for at, each in enumerate(gathered.facilities)}
    asked = []
    for position, change in enumerate(changes, start=1):
        kind = facility = -1
        if change.what is What.OPEN_FACILITY:
            kind = kinds.get(change.kind_id or 0, -1)
        elif change.what is What.CLOSE_FACILITY:
            facility = facilities.get(change.facility_id or 0, -1)
        lacks_kind = change.what is What.OPEN_FACILITY and kind < 0
        lacks_facility = change.what is What.CLOSE_FACILITY and facility < 0
        if lacks_kind or lacks_facility:
            raise Refused(Why.GONE, position=position)
        asked.append(adapter.Asked(change, kind, facility))
    return tuple(asked)


def _moved(gathered: Gathered, found: Changed) -> list[Moved]:
    limits = gathered.inputs.limits_ms
    return [
        Moved(
            home=gathered.homes[home].key,
            kind_id=gathered.kinds[kind].pk,
            before_seconds=seconds_of(before),
            after_seconds=seconds_of(after),
            crosses=_crosses(before, after, limits[kind]),
        )
        for home, kind, before, after in found.moved
    ]


def _crosses(before: int | None, after: int | None, limit: int) -> str:
    was = before is not None and before <= limit
    is_now = after is not None and after <= limit
    if was == is_now:
        return ""
    return "in" if is_now else "out"


def _far_ends(found: Changed) -> list[Notice]:
    return [
        Notice(
            "link_far",
            "note",
            f"第 {position} 项的端点离最近的路还有 {metres} 米，已接到那条路上。",
            f"An end of change {position} lies {metres} m from the nearest way; it was "
            "joined to that way.",
            lon,
            lat,
        )
        for position, metres, lon, lat in found.far_ends
    ]


def effect_of(scenario: Scenario, setting: Setting, *, today: date) -> Effect:
    """Return what a saved scenario would do on the streets as they are known now.

    A notice says so if it was drawn on an older version of them.
    """
    changes = tuple(row.said() for row in scenario.changes.all())
    found = effect(scenario.circle, setting, changes, today=today)
    if scenario.network.digest == scenario.circle.network.digest:
        return found
    old = Notice(
        "old_scenario",
        "warning",
        f"这个方案是在旧路网（{scenario.network.name}）上画的，"
        "现在按新路网算，请核对线路还对不对。",
        f"This scenario was drawn on older streets ({scenario.network.name}) and is "
        "computed on the present ones; check that its lines still fit.",
    )
    return replace(found, notices=(old, *found.notices))
