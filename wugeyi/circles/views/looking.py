"""How one looks at a circle: which kind, whose steps, with or without slope."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import ceil, floor
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, QueryDict

from wugeyi.circles.models import Circle
from wugeyi.circles.models.circles import PACE_NAMES
from wugeyi.circles.queries.seen import Seen, SeenHome, SeenKind
from wugeyi.circles.rules.paces import Pace, Setting
from wugeyi.places.models import Network
from wugeyi.places.queries import HomePoint


@dataclass(frozen=True, slots=True)
class Look:
    """What was chosen; ``code`` is a kind's, "" where nobody chose."""

    setting: Setting
    code: str

    def query(self, **more: Any) -> str:
        """Write the choice as an address carries it; ``more`` goes before it."""
        chosen = {
            "kind": self.code,
            "pace": self.setting.pace.value,
            "slope": "1" if self.setting.slope else "0",
        }
        chosen |= more
        pairs = [(name, value) for name, value in chosen.items() if value != ""]
        return urlencode(pairs, doseq=True)


def look(request: HttpRequest, circle: Circle) -> Look:
    """Read the choice from an address; what cannot be read is as the circle says."""
    given: QueryDict = request.POST if request.method == "POST" else request.GET
    pace = given.get("pace", "")
    slope = given.get("slope", "")
    wanted = circle.slope if slope not in {"0", "1"} else slope == "1"
    return Look(
        circle.setting(
            Pace(pace) if pace in set(Pace) else Pace.ADULT,
            slope=wanted and circle.network.has_rise,
        ),
        given.get("kind", "")[:40],
    )


def chosen_kind(found: Seen, code: str) -> tuple[int, SeenKind] | None:
    """Return the kind that is looked at, with its place among the kinds.

    Where nobody chose: the one with facilities that most people are outside of.
    """
    for place, each in enumerate(found.kinds):
        if each.kind.code == code:
            return place, each
    present = [pair for pair in enumerate(found.kinds) if pair[1].facilities]
    if not present:
        return (0, found.kinds[0]) if found.kinds else None
    return max(present, key=lambda pair: pair[1].counts.residents_outside)


def paces() -> list[tuple[str, Any]]:
    """Return the paces one can choose, as value and name."""
    return [(pace.value, name) for pace, name in PACE_NAMES.items()]


def described(found: Seen, kind: SeenKind, chosen: Look, **more: Any) -> dict[str, Any]:
    """Return what pages say of one kind, and the addresses that show the others.

    ``more`` goes into those addresses too.
    """
    counts = kind.counts
    everybody = {
        who: sum(
            getattr(counts, f"{who}_{where}")
            for where in ("inside", "outside", "unknown")
        )
        for who in ("residents", "elderly")
    }
    inside = counts.residents_inside
    whole = kind.limit_seconds / 60
    return {
        "kind": kind,
        "kind_query": chosen.query(kind=kind.kind.code),
        "kind_links": [
            (each, chosen.query(kind=each.kind.code, **more)) for each in found.kinds
        ],
        **everybody,
        "beyond": everybody["residents"] - inside,
        "share": round(100 * inside / everybody["residents"], 2)
        if everybody["residents"]
        else 0,
        "third": _whole(whole / 3),
        "two_thirds": _whole(2 * whole / 3),
        "whole": _whole(whole),
    }


def _whole(minutes: float) -> str:
    """Write minutes without a fraction where there is none: 5, 3.3."""
    return f"{minutes:.1f}".removesuffix(".0")


def bounds(homes: Iterable[SeenHome | HomePoint], network: Network) -> str:
    """Return what the map shows first: around the homes, else all streets.

    Widened to whole steps, so that no home can be read from the edges.
    """
    points = [(home.lon, home.lat) for home in homes]
    if not points:
        return ",".join(f"{edge:.6f}" for edge in network.bounds)
    lons, lats = [lon for lon, _lat in points], [lat for _lon, lat in points]
    edges = (
        floor(min(lons) / EDGE_DEG) * EDGE_DEG,
        floor(min(lats) / EDGE_DEG) * EDGE_DEG,
        ceil(max(lons) / EDGE_DEG) * EDGE_DEG,
        ceil(max(lats) / EDGE_DEG) * EDGE_DEG,
    )
    return ",".join(f"{edge:.6f}" for edge in edges)


# Some 300 metres.
EDGE_DEG = 0.003


def columns(
    homes: Iterable[SeenHome], place: int, *, reached: Mapping[int, int | None]
) -> dict[str, list[Any]]:
    """Return homes as columns for the map; ``reached`` replaces what was looked up."""
    shown: dict[str, list[Any]] = {
        "id": [],
        "lon": [],
        "lat": [],
        "seconds": [],
        "residents": [],
        "name": [],
    }
    for home in homes:
        shown["id"].append(home.key)
        shown["lon"].append(round(home.lon, 6))
        shown["lat"].append(round(home.lat, 6))
        shown["seconds"].append(reached.get(home.key, home.seconds[place]))
        shown["residents"].append(home.residents or 0)
        shown["name"].append(home.name)
    return shown
