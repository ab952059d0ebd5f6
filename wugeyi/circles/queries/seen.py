"""What a circle's homes reach: computed from the records, kept while they stay the same.

The first look of a process loads the network (milliseconds) and searches it; later
looks with the same network, homes, facilities, pace and limits are a dictionary's.
"""

from dataclasses import dataclass, field
from datetime import date

from wugeyi.circles.models import Circle
from wugeyi.circles.rules.paces import Setting
from wugeyi.places.models import Facility, FacilityKind, Network


@dataclass(frozen=True, slots=True)
class Counts:
    """Homes, residents and older residents: inside the limit, outside, not known."""

    homes_inside: int = 0
    homes_outside: int = 0
    homes_unknown: int = 0
    residents_inside: int = 0
    residents_outside: int = 0
    residents_unknown: int = 0
    elderly_inside: int = 0
    elderly_outside: int = 0
    elderly_unknown: int = 0


@dataclass(frozen=True, slots=True)
class SeenKind:
    """One category: its limit, who is inside, whether it is enough, who has it worst."""

    kind: FacilityKind
    limit_seconds: int
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
class Notice:
    """A finding to show: a code, a severity (error, warning, note), both languages."""

    code: str
    severity: str
    text_zh: str
    text_en: str
    lon: float | None = None
    lat: float | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """Everything a circle's page shows at one setting."""

    circle: Circle
    setting: Setting
    kinds: tuple[SeenKind, ...]
    homes: tuple[SeenHome, ...]
    facilities: tuple[Facility, ...]
    # Those among them that lie too far from every way.
    unattached: frozenset[int]
    # Inside only if inside for every kind that has a facility or a limit at all.
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
    raise NotImplementedError


def worst(found: Seen, kind_id: int, *, limit: int = 20) -> list[SeenHome]:
    """Return the homes farthest from a kind, those beyond the horizon first."""
    raise NotImplementedError
