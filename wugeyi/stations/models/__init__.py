"""Tables of stations: dictionaries, stations with their dated states, visits, gaps."""

from wugeyi.stations.models.breakages import Breakage
from wugeyi.stations.models.gaps import GapCluster, GapSearch, GapSite, WorkPoint
from wugeyi.stations.models.kinds import Checklist, Item, StationKind, Wanted
from wugeyi.stations.models.stations import (
    DayOff,
    Hours,
    ItemState,
    Met,
    OpenSpan,
    RunBy,
    Station,
    StationFile,
)
from wugeyi.stations.models.visits import VisitDay, VisitHour

__all__ = [
    "Breakage",
    "Checklist",
    "DayOff",
    "GapCluster",
    "GapSearch",
    "GapSite",
    "Hours",
    "Item",
    "ItemState",
    "Met",
    "OpenSpan",
    "RunBy",
    "Station",
    "StationFile",
    "StationKind",
    "VisitDay",
    "VisitHour",
    "Wanted",
    "WorkPoint",
]
