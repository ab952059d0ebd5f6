"""GTFS, the form in which timetables travel: a plan written, a regular timetable read."""

from wugeyi.engines.lineplanning.gtfs.about import About, Booking, Medium
from wugeyi.engines.lineplanning.gtfs.flex import flex_feed
from wugeyi.engines.lineplanning.gtfs.reading import read_feed
from wugeyi.engines.lineplanning.gtfs.records import Feed
from wugeyi.engines.lineplanning.gtfs.timetable import blocks, departures, routes_seen
from wugeyi.engines.lineplanning.gtfs.writing import feed

__all__ = [
    "About",
    "Booking",
    "Feed",
    "Medium",
    "blocks",
    "departures",
    "feed",
    "flex_feed",
    "read_feed",
    "routes_seen",
]
