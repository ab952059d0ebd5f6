import pytest
from hypothesis import given
from hypothesis import strategies as st

from wugeyi.organisations.rules.coordinates import to_gcj02, to_wgs84

CHINA = (st.floats(73, 135), st.floats(18, 53))


@given(*CHINA)
def test_the_inverse_undoes_the_shift(lon, lat):
    there = to_gcj02(lon, lat)
    back = to_wgs84(*there)
    assert back == pytest.approx((lon, lat), abs=1e-6)


@given(*CHINA)
def test_the_shift_is_some_hundred_metres(lon, lat):
    there = to_gcj02(lon, lat)
    metres = 111_195 * max(abs(there[0] - lon), abs(there[1] - lat))
    assert 1 < metres < 1_500


@pytest.mark.parametrize("place", [(-0.1276, 51.5072), (151.2, -33.9), (0.0, 0.0)])
def test_outside_china_nothing_is_shifted(place):
    assert to_gcj02(*place) == place
    assert to_wgs84(*place) == place


# The worked examples of googollee/eviltransform, which takes 6,378,137 m as the axis:
# that moves the result by less than 2e-7 degrees.
@pytest.mark.parametrize(
    ("wgs84", "gcj02"),
    [
        ((121.5272106, 31.1774276), (121.531541859215, 31.17530398364597)),
        ((113.912316, 22.543847), (113.9171764808363, 22.540796131694766)),
        ((116.377817, 39.911954), (116.38404722455657, 39.91334545536069)),
    ],
)
def test_published_examples(wgs84, gcj02):
    assert to_gcj02(*wgs84) == pytest.approx(gcj02, abs=5e-7)
    assert to_wgs84(*gcj02) == pytest.approx(wgs84, abs=1e-6)
