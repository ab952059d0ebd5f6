"""Streets as the map and the poster get them are the network's own."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wugeyi.circles.paper.ground import BRIDGE, lines
from wugeyi.engines.accessibility.drawing import ground
from wugeyi.engines.accessibility.network import Flag, build

degrees = st.tuples(st.floats(-179, 179), st.floats(-80, 80))


@st.composite
def networks(draw):
    points = draw(st.lists(degrees, min_size=1, max_size=12))
    node = st.integers(0, len(points) - 1)
    edges = draw(
        st.lists(st.tuples(node, node, st.integers(1, 3), st.booleans()), max_size=30)
    )
    return build(
        np.array([lon for lon, _lat in points]),
        np.array([lat for _lon, lat in points]),
        np.array([edge[0] for edge in edges], np.int32),
        np.array([edge[1] for edge in edges], np.int32),
        length_mm=np.ones(len(edges), np.int32),
        way=np.array([edge[2] for edge in edges], np.int64),
        flags=np.array([Flag.BRIDGE if edge[3] else 0 for edge in edges], np.uint16),
    )


@given(networks())
def test_every_segment_is_drawn_once_where_it_lies(network):
    drawn = []
    for look, points in lines(ground(network)):
        drawn += [(a, b, bool(look & BRIDGE)) for a, b in pairwise(points)]
    assert len(drawn) == network.segments
    for (a, b, over), tail, head, flags in zip(
        drawn, network.tail, network.head, network.flags, strict=True
    ):
        for point, node in ((a, tail), (b, head)):
            assert point[0] == pytest.approx(network.lon[node], abs=6e-7)
            assert point[1] == pytest.approx(network.lat[node], abs=6e-7)
        assert over == bool(flags & Flag.BRIDGE)


def test_a_way_is_one_line():
    network = build(
        np.array([0.0, 0.001, 0.002]),
        np.zeros(3),
        np.array([0, 1]),
        np.array([1, 2]),
        way=np.array([7, 7]),
    )
    ((look, points),) = lines(ground(network))
    assert look == 0
    assert len(points) == 3


def test_what_is_no_street_is_refused():
    with pytest.raises(ValueError, match="not a ground"):
        list(lines(b"PDF-"))
