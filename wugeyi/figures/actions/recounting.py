"""Everything counted anew: facts against records, totals against facts."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from wugeyi.accounts.models import User
from wugeyi.audit.actions import record
from wugeyi.figures import gateway
from wugeyi.figures.actions import gaps, turns
from wugeyi.figures.actions.filling import (
    COLUMNS,
    differing,
    fill,
    forget_stays,
    make_stays,
)
from wugeyi.figures.actions.folding import GRAINS, add_totals, make_days, of_days
from wugeyi.figures.actions.presence import add_presence, of_presence
from wugeyi.figures.adapter import Aggregate, Measure
from wugeyi.figures.catalogue import catalogue
from wugeyi.figures.models import Recount

TABLES = ("figures_total", "figures_presence", "figures_span", "figures_gap")


@dataclass(frozen=True, slots=True)
class Difference:
    """What does not agree for one measure: lines of facts, rows of totals."""

    code: str
    facts: int
    totals: int


def recount(
    *, at: datetime, repair: bool = False, by: User | None = None
) -> tuple[Recount, list[Difference]]:
    """Compare facts with their records and totals with the facts, measure by measure.

    Each measure is a transaction of its own; folding waits meanwhile, writers do not
    (on SQLite they do). With ``repair`` what differs is put right: facts are corrected
    by further facts dated ``at``, totals are made anew.
    """
    forget_stays()
    found = [
        each
        for measure in sorted(catalogue().measures.values(), key=lambda m: m.code)
        if (each := _one(measure, at=at, repair=repair)).facts or each.totals
    ]
    forget_stays()
    facts = gateway.rows("SELECT COALESCE(MAX(id), 0) FROM figures_fact", [])[0][0]
    with transaction.atomic():
        row = Recount.objects.create(
            at=at,
            measures=len(catalogue().measures),
            facts=facts,
            facts_differing=sum(each.facts for each in found),
            totals_differing=sum(each.totals for each in found),
            repaired=repair and bool(found),
            text=" ".join(f"{e.code}:{e.facts}/{e.totals}" for e in found),
        )
        if row.repaired:
            record(
                action="figures.repair",
                subject=row,
                by=by,
                at=at,
                after={"measures": row.text},
            )
    return row, found


@transaction.atomic
def _one(measure: Measure, *, at: datetime, repair: bool) -> Difference:
    gateway.wait_for_folding()
    if not gateway.has_temporary("figures_stays"):
        make_stays()
    text, values = differing(measure, at)
    facts = gateway.rows(f"SELECT COUNT(*) FROM ({text}) x", values)[0][0]
    _folded(measure)
    totals = _differing_totals(measure)
    gateway.run("DROP TABLE figures_folded")
    if repair and facts:
        fill(measure, at=at, known_since_then=False)
    if repair and totals:
        _rebuild(measure)
    return Difference(measure.code, int(facts), totals)


def _folded(measure: Measure) -> None:
    """Put down the facts the totals should hold: all but the fresh; one moment."""
    gateway.run("DROP TABLE IF EXISTS figures_folded")
    fresh = COLUMNS.replace("records", "-records")
    gateway.run(
        f"CREATE TEMPORARY TABLE figures_folded AS SELECT {COLUMNS} FROM figures_fact"
        f" WHERE measure_id = {measure.number}"
        f" UNION ALL SELECT {fresh} FROM figures_fresh"
        f" WHERE measure_id = {measure.number}"
    )


def _differing_totals(measure: Measure) -> int:
    number = measure.number
    make_days("figures_folded")
    levels = " UNION ALL ".join(
        f"SELECT * FROM ({of_days(grain)}) g{grain}" for grain in GRAINS
    )
    total = (
        "SELECT measure_id, path, grain, start, dimension, -records, -value"
        f" FROM figures_total WHERE measure_id = {number}"
    )
    found = _unequal(
        f"WITH x (a, b, c, d, e, n, v) AS ({levels} UNION ALL {total})"
        " SELECT a, b, c, d, e FROM x GROUP BY a, b, c, d, e"
    )
    gateway.run("DROP TABLE figures_days")
    return found + _differing_presence(measure)


def _differing_presence(measure: Measure) -> int:
    number = measure.number
    month = gateway.start("m")
    bit = "0" if measure.standing else gateway.bit_of("on_day")
    unit = "CAST(organisation_id AS VARCHAR(120))"
    kinds = {"u": unit}
    if measure.aggregate is Aggregate.DISTINCT:
        kinds["k"] = "subject"
    parts = [
        f"SELECT '{what}', subject, path, month, SUM(records),"
        " SUM(CASE WHEN records > 0 THEN bit ELSE 0 END) FROM"
        f" (SELECT {key} AS subject, path, {month} AS month, {bit} AS bit,"
        f" SUM(records) AS records FROM figures_folded"
        f" GROUP BY {key}, path, on_day) d{what} GROUP BY subject, path, month"
        for what, key in kinds.items()
    ]
    parts.append(
        "SELECT what, subject, path, month, -records, -days FROM figures_presence"
        f" WHERE measure_id = {number}"
    )
    found = _unequal(
        f"WITH x (a, b, c, d, n, v) AS ({' UNION ALL '.join(parts)})"
        " SELECT a, b, c, d FROM x GROUP BY a, b, c, d"
    )
    only = of_presence(
        1,
        "figures_presence p",
        f"p.measure_id = {number}",
        standing=measure.standing,
    )
    span = (
        "SELECT measure_id, what, path, month, following, -subjects, -value"
        f" FROM figures_span WHERE measure_id = {number}"
    )
    found += _unequal(
        f"WITH x (a, b, c, d, e, n, v) AS (SELECT * FROM ({only}) s UNION ALL {span})"
        " SELECT a, b, c, d, e FROM x GROUP BY a, b, c, d, e"
    )
    if measure.standing:
        ever = gateway.day_literal("0001-01-01")
        between = turns.of_lines(
            1,
            f"SELECT measure_id, {unit} AS subject, path, {ever} AS since, on_day,"
            " records FROM figures_folded",
        )
    else:
        between = gaps.of_days(
            1, gaps.of_levels("figures_presence p", f"p.measure_id = {number}")
        )
    return found + _unequal(
        "WITH x (a, b, c, d, e, f, g, h, n, v) AS"
        f" (SELECT s.*, 0 FROM ({between}) s UNION ALL"
        f" SELECT {gaps.KEY}, -subjects, 0 FROM figures_gap"
        f" WHERE measure_id = {number})"
        " SELECT a, b, c, d, e, f, g, h FROM x GROUP BY a, b, c, d, e, f, g, h"
    )


def _unequal(text: str) -> int:
    """Count the groups whose two sides do not cancel out."""
    found = gateway.rows(f"{text} HAVING SUM(n) <> 0 OR SUM(v) <> 0", [])
    return len(found)


def _rebuild(measure: Measure) -> None:
    for table in TABLES:
        gateway.run(f"DELETE FROM {table} WHERE measure_id = {measure.number}")
    _folded(measure)
    add_totals("figures_folded")
    add_presence("figures_folded")
    gateway.run("DROP TABLE figures_folded")


@transaction.atomic
def rebuild() -> None:
    """Make all totals anew from the facts: after a change of how they are kept."""
    gateway.wait_for_folding()
    for measure in catalogue().measures.values():
        _rebuild(measure)
