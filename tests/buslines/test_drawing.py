import math

import pytest
from django.template.loader import render_to_string
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.buslines.line import LAT, LON, PLACES, matrix
from wugeyi.buslines.drawing import At, Route, Waiting, scene, skeleton
from wugeyi.buslines.drawing.labels import FONT, LINE, text_width

SPOTS = [
    At(code, name, kind, LAT + north, LON + east)
    for code, (kind, name, north, east) in PLACES.items()
]


def box(mark):
    wide = text_width(mark.name)
    x, y = mark.label.x, mark.label.y - FONT * 0.36
    left = {"start": x, "end": x - wide, "middle": x - wide / 2}[mark.label.anchor]
    return left, y - LINE / 2, left + wide, y + LINE / 2


def meet(one, other):
    return (
        one[0] < other[2]
        and other[0] < one[2]
        and one[1] < other[3]
        and other[1] < one[3]
    )


degrees = st.floats(-0.2, 0.2, allow_nan=False)
villages = st.lists(
    st.builds(
        lambda n, lat, lon, kind: At(
            f"v{n}", f"村{n}组", kind, 26.6 + lat, 106.7 + lon
        ),
        st.integers(0, 999),
        degrees,
        degrees,
        st.sampled_from(["stop", "stop", "market", "depot"]),
    ),
    min_size=1,
    max_size=60,
    unique_by=lambda each: each.code,
)


@settings(max_examples=40, deadline=None)
@given(villages)
def test_no_name_covers_another_and_none_leaves_the_sheet(spots):
    for sheet in (scene(spots).broad, scene(spots).narrow):
        boxes = [box(mark) for mark in sheet.marks if mark.label]
        for place, one in enumerate(boxes):
            assert one[0] >= 0
            assert one[1] >= 0
            assert one[2] <= sheet.width
            assert one[3] <= sheet.height
            assert not any(meet(one, other) for other in boxes[:place])
        for mark in sheet.marks:
            assert 0 <= mark.x <= sheet.width
            assert 0 <= mark.y <= sheet.height


def test_few_spots_are_all_named():
    for sheet in (scene(SPOTS).broad, scene(SPOTS).narrow):
        assert [mark.name for mark in sheet.marks if mark.label is None] == []


def test_north_is_up_and_lengths_are_true():
    sheet = scene(SPOTS).broad
    marks = {mark.code: mark for mark in sheet.marks}
    assert marks["m1"].y < marks["d0"].y
    north = 0.14 * 111_320
    on_paper = math.dist((marks["d0"].x, marks["d0"].y), (marks["m1"].x, marks["m1"].y))
    assert on_paper / sheet.bar * sheet.bar_metres == pytest.approx(north, rel=0.01)


def test_circles_grow_with_the_root_of_how_many_wait():
    told = {"v1": Waiting(4, 16), "v2": Waiting(1, 4)}
    marks = {mark.code: mark for mark in scene(SPOTS, demand=told).broad.marks}
    assert marks["v1"].persons_r == pytest.approx(2 * marks["v2"].persons_r, abs=0.1)
    assert marks["v1"].baskets_r == pytest.approx(2 * marks["v1"].persons_r, abs=0.1)
    assert marks["v3"].persons_r == 0


def test_buses_have_tones_of_their_own_and_run_along_known_roads():
    bend = [LON + 0.5, LAT + 0.05]
    drawn = scene(
        SPOTS,
        ways={"v1 v2": [[LON, LAT], bend, [LON, LAT]]},
        routes=[
            Route("甲车", ("v1", "v2", "m1")),
            Route("乙车", ("v4", "m1")),
            Route("甲车", ("m1", "d0"), empty=True),
        ],
    )
    tones = [(each.label, each.tone, each.empty) for each in drawn.broad.routes]
    assert tones == [("甲车", 1, False), ("乙车", 2, False), ("甲车", 1, True)]
    assert drawn.broad.routes[0].path.count("L") > drawn.broad.routes[1].path.count("L")
    assert all(each.arrows for each in drawn.broad.routes)


def test_spots_without_a_place_are_named_beside_the_drawing():
    lost = At("v9", "不知道在哪", "stop", None, None)
    drawn = scene([*SPOTS, lost], routes=[Route("甲", ("v1", "v9", "m1"))])
    assert drawn.unplaced == ("不知道在哪",)
    assert len(drawn.broad.marks) == len(SPOTS)
    assert scene([lost]).empty


def test_the_skeleton_holds_all_together_by_the_shortest_ways():
    pairs = {frozenset(pair) for pair in skeleton(matrix())}
    assert len(pairs) == len(PLACES) - 1
    assert frozenset({"v1", "v2"}) in pairs
    assert frozenset({"v1", "m1"}) not in pairs


def test_no_road_joins_nothing():
    ways = {"codes": ["a", "b"], "minutes": [[0, -1], [None, 0]]}
    assert skeleton(ways) == ()


@pytest.mark.parametrize("spots", [SPOTS, SPOTS[:1], []])
def test_the_drawing_is_written_without_styles_or_scripts(spots):
    drawn = scene(
        spots,
        demand={"v1": Waiting(3, 5)},
        routes=[Route("<甲>", ("v1", "m1"))],
        links=[("v1", "m1")],
    )
    page = render_to_string("buslines/map.html", {"drawing": drawn, "name": "图"})
    assert "style=" not in page
    assert "<script" not in page
    assert "<甲>" not in page
    assert bool(spots) == ("<svg" in page)
