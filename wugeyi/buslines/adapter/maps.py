"""Driving times, distances and the lines of roads between spots, from a map file."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from wugeyi.buslines.models import Spot
from wugeyi.engines.lineplanning.archive import findings_from_json, to_json
from wugeyi.engines.lineplanning.findings import Finding, Refused
from wugeyi.engines.lineplanning.model import NO_ROAD, Place, Ways

__all__ = ["Read", "Refused", "Stopped", "findings_of", "lacking", "read", "to_json"]

NEEDED = ("numpy", "numba", "osmium")
ALL_PAIRS = 15
"""So few spots have every road drawn; of more, each to those nearest it."""
NEAREST = 6
Progress = Callable[[int, int], bool]


class Stopped(Exception):
    """Somebody asked to stop; nothing is kept."""


@dataclass(frozen=True, slots=True)
class Read:
    """What a map says: a table of ways, lines of roads, what was noticed."""

    ways: dict[str, Any]
    shapes: dict[str, Any]
    findings: tuple[Finding, ...]


def lacking() -> tuple[str, ...]:
    """Return which packages are not installed; empty: all there."""
    return tuple(name for name in NEEDED if find_spec(name) is None)


def read(
    path: Path, spots: Sequence[Spot], *, longest_cm: int | None, progress: Progress
) -> Read:
    """Read a map.

    Parameters
    ----------
    longest_cm
        Of the buses that will drive; None for a usual city bus.

    Raises
    ------
    Refused
        The file cannot be used; carries why.
    Stopped
        ``progress`` said so.
    """
    from wugeyi.engines.lineplanning.roads import Bus, load, routes
    from wugeyi.engines.lineplanning.roads import ways as ways_of
    from wugeyi.engines.lineplanning.roads.times import Stopped as EngineStopped

    places = [Place(s.code, s.name, lat=s.lat, lon=s.lon) for s in spots]
    network = load(path, Bus(length_cm=longest_cm) if longest_cm else Bus())
    try:
        table, found = ways_of(network, places, progress=progress)
    except EngineStopped:
        raise Stopped from None
    pairs = _pairs(table, {s.code for s in spots if s.kind == Spot.Kind.MARKET})
    lines = routes(network, places, pairs)
    shapes = {
        f"{here} {there}": [[round(lon, 5), round(lat, 5)] for lon, lat in line]
        for (here, there), line in lines.items()
    }
    made = {
        "codes": list(table.codes),
        "minutes": [list(row) for row in table.minutes],
        "metres": [list(row) for row in table.metres],
    }
    return Read(made, shapes, found)


def _pairs(table: Ways, markets: set[str]) -> Iterable[tuple[str, str]]:
    """Return pairs whose road is worth drawing: near ones, and those with a market."""
    codes = table.codes
    wanted: dict[tuple[str, str], None] = {}
    for i, here in enumerate(codes):
        near = sorted(
            (minutes, there)
            for there, minutes in zip(codes, table.minutes[i], strict=True)
            if there != here and minutes != NO_ROAD
        )
        few = len(codes) <= ALL_PAIRS or here in markets
        for place, (_minutes, there) in enumerate(near):
            if few or place < NEAREST or there in markets:
                wanted[here, there] = None
    return list(wanted)


def findings_of(kept: Any) -> tuple[Finding, ...]:
    """Return findings that were kept as JSON."""
    return findings_from_json(kept)
