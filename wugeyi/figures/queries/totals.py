"""Reading figures from what is added up already."""

from wugeyi.figures.queries.sums import from_facts as sums

__all__ = ["sums"]
