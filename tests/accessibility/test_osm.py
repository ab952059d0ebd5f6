import bz2
import gzip
from collections import Counter
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.accessibility.geodata import HAIDIAN, geodata
from tests.accessibility.maps import Map, line
from wugeyi.engines.accessibility import Flag, Refused, read, say
from wugeyi.engines.accessibility.osm.lines import WAY, read_lines
from wugeyi.engines.accessibility.osm.stream import write_opl
from wugeyi.engines.accessibility.osm.walkable import gate, walked


@pytest.fixture
def street(tmp_path):
    """A street of four nodes, a footbridge, a house, a clinic, a walled yard."""
    drawing = Map()
    drawing.way(10, line(drawing, 1, 4), highway="residential", name="花果园大街")
    drawing.node(9, 106.701, 26.601)
    drawing.way(11, [2, 9], highway="footway", bridge="yes", layer="1")
    drawing.way(12, [4, 3], highway="motorway")
    corners = [(0, 0), (2e-4, 0), (2e-4, 1e-4), (0, 1e-4)]
    ring = [
        drawing.node(20 + n, 106.7005 + x, 26.6002 + y)
        for n, (x, y) in enumerate(corners)
    ]
    drawing.way(
        13,
        [*ring, ring[0]],
        {"building:levels": "6", "name:zh": "3 栋"},
        building="apartments",
    )
    drawing.node(30, 106.7022, 26.6001, amenity="clinic", name="卫生站 & 药房, 100%")
    drawing.node(31, 106.7023, 26.6001, amenity="bench")
    return drawing


def network_of(drawing, tmp_path, **choices):
    return read(drawing.write(tmp_path / "a.osm"), **choices).network


def test_segments_carry_their_way_and_what_it_is(street, tmp_path):
    network = network_of(street, tmp_path)
    assert (network.nodes, network.segments) == (5, 4)
    assert sorted(network.way.tolist()) == [10, 10, 10, 11]
    bridge = network.flags[network.way == 11][0]
    assert Flag(int(bridge)) == Flag.BRIDGE | Flag.FOOTWAY | Flag.RAISED
    assert not network.flags[network.way == 10].any()
    # π/180 · a · cos φ / √(1 − e² sin² φ) metres a degree, at 26.6° N.
    assert network.length_mm[network.way == 10].tolist() == [99_604] * 3
    assert network.attribution == "© OpenStreetMap contributors"
    assert network.licence == "ODbL 1.0"
    assert network.source == "a.osm"


def test_buildings_and_facilities(street, tmp_path):
    extract = read(street.write(tmp_path / "a.osm"))
    house = extract.buildings[0]
    assert len(extract.buildings) == 1
    assert (house.osm, house.kind, house.lived_in) == ("way/13", "apartments", True)
    assert (house.name, house.levels, house.flats) == ("3 栋", 6, 0)
    assert house.lon == pytest.approx(106.7006, abs=1e-9)
    assert house.lat == pytest.approx(26.60025, abs=1e-9)
    # 19.92 m by 11.08 m.
    assert house.area_m2 == pytest.approx(220.7, abs=0.3)
    clinic = extract.amenities[0]
    assert len(extract.amenities) == 1
    assert (clinic.osm, clinic.name) == ("node/30", "卫生站 & 药房, 100%")
    assert clinic.tags["amenity"] == "clinic"


@pytest.mark.parametrize("packed", [gzip.compress, bz2.compress])
def test_contents_decide_the_format_not_the_name(street, tmp_path, packed):
    plain = read(street.write(tmp_path / "a.osm")).network
    path = tmp_path / "a.pbf"
    path.write_bytes(packed(street.text.encode()))
    assert read(path).network.digest == plain.digest


def test_pbf_and_xml_give_one_network(street, tmp_path):
    osmium = pytest.importorskip("osmium")
    xml = street.write(tmp_path / "a.osm")
    with osmium.SimpleWriter(str(tmp_path / "b.osm.pbf")) as writer:
        for each in osmium.FileProcessor(str(xml)):
            writer.add(each)
    assert read(tmp_path / "b.osm.pbf").network.digest == read(xml).network.digest


