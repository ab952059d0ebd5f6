import io
import zipfile

import numpy as np
import pytest

from tests.accessibility.geodata import geodata
from wugeyi.engines.accessibility.dem import Tile, filled, read_tile
from wugeyi.engines.accessibility.elevation import rise
from wugeyi.engines.accessibility.findings import Refused
from wugeyi.engines.accessibility.geometry import mm_per_degree
from wugeyi.engines.accessibility.network import Flag, build
from wugeyi.engines.accessibility.osm import read

SIZE = 1201
LON, LAT = np.meshgrid(
    106 + np.arange(SIZE) / (SIZE - 1), 27 - np.arange(SIZE) / (SIZE - 1)
)
EAST, NORTH = (float(each[0]) / 1000 for each in mm_per_degree(np.array([26.5])))


def tile(height):
    return Tile(26, 106, np.asarray(height, float), 0)


def written(folder, height, name="N26E106.hgt"):
    path = folder / name
    path.write_bytes(np.asarray(height).astype(">i2").tobytes())
    return path


def path_of(metres, flags=None):
    """Build a way from 106.5° E, 26.5° N eastwards through points at some metres."""
    metres = np.asarray(metres, float)
    lon = 106.5 + metres / EAST
    count = len(metres)
    return build(
        lon,
        np.full(count, 26.5),
        np.arange(count - 1),
        np.arange(1, count),
        flags=flags,
    )


def test_a_plain_slope_rises_as_it_should():
    # 10 % to the east: smoothing must leave it alone except near the ends.
    slope = (LON - 106) * EAST * 0.1
    network = path_of(np.arange(0, 1001, 10))
    found, findings = rise(network, [tile(slope)])
    assert found.dtype == np.int32
    assert found[20:80].tolist() == pytest.approx([1000] * 60, abs=3)
    assert findings == []


def test_a_segment_against_the_slope_falls():
    slope = (LON - 106) * EAST * 0.1
    network = path_of(np.arange(0, 1001, 10))
    back = build(network.lon, network.lat, network.head, network.tail)
    forth, _findings = rise(network, [tile(slope)])
    assert rise(back, [tile(slope)])[0].tolist() == (-forth).tolist()


def test_noise_is_smoothed_but_the_climb_is_kept():
    chance = np.random.default_rng(5)
    slope = (LON - 106) * EAST * 0.05 + chance.normal(0, 4, LON.shape)
    network = path_of(np.arange(0, 3001, 10))
    found, _findings = rise(network, [tile(slope)])
    raw = tile(slope).at(network.lon, network.lat) * 1000
    grade = np.abs(found / network.length_mm - 0.05)
    before = np.abs(np.diff(raw) / network.length_mm - 0.05)
    assert np.median(grade) < 0.7 * np.median(before)
    assert found.sum() / 1000 == pytest.approx(150, abs=10)


def test_round_trips_rise_by_nothing():
    chance = np.random.default_rng(6)
    x, y = chance.uniform(0, 400, (2, 30))
    tail, head = chance.integers(0, 30, (2, 80))
    network = build(106.5 + x / EAST, 26.5 + y / NORTH, tail, head)
    height = 900 + 60 * np.sin(LON * 900) * np.cos(LAT * 800)
    found, _findings = rise(network, [tile(height)])
    # A height for each node explains every rise: to the rounding of a millimetre.
    matrix = np.zeros((80, 30))
    matrix[np.arange(80), tail] -= 1
    matrix[np.arange(80), head] += 1
    left = matrix @ np.linalg.lstsq(matrix, found.astype(float), rcond=None)[0] - found
    assert np.abs(left).max() <= 2


@pytest.mark.parametrize("flag", [Flag.BRIDGE, Flag.TUNNEL])
def test_bridges_and_tunnels_go_straight(flag):
    # A valley, or a hill, of 60 m between 400 and 600 m.
    metres = (LON - 106.5) * EAST
    deep = 1000 - 60 * np.exp(-(((metres - 500) / 60) ** 2))
    points = np.arange(0, 1001, 20)
    over = ((points[:-1] >= 300) & (points[1:] <= 700)) * flag
    found, _findings = rise(path_of(points, over), [tile(deep)])
    assert np.abs(found).max() < 30
    through, _findings = rise(path_of(points), [tile(deep)])
    assert np.abs(through).max() > 2_000


