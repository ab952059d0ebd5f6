"""The one place that calls the engine ``accessibility``.

The engine's heavier parts come with the extra ``planning``; they are imported when
they are needed, so that the pages start without them.
"""

from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from wugeyi.places.rules.files import network_name

if TYPE_CHECKING:
    from wugeyi.engines.accessibility.findings import Finding
    from wugeyi.engines.accessibility.network import Network as Arrays

NEEDED = ("numpy", "numba", "osmium")
EXTRA = "planning"


@dataclass(frozen=True, slots=True)
class NetworkFacts:
    """What a row says of a network whose file was written."""

    digest: str
    file: str
    size_bytes: int
    nodes: int
    edges: int
    components: int
    length_m: int
    has_rise: bool
    bounds: tuple[float, float, float, float]
    source: str = ""
    licence: str = ""
    attribution: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """A finding of the engine in both languages."""

    severity: str
    code: str
    text_zh: str
    text_en: str
    subject: str = ""
    lon: float | None = None
    lat: float | None = None


@dataclass(frozen=True, slots=True)
class FoundFacility:
    """A facility of a file of OpenStreetMap; ``kind`` is the code of a kind."""

    osm_id: str
    kind: str
    name: str
    lon: float
    lat: float
    capacity: int | None = None
    opening_hours: str = ""


@dataclass(frozen=True, slots=True)
class FoundHome:
    """A building; ``lived_in`` is False where nobody said what it is for."""

    osm_id: str
    name: str
    lon: float
    lat: float
    lived_in: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file of OpenStreetMap holds."""

    network: NetworkFacts
    facilities: list[FoundFacility]
    homes: list[FoundHome]
    findings: list[Told]


def lacking() -> tuple[str, ...]:
    """Return which packages of the extra are not installed; empty: all there."""
    return tuple(name for name in NEEDED if find_spec(name) is None)


def save_network(arrays: "Arrays", folder: Path) -> NetworkFacts:
    """Write a network below this app's folder (``gateway.data_folder``), say what it is.

    The same network lies at the same place; writing it twice changes nothing.
    """
    name = network_name(arrays.digest)
    path = folder / name
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        arrays.save(path)
    return NetworkFacts(
        digest=arrays.digest,
        file=name,
        size_bytes=path.stat().st_size,
        nodes=arrays.nodes,
        edges=arrays.segments,
        components=int(arrays.component.max()) + 1 if arrays.nodes else 0,
        length_m=int(arrays.length_mm.sum(dtype="int64")) // 1_000,
        has_rise=arrays.rise_mm is not None,
        bounds=arrays.bounds,
        source=arrays.source,
        licence=arrays.licence,
        attribution=arrays.attribution,
    )


def told(finding: "Finding") -> Told:
    """Say a finding of the engine in both languages."""
    from wugeyi.engines.accessibility.findings import say

    return Told(
        severity=finding.severity,
        code=finding.code[:40],
        text_zh=say(finding, "zh")[:400],
        text_en=say(finding, "en")[:400],
        subject=finding.subject[:80],
        lon=finding.lon,
        lat=finding.lat,
    )


def to_wgs84(lon: float, lat: float, system: str) -> tuple[float, float]:
    """Return a place given in "wgs84", "gcj02" or "bd09", in WGS-84."""
    if system == "wgs84":
        return lon, lat
    import numpy as np

    from wugeyi.engines.accessibility.coordinates import System
    from wugeyi.engines.accessibility.coordinates import to_wgs84 as turned

    east, north = turned(np.array([lon]), np.array([lat]), System(system))
    return float(east[0]), float(north[0])


def ground(path: Path) -> bytes:
    """Draw a network as lines for a map's ground (``engines/accessibility/drawing``).

    Raises
    ------
    Unusable
        Its file is gone or damaged.
    """
    from wugeyi.engines.accessibility.drawing import ground as drawn
    from wugeyi.engines.accessibility.findings import Refused
    from wugeyi.engines.accessibility.network import load

    try:
        return drawn(load(path))
    except Refused as refused:
        raise Unusable(told(refused.finding)) from refused


class Unusable(Exception):
    """Input that cannot be used at all; carries why, in both languages."""

    def __init__(self, finding: Told) -> None:
        super().__init__(finding.text_en)
        self.finding = finding