def test_nothing_of_who_edited_is_kept(street, tmp_path):
    extract = read(street.write(tmp_path / "a.osm"))
    assert "someone" not in repr((extract.amenities, extract.buildings))


def test_ways_that_meet_share_a_node_and_islands_are_told(street, tmp_path):
    street.way(14, line(street, 50, 2, lat=26.7), highway="path")
    extract = read(street.write(tmp_path / "a.osm"))
    assert np.bincount(extract.network.component).tolist() == [5, 2]
    told = next(f for f in extract.findings if f.code == "network-islands")
    assert told.values["nodes"] == 2
    assert "1 处" in say(told, "zh")


def test_missing_nodes_part_a_way(tmp_path):
    drawing = Map()
    nodes = line(drawing, 1, 4)
    drawing.way(10, [*nodes[:2], 99, *nodes[2:], nodes[3]], highway="path")
    extract = read(drawing.write(tmp_path / "a.osm"))
    assert extract.network.segments == 2
    told = next(f for f in extract.findings if f.code == "osm-nodes-missing")
    assert (told.values["nodes"], told.values["ways"]) == (1, 1)


def test_a_shut_gate_parts_the_ways_but_lets_one_come_up_to_it(tmp_path):
    drawing = Map()
    drawing.way(10, line(drawing, 1, 2), highway="path")
    drawing.node(3, 106.702, 26.6, barrier="gate", access="private", locked="yes")
    drawing.way(11, [2, 3, drawing.node(4, 106.703, 26.6)], highway="path")
    extract = read(drawing.write(tmp_path / "a.osm"))
    assert extract.network.segments == 3
    assert np.bincount(extract.network.component).tolist() == [3, 2]
    assert [f.subject for f in extract.findings if f.code == "osm-gate-shut"] == [
        "node/3"
    ]


def test_an_open_gate_and_a_lift_mark_their_segments(tmp_path):
    drawing = Map()
    drawing.way(10, line(drawing, 1, 2), highway="path")
    drawing.node(3, 106.702, 26.6, barrier="gate")
    drawing.node(4, 106.703, 26.6)
    drawing.node(5, 106.704, 26.6, highway="elevator")
    drawing.way(11, [2, 3, 4, 5], highway="path")
    network = network_of(drawing, tmp_path)
    of = [bool(f & Flag.GATE) for f in network.flags.tolist()]
    assert of == [False, True, True, False]
    assert [bool(f & Flag.LIFT) for f in network.flags.tolist()] == [
        False,
        False,
        False,
        True,
    ]
    assert network.component.max() == 0


def test_a_building_of_several_ways(street, tmp_path):
    a, b, c, d = (
        street.node(60 + n, 106.71 + x, 26.61 + y)
        for n, (x, y) in enumerate([(0, 0), (2e-4, 0), (2e-4, 2e-4), (0, 2e-4)])
    )
    street.way(15, [a, b, c])
    street.way(16, [a, d, c])
    hole = [street.node(70 + n, 106.7101 + n * 1e-5, 26.6101) for n in range(3)]
    street.way(17, [*hole, hole[0]])
    street.relation(
        5,
        [(15, "outer"), (16, "outer"), (17, "inner")],
        type="multipolygon",
        building="school",
        amenity="school",
    )
    extract = read(street.write(tmp_path / "a.osm"))
    school = next(b for b in extract.buildings if b.osm == "relation/5")
    assert (school.lon, school.lat) == pytest.approx((106.7101, 26.6101), abs=1e-8)
    assert school.lived_in is False
    assert any(each.osm == "relation/5" for each in extract.amenities)


