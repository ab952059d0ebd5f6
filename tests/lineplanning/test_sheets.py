from tests.lineplanning.test_checker import NOON, NOON_PLAN
from wugeyi.engines.lineplanning.sheets import calls


def test_a_trip_home_begins_at_the_market_with_everybody_aboard() -> None:
    rows = calls(NOON, NOON_PLAN, "en")
    trip = [row[2:] for row in rows if row[:2] == ("large 1", "2")]
    assert trip == [
        ("m", "", "10:20", "", "13", "3"),
        ("a", "10:40", "10:42", "h1", "5", "0"),
        ("b", "10:48", "10:49", "h2", "0", "0"),
    ]


def test_a_trip_to_market_ends_there() -> None:
    rows = calls(NOON, NOON_PLAN, "zh")
    trip = [row[2:] for row in rows if row[:2] == ("large 1", "1")]
    assert trip[-1] == ("m", "06:47", "", "", "0", "0")
    assert rows[0][5] == "上下车"
