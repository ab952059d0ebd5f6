"""Keeping figures in step: which rows are counted, as which source of ``measures.toml``."""

from collections import defaultdict
from datetime import datetime

from django.db import models

from wugeyi.buslines.models import (
    Boarding,
    Demand,
    Driver,
    Edition,
    Line,
    Run,
    Survey,
    SurveyFinding,
)
from wugeyi.figures.actions import refresh

SOURCES: dict[type[models.Model], tuple[str, ...]] = {
    Boarding: ("line_boardings", "village_boardings"),
    Demand: ("line_demands",),
    Driver: ("line_drivers",),
    Edition: ("line_stops",),
    Line: ("lines",),
    Run: ("line_runs",),
    Survey: ("line_surveys",),
    SurveyFinding: ("line_findings",),
}


def count(*rows: models.Model, at: datetime) -> None:
    """Let figures say what the rows say now; rows nothing counts cost nothing."""
    keys: dict[str, list[int]] = defaultdict(list)
    for row in rows:
        for source in SOURCES.get(type(row), ()):
            keys[source].append(row.pk)
    for source, records in keys.items():
        refresh(source=source, records=records, at=at)