@pytest.mark.parametrize(
    ("tags", "private", "goes"),
    [
        ({"highway": "footway"}, False, True),
        ({"highway": "motorway"}, False, False),
        ({"highway": "motorway", "foot": "yes"}, False, True),
        ({"highway": "primary", "foot": "no"}, False, False),
        ({"highway": "service", "access": "private"}, False, False),
        ({"highway": "service", "access": "private"}, True, True),
        ({"highway": "service", "access": "private", "foot": "yes"}, False, True),
        ({"highway": "service", "access": "no", "foot": "permissive"}, False, True),
        ({"highway": "path", "access": "no"}, True, False),
        ({"highway": "trunk"}, False, True),
        ({"highway": "trunk", "motorroad": "yes"}, False, False),
        ({"highway": "trunk", "motorroad": "yes", "sidewalk": "both"}, False, True),
        ({"highway": "construction"}, False, False),
        ({"highway": "proposed"}, False, False),
        ({"railway": "platform"}, False, True),
        ({"railway": "rail"}, False, False),
        ({"man_made": "pier"}, False, True),
        ({"public_transport": "platform", "building": "yes"}, False, False),
    ],
)
def test_where_one_may_walk(tags, private, goes):
    assert (walked(tags, private=private) is not None) is goes


@pytest.mark.parametrize(
    ("tags", "oneway"),
    [
        ({"highway": "residential", "oneway": "yes"}, 0),
        ({"highway": "footway", "oneway": "yes"}, 0),
        ({"highway": "footway", "oneway:foot": "yes"}, 1),
        ({"highway": "footway", "oneway:foot": "-1"}, -1),
        ({"highway": "steps", "conveying": "forward"}, 1),
        ({"highway": "steps", "conveying": "backward"}, -1),
        ({"highway": "steps", "conveying": "reversible"}, 0),
    ],
)
def test_oneway_streets_bind_no_walker_but_moving_stairs_do(tags, oneway):
    assert walked(tags).oneway == oneway


@pytest.mark.parametrize(
    ("tags", "flags"),
    [
        ({"highway": "steps"}, Flag.STEPS | Flag.FOOTWAY),
        ({"highway": "steps", "conveying": "yes"}, Flag.STEPS | Flag.MOVING),
        ({"highway": "residential", "tunnel": "yes"}, Flag.TUNNEL),
        ({"highway": "service", "tunnel": "building_passage"}, Flag.COVERED),
        ({"highway": "residential", "bridge": "no", "tunnel": "no"}, Flag(0)),
        ({"highway": "footway", "footway": "crossing"}, Flag.CROSSING),
        ({"highway": "elevator"}, Flag.LIFT),
        ({"highway": "service", "access": "customers"}, Flag.PRIVATE),
    ],
)
def test_what_a_way_is(tags, flags):
    kept = ~Flag.FOOTWAY if Flag.FOOTWAY not in flags else ~Flag(0)
    assert Flag(walked(tags).flags) & kept == flags


def test_gates_that_may_be_shut():
    assert gate({"barrier": "bollard"}) is None
    assert gate({"barrier": "gate"}) is False
    assert gate({"barrier": "gate", "locked": "yes"}) is True
    assert gate({"barrier": "gate", "locked": "yes", "foot": "yes"}) is False
    assert gate({"barrier": "lift_gate", "access": "private"}) is False


def refusal(path):
    with pytest.raises(Refused) as caught:
        read(path)
    assert say(caught.value.finding, "zh") != say(caught.value.finding, "en")
    assert path.name in say(caught.value.finding, "zh")
    return caught.value.finding.code


