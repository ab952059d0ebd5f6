"""Results as files: CSV for spreadsheets, GeoJSON for maps, Parquet for programs.

The ending of the name decides. A file is replaced when all of it is on the disk.
"""

import csv
import json
import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

import numpy as np
import shapely
from numpy.typing import NDArray

from wugeyi.engines.accessibility.findings import Refused

Column = Sequence[Any] | NDArray[Any]

# What a spreadsheet would take for a formula.
RISKY = ("=", "+", "-", "@", "\t", "\r")
DECIMALS = 7


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """Rows with a place each.

    Parameters
    ----------
    columns
        By name, all equally long; text, whole or decimal numbers, True and False, None
        for what is not known.
    geometry
        For each row a shape of shapely in degrees of WGS-84, or None.
    about
        Texts about the whole, the attribution of the map data among them: in GeoJSON
        members of the collection, in Parquet metadata; CSV has no place for them.
    """

    columns: Mapping[str, Column]
    geometry: Column | None = None
    about: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        held = [*self.columns.values()]
        if self.geometry is not None:
            held.append(self.geometry)
        if len({len(column) for column in held}) > 1:
            raise ValueError("columns differ in length")

    def rows(self) -> Iterator[tuple[Any, ...]]:
        """Return rows of plain Python values."""
        return zip(*map(_plain, self.columns.values()), strict=True)


def points(lon: Column, lat: Column) -> NDArray[Any]:
    """Return points for ``Sheet.geometry``."""
    found: NDArray[Any] = shapely.points(
        np.asarray(lon, np.float64), np.asarray(lat, np.float64)
    )
    return found


def write(path: Path, sheet: Sheet) -> None:
    """Write by the ending of the name: ``.csv``, ``.geojson`` or ``.parquet``.

    CSV is UTF-8 with a mark, so that spreadsheets show Chinese; points are two columns
    ``lon`` and ``lat``, other shapes one of text (``wkt``). Text that begins like a
    formula gets an apostrophe before it.

    Raises
    ------
    Refused
        The ending is another; Parquet is asked for and pyarrow is not installed; the
        file cannot be written, or GeoJSON has no places.
    """
    kinds: dict[str, Callable[[IO[bytes], Sheet], None]] = {
        ".csv": _csv,
        ".geojson": _geojson,
        ".json": _geojson,
        ".parquet": _parquet,
    }
    kind = kinds.get(path.suffix.lower())
    if kind is None:
        raise Refused("export-ending", path.name)
    if kind is _geojson and sheet.geometry is None:
        raise Refused("export-no-places", path.name)
    if kind is _parquet:
        _require_pyarrow(path)
    try:
        _replace(path, lambda file: kind(file, sheet))
    except OSError as problem:
        raise Refused("export-failed", path.name, detail=problem.strerror or "") from (
            problem
        )


def check(path: Path) -> None:
    """Refuse a name that ``write`` would refuse, before the work is done.

    Raises
    ------
    Refused
        As ``write``.
    """
    if path.suffix.lower() not in {".csv", ".geojson", ".json", ".parquet"}:
        raise Refused("export-ending", path.name)
    if path.suffix.lower() == ".parquet":
        _require_pyarrow(path)
    if not path.absolute().parent.is_dir():
        raise Refused("export-folder", str(path.parent))


def _require_pyarrow(path: Path) -> None:
    try:
        import pyarrow.parquet  # noqa: F401
    except ImportError:
        raise Refused("export-parquet", path.name) from None


def _replace(path: Path, fill: Callable[[IO[bytes]], None]) -> None:
    # Not tempfile: its files are for their owner alone, and this one is to be handed on.
    made = path.absolute().parent / f".{path.name}-{secrets.token_hex(6)}"
    try:
        with made.open("xb") as file:
            fill(file)
        made.replace(path)
    except BaseException:
        made.unlink(missing_ok=True)
        raise


def _plain(column: Column) -> list[Any]:
    return column.tolist() if isinstance(column, np.ndarray) else list(column)


