"""Drivers and regular duties of a file beside those of the line."""

from datetime import date, timedelta
from typing import Any

from wugeyi.buslines.adapter.crewcells import days_of, driving_of, weekdays_of
from wugeyi.buslines.models import Driver, OtherDuty
from wugeyi.buslines.queries.importing.work import Row, Work
from wugeyi.buslines.rules.limits import FIRST_LICENCE, LAST_LICENCE, MOST_AWAY_DAYS
from wugeyi.buslines.rules.minutes import spans, written_spans

Spans = list[tuple[date, date]]


def drivers(work: Work) -> None:
    """Compare who drives; days off are added and never taken back."""
    for line, row in work.rows("drivers"):
        known = work.held.drivers.get(str(row["code"]).strip())
        name = str(row["name"] or "").strip() or (known.name if known else "")
        if not name:
            work.fault("drivers", line, "nameless")
            continue
        if not FIRST_LICENCE <= row["licensed_on"] <= LAST_LICENCE:
            work.fault("drivers", line, "licence", day=row["licensed_on"].isoformat())
            continue
        away = _away(work, line, row, known)
        if away is None:
            continue
        values = {"name": name, "licensed_on": row["licensed_on"]}
        values |= {"stars": row["stars"], "absent": away}
        work.coded("drivers", line, "driver", row, values, effective={"absent": []})


def _away(work: Work, line: int, row: Row, known: Driver | None) -> Spans | None:
    """Return the days off to come that nobody has written down yet."""
    days, bad = days_of(str(row["absent"] or ""))
    if bad:
        work.fault("drivers", line, "absent", text=bad[:40])
        return None
    rows = known.absences.all() if known else ()
    held = [(each.first_day, each.last_day) for each in rows]
    new = [
        day
        for day in days
        if day >= work.on and not any(first <= day <= last for first, last in held)
    ]
    found: Spans = []
    for day in new:
        follows = found and day - found[-1][1] == timedelta(days=1)
        if follows and (day - found[-1][0]).days < MOST_AWAY_DAYS:
            found[-1] = (found[-1][0], day)
        else:
            found.append((day, day))
    return found


def duties(work: Work) -> None:
    """Compare what the drivers drive besides."""
    for line, row in work.rows("duties"):
        begin, end = row["begin_minute"], row["end_minute"]
        driving = driving_of(str(row["driving"] or ""), begin, end)
        if driving is None:
            work.fault("duties", line, "driving", text=str(row["driving"])[:40])
            continue
        weekdays = weekdays_of(str(row["weekdays"]))
        if weekdays is None:
            work.fault("duties", line, "weekdays", text=str(row["weekdays"])[:40])
            continue
        values: Row = {"begin_minute": begin, "end_minute": end}
        values |= {"driving": driving, "weekdays": weekdays}
        known = work.held.duties.get(str(row["code"]).strip())
        stands = _as_told(known) if known else {}
        work.coded("duties", line, "otherduty", row, values, effective=stands)


def _as_told(known: OtherDuty) -> dict[str, Any]:
    """Return what stands as it is written in files: driving all the time is empty."""
    whole = ((known.begin_minute, known.end_minute),)
    held = spans(known.driving) or ()
    driving = "" if held == whole else written_spans(held)
    return {"driving": driving, "weekdays": "".join(sorted(known.weekdays))}
