"""A file of OpenStreetMap → the walking network, buildings, facilities, findings."""

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wugeyi.engines.accessibility.checks import suspicious
from wugeyi.engines.accessibility.findings import Finding, Refused
from wugeyi.engines.accessibility.network import Network
from wugeyi.engines.accessibility.osm.joining import Walkways, join, marks
from wugeyi.engines.accessibility.osm.lines import (
    NODE,
    WAY,
    Lines,
    read_lines,
)
from wugeyi.engines.accessibility.osm.relations import multipolygons
from wugeyi.engines.accessibility.osm.shapes import (
    FACILITY_KEYS,
    Amenity,
    Building,
    amenity,
    areas,
    building,
    is_building,
    is_facility,
    points,
)
from wugeyi.engines.accessibility.osm.stream import write_opl
from wugeyi.engines.accessibility.osm.walkable import walked

Array = NDArray[Any]
KEYS = FACILITY_KEYS | {"highway", "railway", "building", "barrier", "man_made"}
# What decides whether and how one walks, and whether something stands there.
DECIDING = FACILITY_KEYS | frozenset(
    {
        *("highway", "foot", "access", "railway", "public_transport", "man_made"),
        *("building", "sidewalk", "motorroad", "conveying", "footway", "path"),
        *("bridge", "tunnel", "covered", "layer", "level", "indoor", "oneway:foot"),
        *("foot:oneway", "foot:backward", "foot:forward"),
    }
)


@dataclass(frozen=True, slots=True)
class Extract:
    """What a file of OpenStreetMap holds for people on foot."""

    network: Network
    buildings: list[Building]
    amenities: list[Amenity]
    findings: list[Finding]


def read(path: Path, *, private: bool = False) -> Extract:
    """Read an extract: PBF or XML, packed or not; the contents decide which.

    Parameters
    ----------
    private
        Walk on private ways too, such as those inside walled estates.

    Raises
    ------
    Refused
        The file is not there, foreign, cut short, wrongly encoded or without any way.
    """
    with TemporaryDirectory(prefix="wugeyi-") as folder:
        text = Path(folder) / "objects.opl"
        write_opl(path, KEYS, text)
        lines = read_lines(text)
    walkways, shaped = _sort_ways(lines, private=private)
    ways, marked = lines.ways(walkways.numbers), marks(lines)
    shapes = [
        *points(lines, lines.of(NODE)),
        *areas(lines, shaped),
        *multipolygons(path, lines),
    ]
    # The text is the largest thing here, and nobody reads on.
    del lines
    findings: list[Finding] = []
    network = join(ways, walkways, marked, source=path.name, findings=findings)
    if not network.segments:
        raise Refused("osm-no-ways", path.name)
    return Extract(
        network,
        [building(shape) for shape in shapes if is_building(shape.tags)],
        [amenity(shape) for shape in shapes if is_facility(shape.tags)],
        [*suspicious(network), *findings],
    )


def _sort_ways(lines: Lines, *, private: bool) -> tuple[Walkways, Array]:
    """Return the ways to walk on, and the lines of what has a shape; one may be both.

    Most ways of a town are alike but for their names: each kind is looked at once.
    """
    numbers = lines.of(WAY)
    examples, kind = lines.alike(numbers, DECIDING)
    natures = np.zeros((len(examples), 2), np.int32)
    goes, stands = np.zeros((2, len(examples)), bool)
    for number, tags in enumerate(lines.tags(examples)):
        nature = walked(tags, private=private)
        if nature:
            goes[number], natures[number] = True, nature
        stands[number] = is_building(tags) or is_facility(tags)
    on_foot = goes[kind]
    nature_of = natures[kind[on_foot]]
    return (
        Walkways(numbers[on_foot], nature_of[:, 0].copy(), nature_of[:, 1].copy()),
        numbers[stands[kind]],
    )
