"""Which version of a measure counted at a moment."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from wugeyi.figures.adapter import Measure
from wugeyi.figures.catalogue import catalogue
from wugeyi.figures.models import MeasureVersion


def at_moment(
    measures: Mapping[str, Measure], as_of: datetime | None
) -> dict[str, Measure]:
    """Return the measures in the version that was in force; no query for now.

    Before the first version was recorded, the first one counts: its facts tell when
    each record was written.
    """
    if as_of is None:
        return dict(measures)
    rows = MeasureVersion.objects.filter(code__in=measures).order_by("recorded_at")
    versions: dict[str, int] = {}
    for row in rows:
        if row.code not in versions or row.recorded_at <= as_of:
            versions[row.code] = row.version
    return {
        code: replace(each, version=versions.get(code, each.version))
        for code, each in measures.items()
    }


def filled(codes: Iterable[str]) -> bool:
    """Tell whether measures hold the records from before they were declared; one query.

    Until the worker filled them they count only what was written since.
    """
    wanted = {catalogue()[code].number for code in codes}
    return MeasureVersion.objects.filter(
        pk__in=wanted, filled_at__isnull=False
    ).count() == len(wanted)
