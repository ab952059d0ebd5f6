import json

import numpy as np
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from shapely.geometry import Point, Polygon, mapping

from tests.organisations.conftest import AT
from wugeyi.organisations import actions, geometry
from wugeyi.organisations.area_file import read_areas
from wugeyi.organisations.models import Area, AreaCell, Organisation
from wugeyi.organisations.queries import organisation_at
from wugeyi.organisations.rules.coordinates import to_gcj02
from wugeyi.organisations.schematic import divide, divide_among

SQUARE = [[106.6, 26.6], [106.7, 26.6], [106.7, 26.7], [106.6, 26.7], [106.6, 26.6]]


def box(west, south, east, north):
    return dict(mapping(shapely.box(west, south, east, north)))


def put(unit, shape):
    return actions.set_area(organisation=unit, shape=shape, by=None, at=AT)


def brute_force(lon, lat):
    """Look at every area, none of the index: the smallest that covers the point."""
    point = Point(lon, lat)
    holding = [
        (area.size_m2, area.organisation.code, area.organisation)
        for area in Area.objects.select_related("organisation")
        if shapely.from_geojson(area.geometry).covers(point)
        and area.organisation.valid_to is None
    ]
    return min(holding)[2] if holding else None


def test_the_smallest_area_wins(tree, django_assert_num_queries):
    put(tree["5201"], box(106.0, 26.0, 107.5, 27.5))
    put(tree["520103"], box(106.6, 26.5, 106.8, 26.7))
    put(tree["520103001001"], box(106.70, 26.60, 106.71, 26.61))
    with django_assert_num_queries(1):
        assert organisation_at(106.705, 26.605) == tree["520103001001"]
    assert organisation_at(106.65, 26.55) == tree["520103"]
    assert organisation_at(106.1, 26.1) == tree["5201"]
    assert organisation_at(100.0, 26.1) is None
    assert organisation_at(26.6, 106.7) is None


def test_a_hole_belongs_to_nobody_inside_it(tree):
    ground = shapely.box(106, 26, 107, 27) - shapely.box(106.4, 26.4, 106.6, 26.6)
    put(tree["520103"], dict(mapping(ground)))
    assert organisation_at(106.5, 26.5) is None
    assert organisation_at(106.4, 26.5) == tree["520103"]
    assert organisation_at(106.2, 26.2) == tree["520103"]


def test_an_abolished_unit_holds_nothing(tree):
    put(tree["520103001001"], box(106.70, 26.60, 106.71, 26.61))
    actions.abolish(organisation=tree["520103001001"], by=None, at=AT)
    assert organisation_at(106.705, 26.605) is None


def test_a_new_area_replaces_the_old_one(tree):
    put(tree["520103"], box(106, 26, 107, 27))
    put(tree["520103"], box(108, 26, 109, 27))
    assert organisation_at(106.5, 26.5) is None
    assert organisation_at(108.5, 26.5) == tree["520103"]
    assert Area.objects.count() == 1


def test_a_crossing_ring_is_repaired(tree):
    bow = {
        "type": "Polygon",
        "coordinates": [
            [[106, 26], [107, 27], [107, 26], [106, 27], [106, 26]],
        ],
    }
    put(tree["520103"], bow)
    assert organisation_at(106.9, 26.5) == tree["520103"]
    assert organisation_at(106.5, 26.9) is None


COORDINATE = st.integers(0, 60).map(lambda step: step / 400)


@st.composite
def grounds(draw):
    """Triangles, stars with holes, neighbours sharing corners on a coarse grid."""
    points = draw(
        st.lists(st.tuples(COORDINATE, COORDINATE), min_size=3, max_size=7, unique=True)
    )
    ground = shapely.MultiPoint(points).convex_hull
    if draw(st.booleans()) and ground.area > 0:
        middle = ground.centroid
        ground = ground - middle.buffer(draw(st.sampled_from([0.002, 0.01])))
    return shapely.transform(ground, lambda corners: np.add(corners, (106.5, 26.5)))


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    st.lists(grounds().filter(lambda g: g.area > 1e-6), min_size=1, max_size=6),
    st.lists(st.tuples(COORDINATE, COORDINATE), min_size=5, max_size=20),
)
def test_the_index_finds_what_looking_at_every_area_finds(tree, shapes, points):
    Area.objects.all().delete()
    units = list(Organisation.objects.order_by("code"))
    for unit, shape in zip(units, shapes, strict=False):
        put(unit, dict(mapping(shape)))
    corners = [
        corner
        for shape in shapes
        for part in shapely.get_parts(shape)
        for corner in list(part.exterior.coords)[:4]
    ]
    for lon, lat in [*((x + 106.5, y + 26.5) for x, y in points), *corners]:
        assert organisation_at(lon, lat) == brute_force(lon, lat), (lon, lat)


def test_an_area_has_a_bounded_number_of_cells():
    for size in (0.0005, 0.01, 0.3, 2.0):
        cells = geometry.cover(shapely.box(106, 26, 106 + size, 26 + size))
        assert 1 <= len(cells) <= 300
    thin = geometry.cover(Polygon([(106, 26), (108, 28), (108, 28.0001)]))
    assert len(thin) <= 300


def collection(*features, **more):
    return json.dumps(
        {
            "type": "FeatureCollection",
            "features": [
                {
                    "type": "Feature",
                    "properties": properties,
                    "geometry": {"type": "Polygon", "coordinates": [ring]},
                }
                for properties, ring in features
            ],
            **more,
        }
    ).encode()