def test_files_that_cannot_be_used(street, tmp_path):
    path = tmp_path / "x.osm.pbf"
    assert refusal(path) == "file-missing"
    assert refusal(tmp_path) == "file-missing"
    path.write_bytes(b"")
    assert refusal(path) == "file-empty"
    for foreign in (b"PK\x03\x04zip", b"<html></html>", b"\0" * 500, b"%PDF-1.7"):
        path.write_bytes(foreign)
        assert refusal(path) == "osm-foreign"
    path.write_bytes(gzip.compress(b"hello"))
    assert refusal(path) == "osm-foreign"
    text = street.text.encode()
    path.write_bytes(text[: len(text) // 2])
    assert refusal(path) in {"osm-damaged", "osm-encoding"}
    path.write_bytes(gzip.compress(text)[:-40])
    assert refusal(path) == "osm-damaged"
    path.write_bytes(street.text.encode("gb18030"))
    assert refusal(path) == "osm-encoding"
    path.write_text('<?xml version="1.0"?><osm version="0.6"></osm>')
    assert refusal(path) == "osm-no-ways"


def test_a_truncated_pbf_is_refused(tmp_path):
    content = HAIDIAN.read_bytes()
    for kept in (40, 70, 5_000, len(content) // 2, len(content) - 3):
        path = tmp_path / f"{kept}.osm.pbf"
        path.write_bytes(content[:kept])
        assert refusal(path) == "osm-damaged", kept


WORD = st.text(st.sampled_from("abfhk=,% :路"), min_size=1, max_size=4)
TAGS = st.dictionaries(st.sampled_from(["highway", "foot", "name", "ref"]) | WORD, WORD)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(TAGS, min_size=1, max_size=12))
def test_ways_are_alike_if_their_deciding_tags_are(tmp_path, ways):
    drawing = Map()
    nodes = line(drawing, 1, 2)
    for number, tags in enumerate(ways):
        drawing.way(number + 1, nodes, {"building": "yes"} | tags)
    path = tmp_path / "ways.opl"
    write_opl(drawing.write(tmp_path / "a.osm"), {"building"}, path)
    lines = read_lines(path)
    keys = {"highway", "foot", "h:f"}
    numbers = lines.of(WAY)
    examples, kind = lines.alike(numbers, keys)

    def deciding(tags):
        return {key: value for key, value in tags.items() if key in keys}

    said = [deciding(tags) for tags in lines.tags(numbers)]
    of_example = [deciding(tags) for tags in lines.tags(examples)]
    assert said == [of_example[each] for each in kind.tolist()]
    assert len(of_example) == len({tuple(sorted(each.items())) for each in said})


def test_the_demos_map_names_no_editor():
    osmium = pytest.importorskip("osmium")
    for each in osmium.FileProcessor(str(HAIDIAN)):
        assert (each.user, each.uid, each.changeset, each.version) == ("", 0, 0, 0)


def test_private_estates_are_walked_when_asked_for(tmp_path):
    drawing = Map()
    drawing.way(10, line(drawing, 1, 3), highway="path")
    drawing.way(11, [2, drawing.node(9, 106.701, 26.601)], {"access": "private"},
                highway="service")  # fmt: skip
    assert network_of(drawing, tmp_path).segments == 2
    inside = network_of(drawing, tmp_path, private=True)
    assert inside.segments == 3
    assert inside.flags[inside.way == 11][0] & Flag.PRIVATE


@pytest.mark.parametrize(
    "name",
    [
        "osm/andorra.osm.pbf",
        "haidian",
        "osm/liechtenstein.osm.pbf",
    ],
)
def test_equals_a_slow_reading_by_objects(name):
    osmium = pytest.importorskip("osmium")
    path = HAIDIAN if name == "haidian" else geodata(name)
    ends, shut = [], set()
    for node in osmium.FileProcessor(str(path), osmium.osm.NODE):
        if node.tags and gate(dict(node.tags)):
            shut.add(node.id)
    for way in osmium.FileProcessor(str(path)).with_locations():
        if not way.is_way() or walked(dict(way.tags)) is None:
            continue
        nodes = [(n.ref, n.location.valid()) for n in way.nodes]
        ends += [
            (way.id, a, b)
            for (a, there), (b, here) in pairwise(nodes)
            if there and here and a != b
        ]
    network = read(path).network
    assert network.segments == len(ends)
    assert sorted(network.way.tolist()) == sorted(way for way, _a, _b in ends)
    joins = Counter(node for _way, a, b in ends for node in (a, b))
    # At a shut gate each segment has an end of its own.
    copies = sum(joins[node] - 1 for node in shut & joins.keys())
    assert network.nodes == len(joins) + copies
