"""Facts follow their records: what changed is appended, in the record's transaction."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db import transaction

from wugeyi.figures import gateway
from wugeyi.figures.adapter import WIDTH, Compiled, Measure
from wugeyi.figures.catalogue import catalogue, wide
from wugeyi.figures.queries.places import stays_of
from wugeyi.figures.rules.places import Stay, path_on, standing

AT_ONCE = 500
FACT = [
    "measure_id",
    "source_id",
    "record_id",
    "organisation_id",
    "path",
    "on_day",
    "records",
    "value",
    "subject",
    "dimension",
    "recorded_at",
]
FRESH = [
    "measure_id",
    "organisation_id",
    "path",
    "on_day",
    "records",
    "value",
    "subject",
    "dimension",
]


class Line(NamedTuple):
    """What one record says to one measure at one place and day."""

    measure: int
    record: int
    organisation: int
    path: str
    on: date
    value: int
    key: str
    dimension: str


# No savepoint: an act whose facts cannot be written must not be written either.
@transaction.atomic(savepoint=False)
def refresh(
    *, source: str, records: Iterable[int], at: datetime, new: bool = False
) -> int:
    """Let the facts of some records say what their rows say now; return how many lines.

    Called by every action that wrote such a record, in its transaction. A record that
    its source no longer gives (withdrawn, deleted) is taken back. The cost is that of
    three queries, whatever the number of measures.

    Parameters
    ----------
    records
        Keys of the rows that changed.
    at
        When it was recorded; figures ``as_of`` an earlier moment do not change.
    new
        The records were made just now and have no facts yet: one query less.
    """
    compiled = wide(source)
    if not compiled.measures:
        return 0
    number = catalogue().sources[source].number
    wanted = sorted(set(records))
    count = 0
    for start in range(0, len(wanted), AT_ONCE):
        some = wanted[start : start + AT_ONCE]
        lines = _now(compiled, some, at)
        if not new:
            lines.subtract(_standing(compiled, number, some))
        count += _append(number, lines, at)
    return count


def _now(compiled: Compiled, records: Sequence[int], at: datetime) -> Counter[Line]:
    """Return what the rows of the records say."""
    marks = ", ".join(["%s"] * len(records))
    rows = gateway.rows(
        f"{compiled.sql} WHERE s.record IN ({marks})",
        [*[gateway.moment(at)] * compiled.nows, *records],
    )
    rows = [row for row in rows if row[1] is not None]
    places = stays_of({row[1] for row in rows}) if rows else {}
    found: Counter[Line] = Counter()
    for row in rows:
        for index, measure in enumerate(compiled.measures):
            start = 3 + index * WIDTH
            on = gateway.as_day(row[start])
            if on is not None:
                parts = row[start + 1 : start + WIDTH]
                found.update(
                    dict(_lines(measure, row[0], row[1], places[row[1]], on, parts))
                )
    return found


def _lines(
    measure: Measure,
    record: int,
    organisation: int,
    places: Sequence[Stay],
    on: date,
    parts: Sequence[Any],
) -> Iterator[tuple[Line, int]]:
    until, value, key, dimension = parts
    if measure.standing:
        spots = standing(places, on, gateway.as_day(until))
    else:
        spots = [(path_on(places, on), on, 1)]
    for path, day, sign in spots:
        yield (
            Line(
                measure.number,
                record,
                organisation,
                path,
                day,
                int(value),
                key,
                dimension,
            ),
            sign,
        )


def _standing(compiled: Compiled, source: int, records: Sequence[int]) -> Counter[Line]:
    """Return what the facts of the records say, put together."""
    marks = ", ".join(["%s"] * len(records))
    current = {measure.number for measure in compiled.measures}
    rows = gateway.rows(
        "SELECT measure_id, record_id, organisation_id, path, on_day, value, subject,"
        " dimension, SUM(records) FROM figures_fact"
        f" WHERE source_id = %s AND record_id IN ({marks})"
        " GROUP BY measure_id, record_id, organisation_id, path, on_day, value,"
        " subject, dimension HAVING SUM(records) <> 0",
        [source, *records],
    )
    found: Counter[Line] = Counter()
    for measure, record, unit, path, on, *rest, count in rows:
        day = gateway.as_day(on)
        if measure in current and day is not None:
            found[Line(measure, record, unit, path, day, *rest)] = int(count)
    return found


def _append(source: int, lines: Counter[Line], at: datetime) -> int:
    moment = gateway.moment(at)
    facts = []
    fresh = []
    for line, count in sorted(lines.items(), key=lambda item: (item[1], item[0])):
        if not count:
            continue
        rest = (count, line.value, line.key, line.dimension)
        where = (line.organisation, line.path, line.on)
        facts.append((line.measure, source, line.record, *where, *rest, moment))
        fresh.append((line.measure, *where, *rest))
    if facts:
        gateway.insert("figures_fact", FACT, facts)
        gateway.insert("figures_fresh", FRESH, fresh)
    return len(facts)