def codes(reading):
    return [(each.severity.value, each.code) for each in reading.findings]


def test_gcj02_only_when_the_file_says_so():
    shifted = [list(to_gcj02(*corner)) for corner in SQUARE]
    feature = ({"code": "520103"}, shifted)
    plain = read_areas(collection(feature))
    assert plain.findings == []
    said = read_areas(collection(feature, crs_name="GCJ-02"))
    assert codes(said) == [("info", "from_gcj02")]
    chosen = read_areas(collection(feature), datum="gcj02")
    for reading in (said, chosen):
        ground = reading.outlines[0].ground
        assert ground.symmetric_difference(Polygon(SQUARE)).area < 1e-9
    assert plain.outlines[0].ground.symmetric_difference(Polygon(SQUARE)).area > 1e-4


def test_what_is_wrong_with_a_file_is_said():
    swapped = [[lat, lon] for lon, lat in SQUARE]
    metres = [[lon * 1e5, lat * 1e5] for lon, lat in SQUARE]
    line = [SQUARE[0], SQUARE[1], SQUARE[0], SQUARE[0]]
    bow = [SQUARE[0], SQUARE[2], SQUARE[1], SQUARE[3], SQUARE[0]]
    reading = read_areas(
        collection(
            ({"gb": "156520103"}, SQUARE),
            ({"code": "520103"}, SQUARE),
            ({}, SQUARE),
            ({"code": "1"}, swapped),
            ({"code": "2"}, metres),
            ({"code": "3"}, line),
            ({"code": "4"}, bow),
        )
    )
    assert codes(reading) == [
        ("error", "area_twice"),
        ("error", "no_area_code"),
        ("error", "swapped"),
        ("error", "out_of_degrees"),
        ("error", "no_surface"),
        ("info", "rings_repaired"),
    ]
    assert [each.code for each in reading.outlines] == ["520103", "4"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"no json", "not_geojson"),
        (b'{"type": "Topology"}', "not_geojson"),
        (b"[" * 100_000, "not_geojson"),
        (collection(crs_name="beijing54"), "datum_unknown"),
        (b'{"features": [NaN]}', "not_geojson"),
        (b'{"features": [7, null, {"properties": {"code": 1}}]}', "no_area_code"),
        (
            b'{"features": [{"properties": {"code": "1"}, "geometry":'
            b' {"type": "Polygon", "coordinates": [["a", {}]]}}]}',
            "broken_geometry",
        ),
        (
            b'{"features": [{"properties": {"code": "1"}, "geometry":'
            b' {"type": "Point", "coordinates": [1, 2]}}]}',
            "not_a_polygon",
        ),
    ],
)
def test_a_file_that_is_no_geojson_is_explained(content, code):
    assert code in [each.code for each in read_areas(content).findings]


def preview(tree, content, datum=""):
    return actions.preview_areas(
        filename="a.geojson",
        content=content,
        source="",
        datum=datum,
        root=None,
        by=None,
        at=AT,
    )


def test_a_shifted_or_misplaced_outline_is_noticed(tree):
    put(tree["5201"], dict(mapping(Polygon(SQUARE))))
    inner = [[106.601, 26.601], [106.699, 26.601], [106.699, 26.699], [106.601, 26.601]]
    moved = [list(to_gcj02(*corner)) for corner in SQUARE]
    far = [[lon + 0.05, lat] for lon, lat in SQUARE]
    for ring, expected in (
        (inner, []),
        (moved, ["looks_gcj02"]),
        (far, ["outside_parent"]),
    ):
        batch = preview(tree, collection(({"code": "520103"}, ring)))
        assert list(batch.findings.values_list("code", flat=True)) == expected


def test_outlines_are_accepted_once(tree):
    content = collection(({"code": "520103"}, SQUARE), ({"code": "nobody"}, SQUARE))
    batch = preview(tree, content)
    assert list(batch.findings.values_list("code", flat=True)) == ["area_unknown"]
    assert not Area.objects.exists()
    actions.accept_areas(batch=batch, by=None, at=AT, skip_errors=True)
    first = list(AreaCell.objects.values_list("id", flat=True))
    actions.accept_areas(batch=batch, by=None, at=AT, skip_errors=True)
    assert list(AreaCell.objects.values_list("id", flat=True)) == first
    assert organisation_at(106.65, 26.65) == tree["520103"]


def test_schematic_parts_fill_the_ground_and_never_change():
    ground = shapely.box(106, 26, 106.4, 26.3)
    codes_ = [f"u{n}" for n in range(12)]
    parts = divide(ground, codes_, "520103")
    assert parts == divide(ground, codes_, "520103")
    assert list(parts) == codes_
    assert sum(part.area for part in parts.values()) == pytest.approx(ground.area)
    assert shapely.union_all(list(parts.values())).equals_exact(ground, 1e-6) or (
        shapely.union_all(list(parts.values())).area == pytest.approx(ground.area)
    )
    counties = divide_among(
        {"a": (106.1, 26.1), "b": (106.3, 26.1)},
        {"a": (106, 26, 106.25, 26.2), "b": (106.1, 26, 106.4, 26.2)},
    )
    assert counties["a"].intersection(counties["b"]).area == pytest.approx(0)
