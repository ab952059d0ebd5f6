import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.accessibility.geodata import HAIDIAN
from wugeyi.engines.accessibility.coordinates import (
    System,
    from_wgs84,
    looks_shifted,
    to_wgs84,
)
from wugeyi.engines.accessibility.findings import say
from wugeyi.engines.accessibility.network import build
from wugeyi.engines.accessibility.osm import read

# The worked example of coordtransform's README (wandergis/coordtransform).
TIANANMEN = (116.404, 39.915)


def pair(found):
    return tuple(map(float, found))


def test_the_published_example():
    in_gcj02 = pair(from_wgs84(*TIANANMEN, System.GCJ02))
    assert in_gcj02 == pytest.approx((116.41024449916938, 39.91640428150164), abs=1e-12)
    # Taken as GCJ-02 the same place is, in BD-09:
    was = to_wgs84(*TIANANMEN, System.GCJ02)
    in_bd09 = pair(from_wgs84(*was, System.BD09))
    assert in_bd09 == pytest.approx((116.41036949371029, 39.92133699351021), abs=1e-9)


@given(
    lon=st.floats(72.1, 137.7),
    lat=st.floats(0.9, 55.7),
    system=st.sampled_from(System),
)
def test_there_and_back(lon, lat, system):
    there = from_wgs84(lon, lat, system)
    assert pair(to_wgs84(*there, system)) == pytest.approx((lon, lat), abs=1e-11)


def test_guiyang_is_shifted_by_some_hundred_metres():
    lon, lat = pair(from_wgs84(106.7135, 26.5783, System.GCJ02))
    metres = np.hypot((lon - 106.7135) * 99_500, (lat - 26.5783) * 110_800)
    assert 200 < metres < 800


def test_nothing_is_shifted_outside_china():
    assert pair(from_wgs84(-8.61, 41.15, System.GCJ02)) == (-8.61, 41.15)
    assert pair(to_wgs84(1.5, 42.5, System.GCJ02)) == (1.5, 42.5)


@pytest.fixture
def quarter():
    """Streets 400 m apart, and homes 15 m beside them."""
    step, lon, lat = 0.004, 106.7, 26.57
    x, y = np.meshgrid(lon + step * np.arange(8), lat + step * np.arange(8))
    number = np.arange(64).reshape(8, 8)
    tail = np.concatenate((number[:, :-1].ravel(), number[:-1].ravel()))
    head = np.concatenate((number[:, 1:].ravel(), number[1:].ravel()))
    network = build(x.ravel(), y.ravel(), tail, head)
    chance = np.random.default_rng(1)
    street = chance.integers(0, len(tail), 60)
    share = chance.uniform(0.2, 0.8, 60)
    places = [
        array[tail[street]] + share * (array[head[street]] - array[tail[street]])
        for array in (network.lon, network.lat)
    ]
    return network, places[0] + 0.00015, places[1] + 0.00013


@pytest.mark.parametrize("true", System)
@pytest.mark.parametrize("said", System)
def test_shifted_points_are_doubted(quarter, true, said):
    network, lon, lat = quarter
    finding = looks_shifted(*from_wgs84(lon, lat, true), network, said)
    if true is said:
        assert finding is None
        return
    assert (finding.code, finding.severity) == ("points-shifted", "warning")
    assert finding.values["likely"] == true.label
    assert finding.values["metres"] > finding.values["likely_metres"]
    assert true.label in say(finding, "zh")


def test_few_points_and_points_nowhere_tell_nothing(quarter):
    network, lon, lat = quarter
    few = from_wgs84(lon[:5], lat[:5], System.GCJ02)
    assert looks_shifted(*few, network) is None
    assert looks_shifted(np.full(50, np.nan), np.full(50, np.nan), network) is None
    chance = np.random.default_rng(2)
    anywhere = (
        106.7 + chance.uniform(0, 0.028, 60),
        26.57 + chance.uniform(0, 0.028, 60),
    )
    assert looks_shifted(*anywhere, network) is None


@pytest.mark.parametrize("system", [System.GCJ02, System.BD09])
def test_real_facilities_of_haidian(system):
    extract = read(HAIDIAN)
    lon, lat = (
        np.array([getattr(each, name) for each in extract.amenities])
        for name in ("lon", "lat")
    )
    assert looks_shifted(lon, lat, extract.network) is None
    finding = looks_shifted(*from_wgs84(lon, lat, system), extract.network)
    assert finding.values["likely"] == system.label
