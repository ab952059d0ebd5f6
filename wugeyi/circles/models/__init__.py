"""Circles, what was found in them, scenarios and the search for sites."""

from wugeyi.circles.models.assessments import AreaCoverage, Assessment, Coverage
from wugeyi.circles.models.circles import Circle
from wugeyi.circles.models.scenarios import (
    Attachment,
    Change,
    Outcome,
    Scenario,
)
from wugeyi.circles.models.sitings import Site, Siting

__all__ = [
    "AreaCoverage",
    "Assessment",
    "Attachment",
    "Change",
    "Circle",
    "Coverage",
    "Outcome",
    "Scenario",
    "Site",
    "Siting",
]
