"""GTFS, the form in which timetables travel: a plan written, a regular timetable read."""

from wugeyi.engines.lineplanning.gtfs.about import About, Booking, Medium
from wugeyi.engines.lineplanning.gtfs.flex import flex_feed
from wugeyi.engines.lineplanning.gtfs.writing import feed

__all__ = ["About", "Booking", "Medium", "feed", "flex_feed"]
