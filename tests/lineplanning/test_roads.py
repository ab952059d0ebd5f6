from dataclasses import replace
from pathlib import Path

import pytest

from tests.lineplanning.roads_maps import Map, at, stop
from wugeyi.engines.lineplanning.findings import Finding, Refused, say
from wugeyi.engines.lineplanning.model import NO_ROAD, Place, Stop, Ways
from wugeyi.engines.lineplanning.roads import Bus, Stopped, load, routes, ways

CALM = Bus(turn_seconds=0, signal_seconds=0, yield_seconds=0, reverse_seconds=0)
SPEED = 20 / 3.6  # of residential streets, metres a second


def square() -> Map:
    """Return a ring of 400 m a side, a to d counted against the clock."""
    return Map(a=(0, 0), b=(4, 0), c=(4, 4), d=(0, 4))


def reckoned(
    map_: Map, folder: Path, places: list[Place], bus: Bus = CALM
) -> tuple[Ways, list[Finding]]:
    table, found = ways(map_.save(folder), places, bus=bus)
    for each in found:
        assert "{" not in say(each, "zh") + say(each, "en")
    return table, list(found)


def minutes(metres: float, seconds: float = 0) -> int:
    return -int(-(metres / SPEED + seconds) // 60)


def test_times_are_rounded_up_and_metres_told(tmp_path: Path) -> None:
    line = Map(a=(0, 0), b=(40, 0)).road("ab")
    places: list[Place] = [stop("s", 5, 0.1), stop("t", 30, 0), stop("u", 30.2, 0)]
    table, found = reckoned(line, tmp_path, places)
    assert found == []
    assert table.codes == ("s", "t", "u")
    assert table.metres[0][1] == pytest.approx(2500, abs=1)
    assert table.minutes[0][1] == minutes(2500) == 8
    assert table.minutes[1][2] == table.minutes[2][1] == 1
    assert table.metres[1][2] == pytest.approx(20, abs=1)
    assert [table.minutes[k][k] for k in range(3)] == [0, 0, 0]


def test_a_one_way_ring_is_driven_round(tmp_path: Path) -> None:
    ring = square().road("abcda", oneway="yes")
    places: list[Place] = [stop("s", 1, 0), stop("t", 3, 0)]
    table, _ = reckoned(ring, tmp_path, places)
    assert table.metres[0][1] == pytest.approx(200, abs=1)
    assert table.metres[1][0] == pytest.approx(1400, abs=2)
    assert table.minutes[1][0] == minutes(1400)
    against = square().road("abcda", oneway="-1")
    table, _ = reckoned(against, tmp_path, places)
    assert table.metres[0][1] == pytest.approx(1400, abs=2)
    # Buses may go where others may not.
    both = square().road("abcda", **{"oneway": "yes", "oneway:bus": "no"})
    table, _ = reckoned(both, tmp_path, places)
    assert table.metres[1][0] == pytest.approx(200, abs=1)


def crossing() -> Map:
    """Return a street, and a detour from its middle to its end."""
    return (
        Map(a=(0, 0), x=(10, 0), b=(20, 0), c=(10, 10), d=(20, 10))
        .road("ax")
        .road("xb")
        .road("xcdb")
    )


def test_a_ban_of_a_turn_is_kept(tmp_path: Path) -> None:
    places: list[Place] = [stop("s", 2, 0), stop("t", 18, 0)]
    free, _ = reckoned(crossing(), tmp_path, places)
    assert free.metres[0][1] == pytest.approx(1600, abs=2)
    for map_ in (
        crossing().sign("no_straight_on", 1, "x", 2),
        crossing().sign("only_left_turn", 1, "x", 3),
    ):
        table, found = reckoned(map_, tmp_path, places)
        assert found == []
        assert table.metres[0][1] == pytest.approx(800 + 3000 + 200, abs=4)
        assert table.metres[1][0] == pytest.approx(1600, abs=2)


def test_a_ban_over_a_road_is_told_and_not_used(tmp_path: Path) -> None:
    map_ = crossing().sign("no_straight_on", 1, "x", 2)
    map_.signs[0] = map_.signs[0].replace('type="node"', 'type="way"')
    table, found = reckoned(map_, tmp_path, [stop("s", 2, 0), stop("t", 18, 0)])
    assert [each.code for each in found] == ["map-turns"]
    assert table.metres[0][1] == pytest.approx(1600, abs=2)


def test_a_bus_turns_round_only_where_a_road_ends(tmp_path: Path) -> None:
    # One leaves the side street's stop towards the crossing, where left is banned.
    map_ = (
        Map(a=(0, 0), x=(10, 0), b=(20, 0), c=(10, 5))
        .road("ax")
        .road("xb")
        .road("xc")
        .sign("no_left_turn", 3, "x", 2)
    )
    bus = replace(CALM, reverse_seconds=60)
    places: list[Place] = [stop("s", 10, 3), stop("t", 15, 0)]
    table, _ = reckoned(map_, tmp_path, places, bus)
    assert table.metres[0][1] == pytest.approx(300 + 1000 + 1000 + 500, abs=4)
    assert table.minutes[0][1] == minutes(2800, seconds=60)


@pytest.mark.parametrize(
    ("node", "bus", "seconds"),
    [
        ({"highway": "traffic_signals"}, replace(CALM, signal_seconds=59), 59),
        ({"highway": "give_way"}, replace(CALM, yield_seconds=59), 59),
        ({"highway": "bus_stop"}, replace(CALM, signal_seconds=59), 0),
    ],
)
def test_nodes_cost_what_the_bus_says(
    tmp_path: Path, node: dict[str, str], bus: Bus, seconds: int
) -> None:
    line = Map(a=(0, 0), b=(10, 0), c=(20, 0)).road("abc").mark("b", **node)
    table, _ = reckoned(line, tmp_path, [stop("s", 1, 0), stop("t", 19, 0)], bus)
    assert table.minutes[0][1] == minutes(1800, seconds)


def test_turns_cost_at_crossings_and_not_in_bends(tmp_path: Path) -> None:
    bend = Map(a=(0, 0), b=(10, 0), c=(10, 10)).road("abc")
    places: list[Place] = [stop("s", 1, 0), stop("t", 10, 9)]
    slow = replace(CALM, turn_seconds=120)
    table, _ = reckoned(bend, tmp_path, places, slow)
    assert table.minutes[0][1] == minutes(1800)
    fork = Map(a=(0, 0), b=(10, 0), c=(10, 10), d=(20, 0)).road("abc").road("bd")
    table, _ = reckoned(fork, tmp_path, places, slow)
    assert table.minutes[0][1] == minutes(1800, seconds=120)


LIMITS = [
    ({"access": "no"}, "place-off-road"),
    ({"access": "private", "psv": "no"}, "place-off-road"),
    ({"bus": "no"}, "place-off-road"),
    ({"maxheight": "2.5"}, "place-off-road"),
    ({"maxweight": "7.5 t"}, "place-off-road"),
    ({"maxlength": "9"}, "place-narrow"),
    ({"highway": "footway"}, "place-off-road"),
    ({"highway": "track"}, "place-off-road"),
    ({"oneway": "yes"}, "place-cut-off"),
    ({"access": "no", "bus": "yes"}, ""),
    ({"highway": "pedestrian", "bus": "yes"}, ""),
    ({"maxlength": "12"}, ""),
    ({"maxweight": "18"}, ""),
    ({"access": "destination"}, ""),
]


@pytest.mark.parametrize(("given", "code"), LIMITS)
def test_a_village_no_bus_reaches_is_told_with_the_reason(
    tmp_path: Path, given: dict[str, str], code: str
) -> None:
    told = dict(given)
    highway = told.pop("highway", "residential")
    map_ = Map(a=(0, 0), b=(20, 0), v=(20, 20)).road("ab").road("bv", highway, **told)
    places: list[Place] = [stop("s", 2, 0), stop("t", 18, 0), stop("v", 20, 18)]
    table, found = reckoned(map_, tmp_path, places)
    assert [(each.code, each.subject) for each in found] == (
        [(code, "place v")] if code else []
    )
    shut = [table.minutes[0][2], table.minutes[2][0], table.metres[2][1]]
    assert (shut == [NO_ROAD] * 3) == bool(code)
    assert table.minutes[0][1] > 0
    if code == "place-narrow":
        assert found[0].values["longest_cm"] == 900


def test_a_shorter_bus_gets_there(tmp_path: Path) -> None:
    map_ = Map(a=(0, 0), b=(20, 0), v=(20, 20)).road("ab").road("bv", maxlength="9")
    places: list[Place] = [stop("s", 2, 0), stop("v", 20, 18)]
    table, found = reckoned(map_, tmp_path, places, replace(CALM, length_cm=850))
    assert found == []
    assert table.metres[0][1] == pytest.approx(3600, abs=4)


def test_an_island_is_reached_by_none(tmp_path: Path) -> None:
    map_ = Map(a=(0, 0), b=(20, 0), c=(0, 20), d=(9, 20)).road("ab").road("cd")
    places: list[Place] = [stop("s", 2, 0), stop("t", 5, 20), Stop("u")]
    table, found = reckoned(map_, tmp_path, places)
    assert {each.subject: each.code for each in found} == {
        "place t": "place-cut-off",
        "place u": "place-unplaced",
    }
    assert table.minutes == ((0, -1, -1), (-1, 0, -1), (-1, -1, 0))


def test_bollards_shut_a_road_and_gates_do_not(tmp_path: Path) -> None:
    def line(**mark: str) -> Map:
        map_ = Map(a=(0, 0), m=(10, 0), b=(20, 0)).road("amb")
        return map_.mark("m", **mark)

    places: list[Place] = [stop("s", 2, 0), stop("t", 4, 0), stop("u", 18, 0)]
    for mark in ({"barrier": "bollard"}, {"barrier": "gate", "locked": "yes"}):
        table, _ = reckoned(line(**mark), tmp_path, places)
        assert NO_ROAD in table.minutes[0] + table.minutes[2]
    for mark in ({"barrier": "gate"}, {"barrier": "bollard", "bus": "yes"}):
        table, found = reckoned(line(**mark), tmp_path, places)
        assert found == []
        assert table.metres[0][2] == pytest.approx(1600, abs=2)


def test_a_place_away_from_the_road_is_noted_or_refused(tmp_path: Path) -> None:
    line = Map(a=(0, 0), b=(20, 0)).road("ab")
    places: list[Place] = [stop("s", 2, 0.5), stop("t", 10, 1), stop("u", 18, 3.1)]
    table, found = reckoned(line, tmp_path, places)
    assert [(each.code, each.subject) for each in found] == [
        ("place-aside", "place t"),
        ("place-off-road", "place u"),
    ]
    assert found[0].values["metres"] == 100
    assert found[1].values["metres"] == pytest.approx(310, abs=1)
    assert table.metres[0][1] == pytest.approx(800, abs=1)


def test_a_stop_is_served_on_either_side_of_a_parted_road(tmp_path: Path) -> None:
    map_ = (
        Map(a=(0, 0), b=(30, 0), c=(30, 0.3), d=(0, 0.3))
        .road("ab", "primary", oneway="yes")
        .road("bc", "primary_link", oneway="yes")
        .road("cd", "primary", oneway="yes")
        .road("da", "primary_link", oneway="yes")
    )
    table, _ = reckoned(map_, tmp_path, [stop("s", 5, -0.1), stop("t", 25, -0.1)])
    assert table.metres[0][1] == table.metres[1][0] == pytest.approx(2000, abs=2)


def test_signs_bind_speeds(tmp_path: Path) -> None:
    places: list[Place] = [stop("s", 0, 0), stop("t", 40, 0)]

    def taken(**given: str) -> int:
        line = Map(a=(0, 0), b=(40, 0)).road("ab", "trunk", **given)
        return reckoned(line, tmp_path, places)[0].minutes[0][1]

    assert taken() == 4  # 60 km/h
    assert taken(maxspeed="100") == 4
    assert taken(maxspeed="40") == 7  # 36 km/h
    assert taken(maxspeed="20 mph") == 9  # 29 km/h
    assert taken(surface="gravel") == 12
    assert taken(**{"maxspeed:forward": "20", "maxspeed": "60"}) == 14


def test_a_route_follows_the_road(tmp_path: Path) -> None:
    ring = square().road("abcda", oneway="yes")
    places: list[Place] = [stop("s", 1, 0), stop("t", 3, 0)]
    lines = routes(ring.save(tmp_path), places, [("s", "t"), ("t", "s")], bus=CALM)
    assert [len(lines[pair]) for pair in (("s", "t"), ("t", "s"))] == [2, 6]
    corners = [(3, 0), (4, 0), (4, 4), (0, 4), (0, 0), (1, 0)]
    for (lon, lat), point in zip(lines["t", "s"], corners, strict=True):
        assert (lat, lon) == pytest.approx(at(*point), abs=2e-6)
    assert routes(ring.save(tmp_path), [*places, Stop("u")], [("s", "u")]) == {}


def test_one_may_stop_it(tmp_path: Path) -> None:
    path = square().road("abcda").save(tmp_path)
    asked: list[tuple[int, int]] = []

    def progress(done: int, all_: int) -> bool:
        asked.append((done, all_))
        return done < 1

    places = [stop(code, 0, k) for k, code in enumerate("stu")]
    with pytest.raises(Stopped):
        ways(load(path), places, progress=progress)
    assert asked == [(0, 3), (1, 3)]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (None, "map-missing"),
        (b"", "map-foreign"),
        (b"name,lat\n", "map-foreign"),
        (b'<osm version="0.6"><node id="1"', "map-damaged"),
        (b'<osm version="0.6"></osm>', "map-no-roads"),
        (b"\0\0\0\x0d\n\tOSMHeader\x18\x7c", "map-damaged"),
    ],
)
def test_a_map_that_is_none_is_refused(
    tmp_path: Path, content: bytes | None, code: str
) -> None:
    path = tmp_path / "map.osm"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(Refused) as refused:
        load(path)
    (told,) = refused.value.findings
    assert told.code == code
    assert "{" not in say(told, "zh") + say(told, "en")


def test_a_cut_way_is_taken_as_it_lies(tmp_path: Path) -> None:
    map_ = Map(a=(0, 0), b=(20, 0)).road("ab")
    map_.roads[0] = map_.roads[0].replace("<tag", '<nd ref="99"/><tag', 1)
    table, found = reckoned(map_, tmp_path, [stop("s", 2, 0), stop("t", 18, 0)])
    assert [each.code for each in found] == ["map-cut"]
    assert table.metres[0][1] == pytest.approx(1600, abs=2)
