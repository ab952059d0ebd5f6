"""From files to arrays and back: a network, tables of homes and facilities, results."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wugeyi.engines.accessibility import categories, export, network
from wugeyi.engines.accessibility.categories import Template
from wugeyi.engines.accessibility.coordinates import System
from wugeyi.engines.accessibility.export import Sheet
from wugeyi.engines.accessibility.findings import Finding, Refused
from wugeyi.engines.accessibility.network import Network
from wugeyi.engines.accessibility.osm import Amenity, Building
from wugeyi.engines.accessibility.points import Attached, Index, index
from wugeyi.engines.accessibility.tables import (
    Home,
    Place,
    read_facilities,
    read_homes,
)

Array = NDArray[Any]


@dataclass(frozen=True, slots=True, eq=False)
class Town:
    """A network with what the tables put on it.

    Parameters
    ----------
    network, template
        Where one walks, and which categories there are.
    grid
        Finds the street beside a place (``points.index``).
    homes
        Rows of the table of homes that can be used.
    doors
        Where homes meet the network.
    facilities
        For each category of the template its rows of the table of facilities.
    entrances
        For each category where these meet the network.
    findings
        What was noticed in each table, by the name of its file.
    """

    network: Network
    template: Template
    grid: Index
    homes: tuple[Home, ...]
    doors: Attached
    facilities: tuple[tuple[Place, ...], ...]
    entrances: tuple[Attached, ...]
    findings: Mapping[str, Sequence[Finding]]

    @property
    def residents(self) -> Array:
        """Return int64, residents of each home."""
        return np.array([home.residents for home in self.homes], np.int64)

    @property
    def elderly(self) -> Array:
        """Return int64, elderly residents of each home."""
        return np.array([home.elderly for home in self.homes], np.int64)

    def limits_ms(self, speed_mm_s: int, minutes: float | None = None) -> list[int]:
        """Return each category's limit: its own, or the same for all."""
        if minutes is not None:
            return [round(minutes * 60_000)] * len(self.template.categories)
        return [one.limit_ms(speed_mm_s) for one in self.template.categories]

    def category(self, name: str) -> int | None:
        """Return the place of a category that people call so."""
        found = self.template.named(name)
        return None if found is None else self.template.categories.index(found)


def town(
    network_file: Path | Network,
    homes_file: Path | None = None,
    facilities_file: Path | None = None,
    *,
    template: Template | None = None,
    system: System = System.WGS84,
) -> Town:
    """Read files and put homes and facilities on the network.

    Parameters
    ----------
    network_file
        Saved by ``Network.save``, or a network.
    homes_file, facilities_file
        Tables (see ``tables``); none is an empty one.
    template
        The default one if absent.
    system
        What the tables' coordinates are in.

    Raises
    ------
    Refused
        A file is not there or cannot be used at all.
    """
    ways = (
        network_file
        if isinstance(network_file, Network)
        else network.load(network_file)
    )
    kinds = template or categories.template()
    grid = index(ways)
    findings: dict[str, Sequence[Finding]] = {}
    homes: list[Home] = []
    places: list[Place] = []
    if homes_file is not None:
        read = read_homes(homes_file, system=system, network=ways)
        homes, findings[homes_file.name] = read.rows, read.findings
    if facilities_file is not None:
        told = read_facilities(facilities_file, kinds, system=system, network=ways)
        places, findings[facilities_file.name] = told.rows, told.findings
    by_kind = tuple(
        tuple(place for place in places if place.category == kind.code)
        for kind in kinds.categories
    )
    return Town(
        network=ways,
        template=kinds,
        grid=grid,
        homes=tuple(homes),
        doors=attached(grid, homes),
        facilities=by_kind,
        entrances=tuple(attached(grid, rows) for rows in by_kind),
        findings=findings,
    )


def attached(grid: Index, rows: Sequence[Home | Place]) -> Attached:
    """Return where rows meet the network; one with an address only stands nowhere."""
    found = np.array([row.lon is not None for row in rows], np.bool_)
    lon = np.array([row.lon or 0.0 for row in rows], np.float64)
    lat = np.array([row.lat or 0.0 for row in rows], np.float64)
    there = grid.attach(lon[found], lat[found])
    edge = np.full(len(rows), -1, np.int32)
    share, off = np.zeros(len(rows), np.int32), np.zeros(len(rows), np.int32)
    edge[found], share[found], off[found] = there.edge, there.share_mm, there.off_mm
    return Attached(edge, share, off)


def template_of(name: str) -> Template:
    """Return a shipped template by its code, or one from a file.

    Raises
    ------
    Refused
        There is no such template, or its file cannot be read as one.
    """
    if name in categories.SHIPPED:
        return categories.template(name)
    path = Path(name)
    if path.suffix != ".toml":
        raise Refused("template-unknown", name, known=", ".join(categories.SHIPPED))
    try:
        return categories.parse(path.read_text("utf-8"), path.name)
    except FileNotFoundError:
        raise Refused("file-missing", path.name) from None
    except (OSError, UnicodeDecodeError) as problem:
        raise Refused("template-broken", path.name, detail=str(problem)) from problem


def save_network(path: Path, ways: Network) -> None:
    """Save a network.

    Raises
    ------
    Refused
        The file cannot be written.
    """
    try:
        ways.save(path)
    except OSError as problem:
        said = problem.strerror or str(problem)
        raise Refused("export-failed", str(path), detail=said) from problem


def save_homes(path: Path, buildings: Iterable[Building], about: Network) -> int:
    """Write buildings people may live in as a table of homes; return how many.

    A building whose kind is not said counts as lived in; residents stay empty.
    """
    lived = [one for one in buildings if one.lived_in is not False]
    columns: dict[str, list[Any]] = {
        "名称": [one.name or one.osm for one in lived],
        "户数": [one.flats or None for one in lived],
        "居民": [None] * len(lived),
        "老人": [None] * len(lived),
        "osm": [one.osm for one in lived],
    }
    export.write(path, _placed(columns, lived, about))
    return len(lived)


def save_facilities(
    path: Path, amenities: Iterable[Amenity], kinds: Template, about: Network
) -> int:
    """Write what belongs to the template as a table of facilities; return how many rows.

    What belongs to two categories has a row for each.
    """
    found = [(one, kind) for one in amenities for kind in kinds.of(one.tags)]
    columns: dict[str, list[Any]] = {
        "名称": [one.name or one.osm for one, _ in found],
        "类别": [kind.code for _, kind in found],
        "容量": [_whole(one.tags.get("capacity", "")) for one, _ in found],
        "开放时间": [one.tags.get("opening_hours", "") for one, _ in found],
        "osm": [one.osm for one, _ in found],
    }
    export.write(path, _placed(columns, [one for one, _ in found], about))
    return len(found)


def _whole(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() else None


def _placed(
    columns: dict[str, list[Any]],
    things: Sequence[Building | Amenity],
    about: Network,
) -> Sheet:
    places = export.points([one.lon for one in things], [one.lat for one in things])
    return Sheet(columns, places, terms(about))


def terms(ways: Network) -> dict[str, str]:
    """Return the terms of map data, as results carry them."""
    held = {"attribution": ways.attribution, "licence": ways.licence}
    return {name: text for name, text in held.items() if text}