def _csv(file: IO[bytes], sheet: Sheet) -> None:
    placed, places = _flat(sheet)
    writer = csv.writer(_Text(file))
    file.write(b"\xef\xbb\xbf")
    writer.writerow([*sheet.columns, *placed])
    for row, place in zip(sheet.rows(), places, strict=True):
        writer.writerow([*map(_cell, row), *place])


class _Text:
    """What the csv module writes to: text into a file of bytes."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file = file

    def write(self, text: str) -> int:
        return self.file.write(text.encode())


def _cell(value: Any) -> Any:
    if isinstance(value, str) and value.startswith(RISKY):
        return f"'{value}"
    if isinstance(value, bool):
        return int(value)
    return "" if value is None else value


def _flat(sheet: Sheet) -> tuple[list[str], Sequence[Sequence[Any]]]:
    """Return the columns that hold places in CSV, and their values by row."""
    many = len(next(iter(sheet.columns.values()), ()))
    if sheet.geometry is None:
        return [], [()] * many
    shapes = np.asarray(sheet.geometry, object)
    kinds = {type(shape) for shape in shapes} - {type(None)}
    if kinds <= {shapely.Point}:
        there = [shape is not None for shape in shapes]
        lon, lat = shapely.get_x(shapes), shapely.get_y(shapes)
        return ["lon", "lat"], [
            (round(x, DECIMALS), round(y, DECIMALS)) if known else ("", "")
            for known, x, y in zip(there, lon.tolist(), lat.tolist(), strict=True)
        ]
    texts = shapely.to_wkt(shapes, rounding_precision=DECIMALS)
    return ["wkt"], [(text or "",) for text in texts]


def _geojson(file: IO[bytes], sheet: Sheet) -> None:
    """Write a feature a line, so that programs can read on without holding all."""
    head = {"type": "FeatureCollection", **sheet.about}
    file.write(json.dumps(head, ensure_ascii=False)[:-1].encode())
    file.write(b', "features": [')
    names = list(sheet.columns)
    before = b"\n"
    shapes = [] if sheet.geometry is None else _plain(sheet.geometry)
    for row, shape in zip(sheet.rows(), shapes, strict=True):
        feature = {
            "type": "Feature",
            "properties": dict(zip(names, row, strict=True)),
            "geometry": None if shape is None else _rounded(shape),
        }
        file.write(before + json.dumps(feature, ensure_ascii=False).encode())
        before = b",\n"
    file.write(b"\n]}\n")


def _rounded(shape: Any) -> dict[str, Any]:
    """Return a shape as GeoJSON, a centimetre fine."""
    told = shapely.geometry.mapping(shape)
    return {"type": told["type"], "coordinates": _fine(told["coordinates"])}


def _fine(numbers: Any) -> Any:
    if isinstance(numbers, float):
        return round(numbers, DECIMALS)
    return [_fine(each) for each in numbers]


def _parquet(file: IO[bytes], sheet: Sheet) -> None:
    """Write Parquet, places as GeoParquet 1.1 has them (WKB in degrees of WGS-84)."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    columns = {name: pa.array(_plain(each)) for name, each in sheet.columns.items()}
    about = dict(sheet.about)
    if sheet.geometry is not None:
        shapes = np.asarray(sheet.geometry, object)
        columns["geometry"] = pa.array(shapely.to_wkb(shapes).tolist(), pa.binary())
        kinds = sorted({shape.geom_type for shape in shapes if shape is not None})
        column = {"encoding": "WKB", "geometry_types": kinds}
        about["geo"] = json.dumps(
            {
                "version": "1.1.0",
                "primary_column": "geometry",
                "columns": {"geometry": column},
            }
        )
    table = pa.table(columns)
    kept = {
        **(table.schema.metadata or {}),
        **{k.encode(): v.encode() for k, v in about.items()},
    }
    pq.write_table(table.replace_schema_metadata(kept), file)
