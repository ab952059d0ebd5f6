"""The one place that calls the engine ``accessibility``.

The engine's heavier parts come with the extra ``planning``; they are imported when
they are needed, so that the pages start without them.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from wugeyi.places.rules.files import network_name, tiles_of

if TYPE_CHECKING:
    from wugeyi.engines.accessibility.findings import Finding
    from wugeyi.engines.accessibility.network import Network as Arrays
    from wugeyi.engines.accessibility.osm import Amenity

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


def told(finding: "Finding", path: Path | None = None, called: str = "") -> Told:
    """Say a finding of the engine in both languages.

    A file of this app's folder (``path``) is named as its sender ``called`` it.
    """
    from wugeyi.engines.accessibility.findings import say

    if path is not None and finding.subject == path.name:
        finding = replace(finding, subject=called)
    return Told(
        severity=finding.severity,
        code=finding.code[:40],
        text_zh=say(finding, "zh")[:400],
        text_en=say(finding, "en")[:400],
        subject=finding.subject[:80],
        lon=finding.lon,
        lat=finding.lat,
    )


def read_osm(path: Path, template: str, folder: Path, called: str) -> Reading:
    """Read a file of OpenStreetMap; its network is written below ``folder``.

    Heights come from the SRTM tiles in ``folder / "dem"``, if any lie there.

    Raises
    ------
    Unusable
        The file is foreign, damaged, or holds nothing to walk on.
    """
    from wugeyi.engines.accessibility import osm
    from wugeyi.engines.accessibility.findings import Refused

    try:
        extract = osm.read(path)
        network, noticed = _risen(extract.network, folder / "dem")
    except Refused as refused:
        raise Unusable(told(refused.finding, path, called)) from refused
    return Reading(
        network=save_network(network, folder),
        facilities=list(_facilities(extract.amenities, template)),
        homes=[
            FoundHome(
                osm_id=each.osm,
                name=each.name,
                lon=each.lon,
                lat=each.lat,
                lived_in=bool(each.lived_in),
            )
            for each in extract.buildings
            if each.lived_in is not False
        ],
        findings=[told(each, path, called) for each in [*extract.findings, *noticed]],
    )


def _risen(network: "Arrays", folder: Path) -> tuple["Arrays", "list[Finding]"]:
    """Give a network its heights, where tiles lie at hand."""
    names = tiles_of(network.bounds)
    tiles = [path for name in names for path in sorted(folder.glob(f"{name}*.hgt*"))]
    if not tiles:
        return network, []
    from wugeyi.engines.accessibility.elevation import rise

    rise_mm, findings = rise(network, tiles)
    return network.with_rise(rise_mm), findings


def _facilities(
    amenities: "Iterable[Amenity]", template: str
) -> Iterator[FoundFacility]:
    from wugeyi.engines.accessibility import categories

    shipped = categories.template(template)
    for each in amenities:
        for category in shipped.of(each.tags):
            yield FoundFacility(
                osm_id=each.osm,
                kind=category.code,
                name=each.name or category.name_zh,
                lon=each.lon,
                lat=each.lat,
                capacity=_capacity(each.tags),
                opening_hours=each.tags.get("opening_hours", ""),
            )


def _capacity(tags: Mapping[str, str]) -> int | None:
    said = tags.get("capacity") or tags.get("beds") or ""
    plain = said.isascii() and said.isdigit() and len(said) < 7
    return int(said) if plain else None


@dataclass(frozen=True, slots=True)
class ShippedKind:
    """A kind of facility as a template names it."""

    code: str
    name_zh: str
    name_en: str
    character: str
    limit_minutes: int | None
    limit_m: int | None
    source: str
    verified: bool


@dataclass(frozen=True, slots=True)
class ShippedTemplate:
    """A template that comes with the engine."""

    code: str
    name_zh: str
    name_en: str
    source: str
    verified: bool
    kinds: tuple[ShippedKind, ...]


def shipped_templates() -> list[ShippedTemplate]:
    """Return the templates that come with the engine, the default one first."""
    from wugeyi.engines.accessibility import categories

    return [
        ShippedTemplate(
            code=each.code,
            name_zh=each.name_zh,
            name_en=each.name_en,
            source=each.source,
            verified=each.verified,
            kinds=tuple(
                ShippedKind(
                    code=one.code,
                    name_zh=one.name_zh,
                    name_en=one.name_en,
                    character=one.character,
                    limit_minutes=one.limit_minutes,
                    limit_m=one.limit_m,
                    source=one.source,
                    verified=one.verified,
                )
                for one in each.categories
            ),
        )
        for each in categories.templates()
    ]


def kind_named(word: str) -> str:
    """Return the code of the shipped kind people call so; "" if there is none."""
    from wugeyi.engines.accessibility import categories

    for each in categories.templates():
        found = each.named(word)
        if found is not None:
            return found.code
    return ""


def shift_noticed(
    path: Path, places: Sequence[tuple[float, float]], system: str
) -> Told | None:
    """Return a warning if places look as if they were in another system.

    Parameters
    ----------
    path
        The file of the network whose streets they should stand along.
    places
        Degrees as the table gives them, in the system it says they are in.
    """
    import numpy as np

    from wugeyi.engines.accessibility.coordinates import System, looks_shifted
    from wugeyi.engines.accessibility.findings import Refused
    from wugeyi.engines.accessibility.network import load

    if lacking():
        return None
    lon, lat = np.array(places, float).reshape(-1, 2).T
    try:
        finding = looks_shifted(lon, lat, load(path), System(system))
    except Refused:
        return None
    return told(finding) if finding is not None else None


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
