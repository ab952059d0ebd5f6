"""What a circle's homes reach: computed from the records, kept while they stay the same.

The first look of a process loads the network (milliseconds) and searches it; later
looks with the same network, homes, facilities, pace and limits are a dictionary's.
"""

from dataclasses import dataclass, field
from datetime import date

from wugeyi.circles import adapter
from wugeyi.circles.adapter import Look
from wugeyi.circles.models import Circle
from wugeyi.circles.queries.inputs import Gathered, gather
from wugeyi.circles.queries.notices import Notice, notices
from wugeyi.circles.rules.counts import Counts, Found
from wugeyi.circles.rules.paces import Setting
from wugeyi.places.models import FacilityKind, Network
from wugeyi.places.queries import FacilityPoint, network_of

__all__ = ["Counts", "Notice", "Seen", "SeenHome", "SeenKind", "seen", "worst"]


@dataclass(frozen=True, slots=True)
class SeenKind:
    """One category: its limit, who is inside, whether it is enough, who has it worst."""

    kind: FacilityKind
    limit_ms: int
    counts: Counts
    # Facilities near enough to the streets, and of them those some home reaches in time.
    facilities: int
    reached: int
    # As ``models.Coverage`` says.
    capacity: int
    capacity_unknown: int
    demand: int
    lacking: int
    worst_home: int | None
    worst_seconds: int | None

    @property
    def limit_seconds(self) -> int:
        """The limit in whole seconds."""
        return self.limit_ms // 1000


@dataclass(frozen=True, slots=True)
class SeenHome:
    """A home with the seconds to the nearest facility of each kind, in the kinds' order.

    None: farther than ``Seen.horizon_seconds``, or not at all. ``attached`` is False for
    a home too far from every way; its seconds are all None and it counts as not known.
    """

    key: int
    name: str
    organisation_id: int
    lon: float
    lat: float
    residents: int | None
    elderly: int | None
    attached: bool
    seconds: tuple[int | None, ...]
    # Key of the nearest facility of each kind.
    nearest: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """Everything a circle's page shows at one setting."""

    circle: Circle
    setting: Setting
    kinds: tuple[SeenKind, ...]
    homes: tuple[SeenHome, ...]
    facilities: tuple[FacilityPoint, ...]
    # Keys of those among them that lie too far from every way.
    unattached: frozenset[int]
    # Inside: inside for every kind of the template.
    everything: Counts
    notices: tuple[Notice, ...]
    # The network that took the place of the circle's, if one did.
    newer_network: Network | None
    horizon_seconds: int
    # sha256 of all that was computed from; see ``models.Assessment.digest``.
    digest: str
    # Everything by organisation and kind (None: all kinds at once), for figures.
    areas: dict[tuple[int, int | None], Counts] = field(default_factory=dict)


def seen(circle: Circle, setting: Setting, *, today: date) -> Seen:
    """Return what the homes of a circle reach; a fixed number of queries.

    Raises
    ------
    Refused
        NEEDS_PLANNING, NETWORK_LOST, NO_KINDS, NO_HEIGHTS (slope was asked for).
        A circle without homes is none: its tables are empty, and a notice says so.
    """
    return of(circle, setting, gather(circle, setting, today=today), today=today)


def of(circle: Circle, setting: Setting, gathered: Gathered, *, today: date) -> Seen:
    """Return what records that were gathered already say; one query."""
    look = adapter.look(gathered.inputs)
    newer = newer_network(circle, today=today)
    return Seen(
        circle=circle,
        setting=setting,
        kinds=tuple(
            _kind(gathered, kind, found, limit)
            for kind, found, limit in zip(
                gathered.kinds, look.found, gathered.inputs.limits_ms, strict=True
            )
        ),
        homes=_homes(gathered, look),
        facilities=gathered.facilities,
        unattached=frozenset(
            gathered.facilities[at].key for at in look.unattached_facilities
        ),
        everything=look.everything,
        notices=notices(circle, gathered, look, newer),
        newer_network=newer,
        horizon_seconds=gathered.inputs.horizon_ms // 1000,
        digest=gathered.inputs.key,
        areas={
            (area, None if kind is None else gathered.kinds[kind].pk): counts
            for (area, kind), counts in look.areas.items()
        },
    )


def newer_network(circle: Circle, *, today: date) -> Network | None:
    """Return the network a circle's organisation has today, if it is another one."""
    now = network_of(circle.organisation, day=today)
    return None if now is None or now.digest == circle.network.digest else now


def _kind(gathered: Gathered, kind: FacilityKind, found: Found, limit: int) -> SeenKind:
    return SeenKind(
        kind=kind,
        limit_ms=limit,
        counts=found.counts,
        facilities=found.facilities,
        reached=found.reached,
        capacity=found.capacity,
        capacity_unknown=found.capacity_unknown,
        demand=found.demand,
        lacking=found.lacking,
        worst_home=None if found.worst is None else gathered.homes[found.worst].key,
        worst_seconds=seconds_of(found.worst_ms),
    )


def seconds_of(milliseconds: int | None) -> int | None:
    """Return whole seconds, rounded up: fifteen minutes and a bit are not fifteen."""
    return None if milliseconds is None else -(-milliseconds // 1000)


def _homes(gathered: Gathered, look: Look) -> tuple[SeenHome, ...]:
    keys = [facility.key for facility in gathered.facilities]
    return tuple(
        SeenHome(
            key=home.key,
            name=home.name,
            organisation_id=home.organisation_id,
            lon=home.lon,
            lat=home.lat,
            residents=home.residents,
            elderly=home.elderly,
            attached=place not in look.unattached_homes,
            seconds=tuple(map(seconds_of, times)),
            nearest=tuple(None if at is None else keys[at] for at in nearest),
        )
        for place, (home, times, nearest) in enumerate(
            zip(gathered.homes, look.times, look.nearest, strict=True)
        )
    )


def worst(found: Seen, kind_id: int, *, limit: int = 20) -> list[SeenHome]:
    """Return the homes farthest from a kind, those beyond the horizon first."""
    place = next(
        (at for at, each in enumerate(found.kinds) if each.kind.pk == kind_id), None
    )
    if place is None:
        return []
    beyond = found.horizon_seconds + 1

    def how_far(home: SeenHome) -> int:
        told = home.seconds[place]
        return beyond if told is None else told

    known = [home for home in found.homes if home.attached]
    return sorted(known, key=how_far, reverse=True)[:limit]
