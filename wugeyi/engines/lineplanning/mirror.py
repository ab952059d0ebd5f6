"""The same world with time running backwards: a trip home in it is a trip to market.

Run backwards, a bus starts where it let the last people off, takes everybody on at the
stops, and is at the market when it really left it. So whatever finds trips to market
finds trips home, given this.
"""

from dataclasses import replace

from wugeyi.engines.lineplanning.model import Case, Ways


def mirrored(case: Case) -> Case:
    """Return a case with all minutes below 0, in reverse, and all ways turned round."""
    ways = case.ways
    return replace(
        case,
        markets=tuple(
            replace(
                each,
                opens_minute=-each.closes_minute,
                closes_minute=-each.opens_minute,
            )
            for each in case.markets
        ),
        ways=Ways(
            ways.codes,
            tuple(zip(*ways.minutes, strict=True)),
            tuple(zip(*ways.metres, strict=True)),
        ),
        vehicles=tuple(
            replace(
                each, from_minute=-each.until_minute, until_minute=-each.from_minute
            )
            for each in case.vehicles
        ),
        requests=tuple(
            replace(
                each,
                earliest_minute=-each.latest_minute,
                latest_minute=-each.earliest_minute,
            )
            for each in case.requests
        ),
        departures=tuple(
            replace(each, minute=-each.minute) for each in case.departures
        ),
        # Those are between stretches, which run backwards on their own.
        regular_duties=(),
    )
