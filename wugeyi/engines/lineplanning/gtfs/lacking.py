"""What places lack to stand in a feed."""

from collections.abc import Iterator

from wugeyi.engines.lineplanning.findings import Finding
from wugeyi.engines.lineplanning.model import Place


def unplaced(found: tuple[Place, ...]) -> Iterator[Finding]:
    """Tell which places have no position, or one that cannot be right."""
    missing = tuple(
        each.name or each.code for each in found if each.lat is None or each.lon is None
    )
    if missing:
        codes = (each.code for each in found if each.lat is None or each.lon is None)
        inputs = tuple(f"stop {code}" for code in codes)
        yield Finding("feed-no-position", "error", "", {"places": missing}, inputs)
    absurd = tuple(each.name or each.code for each in found if not _on_earth(each))
    if absurd:
        yield Finding("feed-position-absurd", "error", "", {"places": absurd})


def _on_earth(place: Place) -> bool:
    if place.lat is None or place.lon is None:
        return True
    near_null = abs(place.lat) < 1 and abs(place.lon) < 1
    return -90 < place.lat < 90 and -180 <= place.lon <= 180 and not near_null


def strangers(codes: set[str]) -> Iterator[Finding]:
    """Tell which places of the plan are not in the case."""
    if codes:
        yield Finding("feed-strange", "error", "", {"places": tuple(sorted(codes))})
