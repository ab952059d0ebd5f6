import csv
import json
import sys

import numpy as np
import pyarrow.parquet as pq
import pytest
import shapely

from wugeyi.engines.accessibility.export import Sheet, check, points, write
from wugeyi.engines.accessibility.findings import Refused

SHEET = Sheet(
    {
        "name": ["一号楼", "=1+1", "东\n门"],
        "minutes": np.array([1.5, 2.25, 30.0]),
        "residents": [3, None, 0],
        "inside": [True, False, None],
    },
    points([106.7123456789, 106.72, 106.73], [26.6, 26.61, 26.62]),
    {"attribution": "© OpenStreetMap contributors"},
)


def test_csv_opens_in_a_spreadsheet(tmp_path):
    path = tmp_path / "homes.csv"
    write(path, SHEET)
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows == [
        ["name", "minutes", "residents", "inside", "lon", "lat"],
        ["一号楼", "1.5", "3", "1", "106.7123457", "26.6"],
        ["'=1+1", "2.25", "", "0", "106.72", "26.61"],
        ["东\n门", "30.0", "0", "", "106.73", "26.62"],
    ]


def test_geojson_is_what_maps_read(tmp_path):
    path = tmp_path / "homes.geojson"
    write(path, SHEET)
    held = json.loads(path.read_text(encoding="utf-8"))
    assert held["type"] == "FeatureCollection"
    assert held["attribution"] == "© OpenStreetMap contributors"
    first, second, third = held["features"]
    assert first["geometry"] == {"type": "Point", "coordinates": [106.7123457, 26.6]}
    assert first["properties"] == {
        "name": "一号楼",
        "minutes": 1.5,
        "residents": 3,
        "inside": True,
    }
    assert second["properties"]["residents"] is None
    assert third["properties"]["name"] == "东\n门"


def test_parquet_keeps_kinds_places_and_terms(tmp_path):
    path = tmp_path / "homes.parquet"
    write(path, SHEET)
    table = pq.read_table(path)
    assert table.column("residents").to_pylist() == [3, None, 0]
    assert table.column("name").to_pylist()[1] == "=1+1"
    assert shapely.from_wkb(table.column("geometry")[0].as_py()).x == 106.7123456789
    about = table.schema.metadata
    assert about[b"attribution"].decode() == "© OpenStreetMap contributors"
    assert json.loads(about[b"geo"])["columns"]["geometry"]["geometry_types"] == [
        "Point"
    ]


def test_other_shapes_are_text_in_csv_and_shapes_elsewhere(tmp_path):
    line = shapely.linestrings([[1.0, 2.0], [3.0, 4.0]])
    sheet = Sheet({"name": ["a", "b"]}, [line, None])
    write(tmp_path / "x.csv", sheet)
    text = (tmp_path / "x.csv").read_text(encoding="utf-8-sig")
    assert text.splitlines()[1:] == ['a,"LINESTRING (1 2, 3 4)"', "b,"]
    write(tmp_path / "x.geojson", sheet)
    features = json.loads((tmp_path / "x.geojson").read_text())["features"]
    assert features[0]["geometry"]["coordinates"] == [[1.0, 2.0], [3.0, 4.0]]
    assert features[1]["geometry"] is None
    write(tmp_path / "x.parquet", sheet)
    assert pq.read_table(tmp_path / "x.parquet").column("geometry")[1].as_py() is None


@pytest.mark.parametrize("ending", ["csv", "geojson", "parquet"])
def test_no_rows_are_a_file_too(tmp_path, ending):
    path = tmp_path / f"none.{ending}"
    write(path, Sheet({"name": []}, []))
    assert path.stat().st_size > 0
    if ending == "geojson":
        assert json.loads(path.read_text())["features"] == []


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("homes.xls", "export-ending"),
        ("homes", "export-ending"),
        ("nowhere/homes.csv", "export-folder"),
    ],
)
def test_a_name_that_cannot_be_is_refused_beforehand(tmp_path, name, code):
    with pytest.raises(Refused) as refusal:
        check(tmp_path / name)
    assert refusal.value.finding.code == code


def test_what_cannot_be_written_leaves_the_old_file(tmp_path):
    path = tmp_path / "homes.csv"
    path.write_text("old")
    with pytest.raises(Refused) as refusal:
        write(tmp_path / "gone" / "homes.csv", SHEET)
    assert refusal.value.finding.code == "export-failed"

    class Broken:
        def __str__(self):
            raise RuntimeError

    with pytest.raises(RuntimeError):
        write(path, Sheet({"name": [Broken()]}))
    assert path.read_text() == "old"
    assert [each.name for each in tmp_path.iterdir()] == ["homes.csv"]
    with pytest.raises(Refused) as refusal:
        write(tmp_path / "homes.geojson", Sheet({"name": ["a"]}))
    assert refusal.value.finding.code == "export-no-places"


def test_parquet_without_pyarrow_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    for ask in (check, lambda path: write(path, SHEET)):
        with pytest.raises(Refused, match=r"wugeyi\[analysis\]") as refusal:
            ask(tmp_path / "homes.parquet")
        assert refusal.value.finding.code == "export-parquet"
    assert list(tmp_path.iterdir()) == []


def test_columns_are_equally_long():
    with pytest.raises(ValueError, match="length"):
        Sheet({"a": [1], "b": []})
