"""What several commands begin with: the files, the pace, the graph."""

from typing import Any

from wugeyi.engines.accessibility import files
from wugeyi.engines.accessibility.command.screen import Screen
from wugeyi.engines.accessibility.coordinates import System
from wugeyi.engines.accessibility.files import Town
from wugeyi.engines.accessibility.findings import Refused
from wugeyi.engines.accessibility.graph import Graph
from wugeyi.engines.accessibility.network import Network
from wugeyi.engines.accessibility.walking import ADULT, ELDER, PLANNERS, Pace

PACES = {"adult": ADULT, "elder": ELDER, "planners": PLANNERS}


def town_of(screen: Screen, given: Any, *, homes: bool = True) -> Town:
    """Read the files a command names; say what was noticed in them.

    Raises
    ------
    Refused
        A file cannot be used, or homes are wanted and there are none.
    """
    kinds = files.template_of(given.template)
    found = files.town(
        given.network,
        given.homes if homes else None,
        given.facilities,
        template=kinds,
        system=System(given.system),
    )
    for name, noticed in found.findings.items():
        screen.findings(noticed, name)
    if given.facilities and not kinds.verified:
        screen.note("unverified", name=screen.name(kinds))
    if homes and not found.homes:
        raise Refused("table-no-homes", given.homes.name)
    return found


def pace_of(given: Any) -> Pace:
    """Return the pace that the options name."""
    named = PACES.get(given.pace)
    speed = named.speed_mm_s if named else round(float(given.pace) * 1e6 / 3600)
    return Pace(speed, slope=given.slope)


def graph_of(network: Network, pace: Pace, name: str) -> Graph:
    """Return the network as somebody walks it.

    Raises
    ------
    Refused
        Slopes are wanted and the network has no heights.
    """
    if pace.slope and network.rise_mm is None:
        raise Refused("network-level", name)
    return Graph.of(network, pace)


def pace_text(screen: Screen, pace: Pace) -> str:
    """Say a pace."""
    key = "pace-slope" if pace.slope else "pace-is"
    return screen.text(key, kmh=f"{pace.speed_mm_s * 3.6 / 1000:.1f}")


def minutes_of(ms: int) -> str:
    """Write milliseconds as minutes, to a tenth."""
    return f"{ms / 60_000:.1f}"


def place_text(screen: Screen, name: str, number: int) -> str:
    """Name a row of a table, by its number where it has no name."""
    return name or screen.text("row", number=number)
