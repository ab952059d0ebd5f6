"""A plan as files: a workbook with everything, and a GTFS feed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from wugeyi.buslines.adapter.feeds import Unwritable
from wugeyi.engines.lineplanning.archive import (
    case_from_json,
    from_json,
    plan_from_json,
)
from wugeyi.engines.lineplanning.fares import Fares
from wugeyi.engines.lineplanning.findings import Finding, Refused
from wugeyi.engines.lineplanning.gtfs import About, feed
from wugeyi.engines.lineplanning.reasons import Reason
from wugeyi.engines.lineplanning.workbook import plan_workbook

Json = Any

__all__ = ["Told", "Unwritable", "gtfs", "workbook"]


@dataclass(frozen=True, slots=True)
class Told:
    """What a plan's feed says of the line; days both included."""

    agency: str
    url: str
    phone: str
    number: str
    name: str
    name_en: str
    first_day: date
    last_day: date


def workbook(
    inputs: Json,
    fares: Json,
    result: Json,
    reasons: Iterable[tuple[str, Json]],
    *,
    english: bool,
) -> bytes:
    """Return a plan as a workbook: timetable, buses, loads, money, who is left out."""
    return plan_workbook(
        case_from_json(inputs),
        plan_from_json(result),
        fares=None if fares is None else from_json(Fares, fares),
        reasons=[Reason(code, from_json(Finding, each)) for code, each in reasons],
        language="en" if english else "zh",
    )


def gtfs(
    inputs: Json,
    fares: Json,
    result: Json,
    told: Told,
    *,
    names_en: Mapping[str, str],
    shapes: Mapping[str, Any],
    english: bool,
) -> bytes:
    """Return a plan as a GTFS feed, every day of the span.

    Raises
    ------
    Unwritable
        A place has no position, the line no telephone, or there is no trip.
    """
    lines = {
        (key.partition(" ")[0], key.partition(" ")[2]): [
            (lat, lon) for lon, lat in points
        ]
        for key, points in shapes.items()
    }
    try:
        return feed(
            case_from_json(inputs),
            plan_from_json(result),
            None if fares is None else from_json(Fares, fares),
            About(
                agency=told.agency,
                url=told.url,
                phone=told.phone,
                line_number=told.number,
                line_name=told.name,
                line_name_en=told.name_en,
                first_day=told.first_day,
                last_day=told.last_day,
            ),
            names_en=names_en,
            lines=lines or None,
        )
    except Refused as refused:
        raise Unwritable(refused.findings, english=english) from None
