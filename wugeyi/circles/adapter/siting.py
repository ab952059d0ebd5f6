"""Where the next facilities of a kind help most."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from wugeyi.circles.adapter.inputs import Inputs
from wugeyi.circles.adapter.looking import ENOUGH, Look, look
from wugeyi.circles.adapter.streets import Streets, streets_of
from wugeyi.circles.rules import horizons

if TYPE_CHECKING:
    pass

Progress = Callable[[float, int, int], bool]
MOST_CANDIDATES = 1500
# A corner of a block: finer choices are made by looking at the place itself.
CELL_M = 60.0
PROOF_SECONDS = 300.0


@dataclass(frozen=True, slots=True)
class Wanted:
    """How many more of which kind, for whom, each for how many people."""

    kind: int
    sites: int
    elderly: bool
    capacity: int | None
    prove: bool


@dataclass(frozen=True, slots=True)
class SitedAt:
    """A site, and who newly reaches the kind in time because of it, in this order."""

    lon: float
    lat: float
    residents: int
    elderly: int
    homes: int


@dataclass(frozen=True, slots=True)
class Sited:
    """The answer. People are residents or older residents, as was asked.

    ``outside`` are without today, ``gained`` are served by the sites, and no choice of
    as many sites serves more than ``bound``.
    """

    sites: tuple[SitedAt, ...]
    outside: int
    gained: int
    bound: int
    proven: bool
    cancelled: bool


def site(inputs: Inputs, wanted: Wanted, progress: Progress) -> Sited:
    """Choose sites among the corners of streets near homes.

    ``progress`` is told a share, people gained so far and the bound; False stops the
    search, and the best so far is the answer.
    """
    from wugeyi.engines.accessibility.siting import best, cover, prove

    streets, found = streets_of(inputs), look(inputs)
    corners = _corners(streets, inputs)
    where, standing, places = _sites(streets, found, inputs, wanted, corners)
    limit = inputs.limits_ms[wanted.kind]
    sets = cover(streets.graph, where, found.homes, limit)
    people = _people(found, wanted)
    stop = _Listening(progress)
    options: dict[str, Any] = {
        "standing": standing,
        "places": places,
        "progress": stop,
    }
    if wanted.prove:
        options["seconds"] = PROOF_SECONDS
    choose = prove if wanted.prove else best
    choice = choose(sets, people, wanted.sites, **options)
    return Sited(
        sites=_in_words(streets, sets, found, wanted, corners, choice.sites),
        outside=_outside(found, wanted),
        gained=choice.people,
        bound=choice.bound,
        proven=choice.proven,
        cancelled=stop.stopped,
    )


class _Listening:
    """Passes progress on and remembers whether it was told to stop."""

    def __init__(self, progress: Progress) -> None:
        self.progress = progress
        self.stopped = False

    def __call__(self, share: float, best: int, bound: int) -> bool:
        self.stopped = not self.progress(share, best, bound)
        return not self.stopped


def _corners(streets: Streets, inputs: Inputs) -> Any:
    """Return one node for each cell of a grid over the homes' surroundings."""
    import numpy as np

    network = streets.network
    doors = [(home[0], home[1]) for home in inputs.homes]
    wide = horizons.metres_in(max(inputs.limits_ms), inputs.speed_mm_s)
    west, south, east, north = horizons.around(doors, min(wide, 1000.0))
    inside = (network.lon >= west) & (network.lon <= east)
    inside &= (network.lat >= south) & (network.lat <= north)
    inside &= network.component == 0
    node = np.flatnonzero(inside)
    cell = CELL_M
    while True:
        row = ((network.lat[node] - south) * horizons.METRES_A_DEGREE / cell).astype(
            np.int64
        )
        shrink = np.cos(np.radians((south + north) / 2))
        column = (
            (network.lon[node] - west) * horizons.METRES_A_DEGREE * shrink / cell
        ).astype(np.int64)
        _cells, first = np.unique(row * 1_000_003 + column, return_index=True)
        if len(first) <= MOST_CANDIDATES:
            return np.sort(node[first])
        cell *= 1.25


def _sites(
    streets: Streets, found: Look, inputs: Inputs, wanted: Wanted, corners: Any
) -> tuple[Any, tuple[int, ...], Any]:
    """Return candidates; with a capacity also what stands there, and everybody's places."""
    import numpy as np

    candidates = streets.graph.at_nodes(corners)
    if wanted.capacity is None:
        return candidates, (), None
    standing = streets.graph.spots(found.facilities[wanted.kind])
    together = _joined(candidates, standing)
    known = [row[3] for row in inputs.facilities if row[0] == wanted.kind]
    places = [wanted.capacity] * len(corners)
    places += [ENOUGH if each is None else each for each in known]
    numbers = tuple(range(len(corners), len(corners) + len(known)))
    return together, numbers, np.array(places, np.int64)


def _joined(one: Any, other: Any) -> Any:
    """Return points of both, the first ones first."""
    import numpy as np

    from wugeyi.engines.accessibility.graph import Spots

    names = Spots.__dataclass_fields__
    return Spots(
        **{
            name: np.concatenate([getattr(one, name), getattr(other, name)])
            for name in names
        }
    )


def _people(found: Look, wanted: Wanted) -> Any:
    """Return people by home; without a capacity only those who lack the kind today."""
    import numpy as np

    people = found.people(elderly=wanted.elderly)
    if wanted.capacity is not None:
        return people
    return np.where(found.inside[wanted.kind], 0, people)


def _outside(found: Look, wanted: Wanted) -> int:
    people = found.people(elderly=wanted.elderly)
    return int(people[~found.inside[wanted.kind]].sum())


def _in_words(
    streets: Streets,
    sets: Any,
    found: Look,
    wanted: Wanted,
    corners: Any,
    chosen: tuple[int, ...],
) -> tuple[SitedAt, ...]:
    """Return sites with the homes each brings inside that those before it do not."""
    lacking = ~found.inside[wanted.kind]
    residents, elderly = found.people(), found.people(elderly=True)
    answer = []
    for number in chosen:
        homes = sets.of(number)
        new = homes[lacking[homes]]
        lacking[new] = False
        node = corners[number]
        answer.append(
            SitedAt(
                lon=float(streets.network.lon[node]),
                lat=float(streets.network.lat[node]),
                residents=int(residents[new].sum()),
                elderly=int(elderly[new].sum()),
                homes=len(new),
            )
        )
    return tuple(answer)
