"""Fares by baskets as GTFS Fares v2: rider categories of one product."""

from typing import TYPE_CHECKING

from wugeyi.engines.lineplanning.gtfs.about import About, long_name
from wugeyi.engines.lineplanning.gtfs.archive import Tables

if TYPE_CHECKING:
    from wugeyi.engines.lineplanning.fares import Fares

NETWORK, PRODUCT = "line", "ride"


def add(tables: Tables, fares: "Fares", about: About) -> None:
    """Add what a ride costs with how many baskets, whatever the medium.

    Whoever carries the fewest is the default category; there is exactly one.
    """
    from wugeyi.engines.lineplanning.fares import fare_fen

    steps = sorted({0, *(band.from_baskets for band in fares.bands)})
    codes = [f"baskets-{least}" for least in steps]
    named = [_name(steps, place) for place in range(len(steps))]
    tables.add(
        "rider_categories",
        (
            {
                "rider_category_id": code,
                "rider_category_name": name,
                "is_default_fare_category": str(int(place == 0)),
            }
            for place, (code, (name, _)) in enumerate(zip(codes, named, strict=True))
        ),
    )
    tables.add(
        "fare_media",
        (
            {
                "fare_media_id": each.code,
                "fare_media_name": each.name,
                "fare_media_type": str(each.kind),
            }
            for each in about.media
        ),
    )
    tables.add(
        "fare_products",
        (
            {
                "fare_product_id": PRODUCT,
                "fare_product_name": "单程",
                "rider_category_id": code,
                "fare_media_id": medium.code,
                "amount": yuan(fare_fen(fares, least)),
                "currency": "CNY",
            }
            for code, least in zip(codes, steps, strict=True)
            for medium in about.media
        ),
    )
    network = long_name(about) or about.line_number
    tables.add("networks", [{"network_id": NETWORK, "network_name": network}])
    leg = {"network_id": NETWORK, "fare_product_id": PRODUCT}
    tables.add("fare_leg_rules", [{"leg_group_id": "leg", **leg}])
    for code, (_, said) in zip(codes, named, strict=True):
        row = translated("rider_categories", "rider_category_name", said, record=code)
        tables.add("translations", [row])


def _name(steps: list[int], place: int) -> tuple[str, str]:
    """Return how a band is called, in Chinese and English."""
    least = steps[place]
    if len(steps) == 1:
        return "不论筐数", "Any baskets"
    if place + 1 == len(steps):
        return f"{least} 筐及以上", f"{least} baskets or more"
    most = steps[place + 1] - 1
    if most == 0:
        return "不带筐", "No basket"
    if least == most:
        return f"{least} 筐", "1 basket" if least == 1 else f"{least} baskets"
    if least == 0:
        return f"{most} 筐及以下", f"Up to {most} baskets"
    return f"{least} 至 {most} 筐", f"{least} to {most} baskets"


def yuan(fen: int) -> str:
    """Return whole fen as yuan with two places."""
    return f"{fen // 100}.{fen % 100:02d}"


def translated(
    table: str, field: str, said: str, *, record: str = "", value: str = ""
) -> dict[str, str]:
    """Return an English name: of a record, or of a value wherever it stands."""
    return {
        "table_name": table,
        "field_name": field,
        "language": "en",
        "translation": said,
        "record_id": record,
        "field_value": value,
    }
