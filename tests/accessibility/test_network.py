import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.accessibility.geodata import geodata
from wugeyi.engines.accessibility.checks import suspicious
from wugeyi.engines.accessibility.findings import TEXTS, Finding, Refused, say
from wugeyi.engines.accessibility.geometry import length_mm, mm_per_degree
from wugeyi.engines.accessibility.network import (
    Flag,
    build,
    load,
    load_contraction,
)
from wugeyi.engines.accessibility.osm import read

PLACES = st.integers(0, 19)
SEGMENTS = st.lists(st.tuples(PLACES, PLACES), max_size=40)


def little(**more):
    return build(
        np.array([106.7, 106.701, 106.702, 107.0, 107.001]),
        np.array([26.6, 26.6, 26.6, 26.6, 26.6]),
        np.array([3, 0, 1]),
        np.array([4, 1, 2]),
        **more,
    )


@given(SEGMENTS)
def test_components_are_those_of_a_flood(segments):
    tail = np.array([a for a, _b in segments], np.int32)
    head = np.array([b for _a, b in segments], np.int32)
    network = build(np.arange(20.0), np.zeros(20), tail, head)
    parts, seen = [], set()
    for start in range(20):
        if start in seen:
            continue
        part, before = {start}, set()
        while part != before:
            before = set(part)
            part |= {b for a, b in segments if a in part}
            part |= {a for a, b in segments if b in part}
        seen |= part
        parts.append(part)
    parts.sort(key=lambda part: (-len(part), min(part)))
    found = [set(np.flatnonzero(network.component == n)) for n in range(len(parts))]
    assert found == parts


def test_zero_lengths_count_a_millimetre():
    network = build(np.zeros(2), np.zeros(2), np.array([0]), np.array([1]))
    assert network.length_mm.tolist() == [1]
    assert little(length_mm=np.array([0, -5, 7])).length_mm.tolist() == [1, 1, 7]


@pytest.mark.parametrize(
    "wrong",
    [
        {"tail": np.array([0, 9]), "head": np.array([1, 1])},
        {"tail": np.array([-1]), "head": np.array([1])},
        {"tail": np.array([0]), "head": np.array([1, 2])},
        {"tail": np.array([0]), "head": np.array([1]), "way": np.array([1, 2])},
    ],
)
def test_arrays_that_do_not_fit(wrong):
    with pytest.raises(ValueError, match="segment"):
        build(np.zeros(3), np.zeros(3), **wrong)


def test_what_is_saved_is_loaded(tmp_path):
    network = little(
        way=np.array([2**40, 2, 3]),
        flags=np.array([Flag.BRIDGE, Flag.STEPS | Flag.MOVING, 0]),
        oneway=np.array([0, 1, -1]),
        source="贵阳.osm.pbf",
        licence="ODbL 1.0",
        attribution="© OpenStreetMap contributors",
    ).with_rise(np.array([5, -2000, 0]))
    path = tmp_path / "a.network"
    network.save(path, {"order": np.arange(5, dtype=np.int32), "none": np.empty(0)})
    again = load(path)
    for name in (*["lon", "lat", "tail", "head", "length_mm", "way", "flags", "oneway"], "component",
                 "rise_mm"):  # fmt: skip
        kept, was = getattr(again, name), getattr(network, name)
        assert kept.dtype == was.dtype
        assert kept.tolist() == was.tolist()
    assert (again.source, again.digest) == (network.source, network.digest)
    assert again.attribution == "© OpenStreetMap contributors"
    assert load_contraction(path)["order"].tolist() == [0, 1, 2, 3, 4]
    assert load_contraction(path)["none"].tolist() == []


def test_writing_into_what_was_loaded_leaves_the_file_alone(tmp_path):
    little().save(tmp_path / "a")
    load(tmp_path / "a").length_mm[:] = 7
    assert load(tmp_path / "a").length_mm.tolist() == little().length_mm.tolist()
    assert load_contraction(tmp_path / "a") == {}


def test_the_digest_tells_networks_apart():
    plain = little()
    assert plain.digest == little(source="elsewhere").digest
    others = [
        little(flags=np.array([1, 0, 0])),
        little(way=np.array([1, 0, 0])),
        little(oneway=np.array([1, 0, 0])),
        plain.with_rise(np.zeros(3)),
    ]
    assert len({plain.digest, *(other.digest for other in others)}) == 5


