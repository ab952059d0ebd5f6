"""What a computation is made of: kinds, homes, facilities on a day; four queries."""

from dataclasses import dataclass
from datetime import date

from wugeyi.circles import adapter
from wugeyi.circles.adapter import Inputs
from wugeyi.circles.models import Circle
from wugeyi.circles.rules import horizons
from wugeyi.circles.rules.paces import Setting, limit_ms
from wugeyi.circles.rules.refusals import Refused, Why
from wugeyi.places import gateway
from wugeyi.places.models import FacilityKind
from wugeyi.places.queries import (
    FacilityPoint,
    HomePoint,
    facilities_in,
    homes_of,
    kinds_of,
)

# Of Guiyang's ten characters: the one whose places are for older people.
FOR_ELDERLY = "老"


@dataclass(frozen=True, slots=True)
class Gathered:
    """Records in the order in which the engine knows them."""

    kinds: tuple[FacilityKind, ...]
    homes: tuple[HomePoint, ...]
    facilities: tuple[FacilityPoint, ...]
    inputs: Inputs


def gather(circle: Circle, setting: Setting, *, today: date) -> Gathered:
    """Read what the homes of a circle are looked at with.

    Facilities are those near enough to be walked to from some home within the horizon,
    whoever keeps them.

    Raises
    ------
    Refused
        NEEDS_PLANNING, NETWORK_LOST, NO_KINDS, NO_HEIGHTS.
    """
    kinds = tuple(kinds_of(circle.template))
    if not kinds:
        raise Refused(Why.NO_KINDS)
    _ready(circle, setting)
    limits = tuple(
        limit_ms(setting, minutes=kind.limit_minutes, metres=kind.limit_m)
        for kind in kinds
    )
    horizon = horizons.horizon_ms(limits)
    homes = tuple(homes_of(circle.organisation, day=today))
    bounds = horizons.wider(circle.network.bounds, adapter.DOOR_LIMIT_M)
    if homes:
        wide = horizons.metres_in(horizon, setting.speed_mm_s)
        near = horizons.around([(home.lon, home.lat) for home in homes], wide)
        bounds = horizons.meet(bounds, near)
    facilities = tuple(facilities_in(bounds, day=today, template=circle.template))
    number = {kind.code: place for place, kind in enumerate(kinds)}
    inputs = Inputs(
        path=gateway.network_path(circle.network),
        network=circle.network.digest,
        speed_mm_s=setting.speed_mm_s,
        slope=setting.slope,
        limits_ms=limits,
        horizon_ms=horizon,
        for_elderly=tuple(kind.character == FOR_ELDERLY for kind in kinds),
        homes=tuple(
            (h.lon, h.lat, h.residents, h.elderly, h.organisation_id) for h in homes
        ),
        facilities=tuple(
            (number[f.kind], f.lon, f.lat, f.capacity) for f in facilities
        ),
    )
    return Gathered(kinds, homes, facilities, inputs)


def _ready(circle: Circle, setting: Setting) -> None:
    missing = adapter.lacking()
    if missing:
        raise Refused(Why.NEEDS_PLANNING, packages=", ".join(missing))
    if setting.slope and not circle.network.has_rise:
        raise Refused(Why.NO_HEIGHTS)
    if not gateway.network_path(circle.network).exists():
        raise Refused(Why.NETWORK_LOST)