def test_a_branching_bridge_hangs_between_all_its_ends():
    slope = 1000 + (LON - 106.5) * EAST * 0.1
    x, y = np.array([0.0, 100, 200, 200]), np.array([0.0, 0, 50, -50])
    flags = np.array([Flag.BRIDGE] * 3 + [0] * 3)
    tail, head = np.array([0, 1, 1, 0, 2, 3]), np.array([1, 2, 3, 4, 5, 6])
    x, y = np.append(x, [-300, 500, 500]), np.append(y, [0, 50, -50])
    network = build(106.5 + x / EAST, 26.5 + y / NORTH, tail, head, flags=flags)
    found, _findings = rise(network, [tile(slope)])
    assert found[1] == pytest.approx(found[2], abs=2)
    assert (found[:3] > 5_000).all()


def test_holes_are_filled_from_their_rims():
    plane = LON * 1000 + LAT * 500
    holed = plane.copy()
    holed[500:520, 600:630] = np.nan
    holed[0, 0] = holed[SIZE - 1, 300] = np.nan
    found = filled(holed)
    assert not np.isnan(found).any()
    assert np.abs(found - plane)[500:520, 600:630].max() < 0.5
    assert np.array_equal(found[~np.isnan(holed)], plane[~np.isnan(holed)])


def test_what_is_far_from_any_measured_post_stays_unknown():
    holed = np.ones((SIZE, SIZE))
    holed[200:500, 200:500] = np.nan
    found = filled(holed)
    assert np.isnan(found[350, 350])
    assert found[210, 350] == 1


def test_a_tile_of_a_file_also_packed(tmp_path):
    height = np.arange(SIZE * SIZE).reshape(SIZE, SIZE) % 3000
    height[7, 7] = -32768
    plain = read_tile(written(tmp_path, height))
    assert (plain.south, plain.west, plain.voids) == (26, 106, 1)
    # The first row is the north.
    assert plain.at(np.array([106.0]), np.array([27.0]))[0] == 0
    assert plain.at(np.array([107.0]), np.array([27.0]))[0] == SIZE - 1
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("N26E106.hgt", height.astype(">i2").tobytes())
    path = tmp_path / "tile.zip"
    path.write_bytes(packed.getvalue())
    assert np.array_equal(read_tile(path).height_m, plain.height_m)
    south = read_tile(written(tmp_path, height, "S26W106.hgt"))
    assert (south.south, south.west) == (-26, -106)


def test_files_that_are_no_tile(tmp_path):
    def refused(path):
        with pytest.raises(Refused) as caught:
            read_tile(path)
        return caught.value.finding.code

    assert refused(tmp_path / "N26E106.hgt") == "file-missing"
    assert refused(written(tmp_path, np.zeros(9))) == "dem-damaged"
    named = written(tmp_path, np.zeros((SIZE, SIZE)), "heights.hgt")
    assert refused(named) == "dem-unnamed"
    packed = tmp_path / "N26E106.hgt.zip"
    packed.write_bytes(b"PK\x03\x04nonsense")
    assert refused(packed) == "dem-damaged"


def test_heights_of_elsewhere_are_refused():
    network = path_of(np.arange(0, 200, 20))
    with pytest.raises(Refused) as caught:
        rise(network, [Tile(42, 1, np.zeros((SIZE, SIZE)), 0)])
    assert caught.value.finding.code == "dem-elsewhere"
    with pytest.raises(Refused):
        rise(network, [])


def test_where_heights_end_the_way_is_level_and_that_is_told():
    slope = (LON - 106) * EAST * 0.1
    x = np.arange(0, 1001, 20.0)
    network = build(
        107 + (x - 500) / EAST, np.full(51, 26.5), np.arange(50), np.arange(1, 51)
    )
    found, findings = rise(network, [tile(slope)])
    assert [(f.code, f.values["all"]) for f in findings] == [("dem-partial", 51)]
    assert 24 <= findings[0].values["nodes"] <= 26
    assert not found[26:].any()
    assert (found[:24] > 0).all()


def test_real_mountains_are_steep_but_not_absurd():
    network = read(geodata("osm/andorra.osm.pbf")).network
    found, findings = rise(network, [geodata("dem/N42E001.hgt.zip")])
    assert "dem-voids" in {finding.code for finding in findings}
    grade = np.abs(found) / network.length_mm
    raw = read_tile(geodata("dem/N42E001.hgt.zip")).at(network.lon, network.lat) * 1000
    before = np.abs(raw[network.head] - raw[network.tail]) / network.length_mm
    assert np.percentile(before, 99) > 0.5
    assert np.percentile(grade, 99) < 0.45
    bridges = (network.flags & np.uint16(Flag.BRIDGE)) > 0
    assert np.percentile(grade[bridges], 99) < 0.3
    risen = network.with_rise(found)
    assert risen.digest != network.digest
