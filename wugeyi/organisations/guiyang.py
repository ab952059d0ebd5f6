"""The register of Guiyang that comes with the product (see data/PROVENANCE.md)."""

import csv
from collections.abc import Iterator
from importlib.resources import files
from typing import NamedTuple

SOURCE = "china-division 2.7.0（国家统计局，截至 2023-06-30）"
ABOVE = "code,name,parent\n52,贵州省,\n5201,贵阳市,52\n"
NAMES = ("guiyang_areas.csv", "guiyang_streets.csv", "guiyang_villages.csv")


class CountyPoint(NamedTuple):
    """A point inside a county and the box around it, in WGS-84 degrees."""

    code: str
    lon: float
    lat: float
    west: float
    south: float
    east: float
    north: float


def register_files() -> list[tuple[str, bytes]]:
    """Return name and content of each file, from the province down."""
    folder = files("wugeyi.organisations") / "data"
    return [
        ("guiyang_above.csv", ABOVE.encode()),
        *((name, (folder / name).read_bytes()) for name in NAMES),
    ]


def county_points() -> Iterator[CountyPoint]:
    """Yield the ten counties' points and bounds."""
    folder = files("wugeyi.organisations") / "data"
    text = (folder / "guiyang_county_points.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(text.splitlines()):
        yield CountyPoint(
            row["code"],
            *(
                float(row[name])
                for name in (
                    "lon",
                    "lat",
                    "min_lon",
                    "min_lat",
                    "max_lon",
                    "max_lat",
                )
            ),
        )
