"""All facts of a measure at once: compared with its records, missing ones added.

The same statement fills a new measure, checks an old one and repairs it.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from wugeyi.figures import gateway
from wugeyi.figures.actions.folding import add_totals
from wugeyi.figures.actions.presence import add_presence
from wugeyi.figures.adapter import Measure, narrow
from wugeyi.figures.catalogue import catalogue
from wugeyi.figures.models import MeasureVersion

LINE = "record, organisation, path, on_day, value, subject, dimension"
COLUMNS = (
    "id, measure_id, organisation_id, path, on_day, records, value, subject, dimension"
)


def backfill(
    *, at: datetime, source: str | None = None, measures: Iterable[str] | None = None
) -> int:
    """Make the facts of records that were there before their measure; return how many.

    Set-based: made for millions of records. Facts carry the moment the source says a
    record was written (``recorded``), else ``at``. What has its facts is left alone.

    Parameters
    ----------
    source, measures
        Only the measures of a source, or only these; neither: all.
    """
    wanted = set(measures) if measures is not None else None
    total = 0
    gateway.run("DROP TABLE IF EXISTS figures_stays")
    for measure in sorted(catalogue().measures.values(), key=lambda each: each.code):
        if source is not None and measure.source != source:
            continue
        if wanted is None or measure.code in wanted:
            total += fill(measure, at=at)
    forget_stays()
    return total


@transaction.atomic
def fill(measure: Measure, *, at: datetime, known_since_then: bool = True) -> int:
    """Add what the facts of one measure lack and take back what is too much.

    The new facts go straight into the totals. Where units stood is put down once for
    several measures in a row; who fills calls ``forget_stays`` at the end.

    Parameters
    ----------
    known_since_then
        Whether a missing fact is dated to when its record was written, or to ``at``:
        it was not counted until now.
    """
    gateway.wait_for_folding()
    if not gateway.has_temporary("figures_stays"):
        make_stays()
    text, values = differing(measure, at)
    last = gateway.rows("SELECT COALESCE(MAX(id), 0) FROM figures_fact", [])[0][0]
    moment = gateway.moment(at)
    said = f"COALESCE(recorded, {gateway.mark('timestamp with time zone')})"
    when = (
        f"CASE WHEN d > 0 THEN {said} ELSE"
        f" {gateway.mark('timestamp with time zone')} END"
        if known_since_then
        else gateway.mark("timestamp with time zone")
    )
    number = catalogue().sources[measure.source].number
    count = gateway.run(
        "INSERT INTO figures_fact (measure_id, source_id, record_id, organisation_id,"
        " path, on_day, records, value, subject, dimension, recorded_at)"
        f" SELECT {measure.number}, {number}, record, organisation, path, on_day, d,"
        f" value, subject, dimension, {when} FROM ({text}) x"
        # Beside each other on the disk what is read together.
        " ORDER BY path, on_day",
        # The moments stand before the text's own values.
        [*[moment] * (2 if known_since_then else 1), *values],
    )
    if count:
        gateway.run("DROP TABLE IF EXISTS figures_filled")
        gateway.run(
            f"CREATE TEMPORARY TABLE figures_filled AS SELECT {COLUMNS}"
            " FROM figures_fact WHERE id > %s AND measure_id = %s",
            [last, measure.number],
        )
        add_totals("figures_filled")
        add_presence("figures_filled")
        gateway.run("DROP TABLE figures_filled")
    version_of(measure.code, at)
    MeasureVersion.objects.filter(pk=measure.number, filled_at=None).update(
        filled_at=at
    )
    return count


def make_stays() -> None:
    """Put down where every unit stood when, without gaps at the ends."""
    gateway.run("DROP TABLE IF EXISTS figures_stays")
    ever = gateway.day_literal("0001-01-01")
    never = gateway.day_literal("9999-12-31")
    gateway.run(
        "CREATE TEMPORARY TABLE figures_stays AS"
        " SELECT organisation_id, path, CASE WHEN place = 1"
        f" THEN {ever} ELSE since END AS since, COALESCE(following, {never}) AS until"
        " FROM (SELECT organisation_id, path, since, ROW_NUMBER() OVER w AS place,"
        " LEAD(since) OVER w AS following FROM"
        f" (SELECT p.organisation_id, p.path, COALESCE(p.valid_from, {ever}) AS since"
        " FROM organisations_placement p JOIN organisations_treeview v"
        " ON v.id = p.view_id WHERE v.code = 'statutory') a"
        " WINDOW w AS (PARTITION BY organisation_id ORDER BY since)) b"
        " UNION ALL"
        f" SELECT o.id, o.path, {ever}, {never} FROM organisations_organisation o"
        " WHERE NOT EXISTS (SELECT 1 FROM organisations_placement p"
        " JOIN organisations_treeview v ON v.id = p.view_id"
        " WHERE p.organisation_id = o.id AND v.code = 'statutory')"
    )
    gateway.run("CREATE INDEX figures_stays_unit ON figures_stays (organisation_id)")
    gateway.run("ANALYZE figures_stays")


def forget_stays() -> None:
    """Drop what ``make_stays`` put down."""
    gateway.run("DROP TABLE IF EXISTS figures_stays")


def differing(measure: Measure, at: datetime) -> tuple[str, list[Any]]:
    """Return the select of lines whose facts are not what the records say.

    Columns: those of ``LINE``, ``d`` (what to add to the facts) and ``recorded``.
    Needs ``make_stays``.
    """
    compiled = narrow(catalogue().sources[measure.source], measure)
    said = f"({compiled.sql}) n"
    line = "n.record, n.organisation, {}, {}, n.value, n.subject, n.dimension, {}"
    if measure.standing:
        never = gateway.day_literal("9999-12-31")
        begins = "CASE WHEN s.since > n.on_day THEN s.since ELSE n.on_day END"
        until = f"COALESCE(n.until_day, {never})"
        ends = f"CASE WHEN s.until < {until} THEN s.until ELSE {until} END"
        joined = (
            f"FROM {said} JOIN figures_stays s ON s.organisation_id = n.organisation"
        )
        selects = [
            f"SELECT {line.format('s.path', begins, '1 AS c')}, n.recorded {joined}"
            f" WHERE {begins} < {ends}",
            f"SELECT {line.format('s.path', ends, '-1')}, n.recorded {joined}"
            f" WHERE {begins} < {ends} AND {ends} < {never}",
        ]
    else:
        selects = [
            f"SELECT {line.format('s.path', 'n.on_day', '1 AS c')}, n.recorded"
            f" FROM {said} JOIN figures_stays s ON s.organisation_id = n.organisation"
            " AND s.since <= n.on_day AND n.on_day < s.until"
        ]
    facts = (
        "SELECT record_id, organisation_id, path, on_day, value, subject, dimension,"
        " -records, CAST(NULL AS timestamp with time zone) FROM figures_fact"
        f" WHERE measure_id = {measure.number}"
    )
    every = " UNION ALL ".join([*selects, facts])
    names = LINE.split(", ")
    # The first select names the columns.
    named = (
        f"WITH l (record, organisation, path, on_day, value, subject, dimension, c,"
        f" recorded) AS ({every})"
    )
    sql = (
        f"{named} SELECT {', '.join(names)}, SUM(c) AS d, MAX(recorded) AS recorded"
        f" FROM l GROUP BY {', '.join(names)} HAVING SUM(c) <> 0"
    )
    return sql, [gateway.moment(at)] * (compiled.nows * len(selects))


def version_of(code: str, at: datetime) -> MeasureVersion:
    """Write down what a measure or indicator means from now on, once per version."""
    found = catalogue()[code]
    version, _created = MeasureVersion.objects.get_or_create(
        pk=found.number,
        defaults={
            "code": code,
            "version": found.version,
            "digest": catalogue().digest(code),
            "recorded_at": at,
        },
    )
    return version


def settle(*, at: datetime) -> list[str]:
    """Write down new versions, fill what is new; return the codes of filled measures.

    Cheap when nothing is new: one query. The worker calls it at every tick.
    """
    declared = catalogue()
    known = set(MeasureVersion.objects.values_list("pk", flat=True))
    unfilled = set(
        MeasureVersion.objects.filter(filled_at=None).values_list("pk", flat=True)
    )
    for code in sorted({*declared.measures, *declared.indicators}):
        if declared[code].number not in known:
            version_of(code, at)
    filled = []
    if unfilled or not known:
        forget_stays()
    for measure in sorted(declared.measures.values(), key=lambda each: each.code):
        if measure.number not in known or measure.number in unfilled:
            fill(measure, at=at)
            filled.append(measure.code)
    if filled:
        forget_stays()
    return filled
