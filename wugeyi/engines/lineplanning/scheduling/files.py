"""Instances of vehicle scheduling as they are published: costs from each to each.

The first line gives depots, trips, and buses of each depot; then a row and a column for
each depot and each trip, -1 where there is no way.
"""

from wugeyi.engines.lineplanning.scheduling.solving import Fleet


def read_instance(text: str) -> tuple[int, tuple[Fleet, ...]]:
    """Return the number of trips, and the fleets.

    Raises
    ------
    ValueError
        The text is not such an instance.
    """
    lines = [[int(each) for each in line.split()] for line in text.splitlines()]
    lines = [line for line in lines if line]
    depots, trips = lines[0][:2]
    counts, rows = lines[0][2:], lines[1:]
    size = depots + trips
    if len(counts) != depots or [len(row) for row in rows] != [size] * size:
        msg = f"{depots} depots and {trips} trips need {size} rows of {size} figures."
        raise ValueError(msg)
    follow = {
        (here, there): rows[depots + here][depots + there]
        for here in range(trips)
        for there in range(trips)
        if here != there and rows[depots + here][depots + there] >= 0
    }
    fleets = []
    for depot, count in enumerate(counts):
        out = {t: rows[depot][depots + t] for t in range(trips)}
        home = {t: rows[depots + t][depot] for t in range(trips)}
        fleets.append(
            Fleet(
                count,
                {trip: cost for trip, cost in out.items() if cost >= 0},
                {trip: cost for trip, cost in home.items() if cost >= 0},
                follow,
            )
        )
    return trips, tuple(fleets)