def test_files_that_are_no_network(tmp_path):
    path = tmp_path / "a.network"

    def refused():
        with pytest.raises(Refused) as caught:
            load(path)
        return caught.value.finding.code

    assert refused() == "file-missing"
    path.write_bytes(b"")
    assert refused() == "file-empty"
    path.write_bytes(b"PK\x03\x04" + b"0" * 100)
    assert refused() == "network-file-foreign"
    little().save(path)
    content = path.read_bytes()
    for kept in (20, 60, len(content) // 2, len(content) - 1):
        path.write_bytes(content[:kept])
        assert refused() == "network-file-damaged", kept
    path.write_bytes(content[:40] + b"\xff" * 40 + content[80:])
    assert refused() == "network-file-damaged"
    assert list(tmp_path.iterdir()) == [path]


def test_a_failed_save_leaves_the_old_file(tmp_path):
    little().save(tmp_path / "a")
    with pytest.raises(TypeError):
        little().save(tmp_path / "a", {"bad": np.array([object()])})
    assert load(tmp_path / "a").nodes == 5
    assert len(list(tmp_path.iterdir())) == 1


# Lengths of a degree of longitude and of latitude on WGS-84 in km, as tables of the
# ellipsoid give them (NGA, "Length of a degree").
@pytest.mark.parametrize(
    ("lat", "lon_km", "lat_km"),
    [
        (0, 111.320, 110.574),
        (15, 107.550, 110.649),
        (30, 96.486, 110.852),
        (45, 78.847, 111.132),
        (60, 55.800, 111.412),
        (75, 28.902, 111.618),
    ],
)
def test_degrees_have_the_lengths_of_the_ellipsoid(lat, lon_km, lat_km):
    east, north = mm_per_degree(np.array([lat]))
    assert east[0] / 1e6 == pytest.approx(lon_km, abs=6e-4)
    assert north[0] / 1e6 == pytest.approx(lat_km, abs=6e-4)
    assert length_mm(106.7, lat - 0.005, 106.7, lat + 0.005) == pytest.approx(
        lat_km * 1e4, abs=6
    )


def test_gaps_long_segments_and_doubles_are_told():
    lat = 26.6
    east, north = (float(each[0]) for each in mm_per_degree(np.array([lat])))
    metres = [(0, 0), (100, 0), (50, 30), (50, 1.5), (0, 5000)]
    lon = np.array([106.7 + x * 1000 / east for x, _y in metres])
    lats = np.array([lat + y * 1000 / north for _x, y in metres])
    tail, head = np.array([0, 1, 2, 0]), np.array([1, 0, 3, 4])
    network = build(lon, lats, tail, head, way=np.array([1, 1, 2, 3]))
    found = {finding.code: finding for finding in suspicious(network)}
    assert found["network-gap"].subject == "way/2"
    assert found["network-gap"].values["metres"] == 1.5
    assert found["network-gap"].lon == pytest.approx(lon[3])
    assert found["network-long"].subject == "way/3"
    assert found["network-twice"].values["count"] == 1
    assert found["network-islands"].values["nodes"] == 2
    # A bridge does pass above.
    over = build(lon, lats, tail, head, flags=np.array([0, 0, Flag.BRIDGE, 0]))
    assert "network-gap" not in {finding.code for finding in suspicious(over)}


def test_every_finding_can_be_said_in_both_languages():
    for code, (zh, en) in TEXTS.items():
        assert zh != en, code
        finding = Finding(code, "note", "something")
        assert say(finding, "zh")
        assert say(finding, "en")
    told = Finding("row-negative", "error", values={"row": 3, "name": "a", "value": -1})
    assert say(told, "zh") == "第 3 行（a）：“-1”不能是负数。"
    assert "{name}" in say(Finding("row-negative", "error"), "en")


def test_importing_the_engine_loads_nothing_heavy():
    code = (
        "import sys, wugeyi.engines.accessibility as a\n"
        "from wugeyi.engines.accessibility import findings, Finding, Network, Attached\n"
        "from wugeyi.engines.accessibility import categories, coordinates, tables\n"
        "assert 'Refused' in dir(a)\n"
        "print({'numba', 'osmium', 'highspy', 'django'} & sys.modules.keys())"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "set()"


def test_every_exported_name_is_there():
    import wugeyi.engines.accessibility as engine

    assert all(getattr(engine, name) is not None for name in dir(engine))
    with pytest.raises(AttributeError):
        engine.nothing_of_that_name  # noqa: B018


def test_a_real_network_is_reloaded_in_milliseconds(tmp_path):
    import time

    network = read(geodata("osm/liechtenstein.osm.pbf")).network
    path = tmp_path / "a.network"
    network.save(path)
    seconds = []
    for _ in range(5):
        began = time.process_time()
        assert load(path).nodes == network.nodes
        seconds.append(time.process_time() - began)
    assert min(seconds) < 0.01
