"""Following the register: how many units there are, and what moved after it counted."""

from datetime import datetime

from django.db import transaction

from wugeyi.figures import gateway
from wugeyi.figures.actions.levels import LENGTHS
from wugeyi.figures.actions.refreshing import refresh
from wugeyi.figures.catalogue import catalogue
from wugeyi.figures.models import Mark
from wugeyi.figures.queries.register import NAME, stamp
from wugeyi.organisations.rules import SEGMENT


def follow(*, at: datetime) -> int:
    """If the register changed: count its units again, move facts; return how many moved.

    Cheap when nothing changed: two queries. Facts of days on which their unit stood
    elsewhere, by what is known now, are taken back and added there; figures as of an
    earlier moment stay as they were.
    """
    now = stamp()
    mark = Mark.objects.filter(name=NAME).first()
    if mark is not None and mark.number == now:
        return 0
    count_units()
    moved = replace_moved(at=at)
    Mark.objects.update_or_create(name=NAME, defaults={"number": now, "at": at})
    return moved


@transaction.atomic
def count_units() -> None:
    """Count for every unit with others below how many of each kind began and ended.

    A unit that moves below the same unit neither begins nor ends there.
    """
    ever = gateway.day_literal("0001-01-01")
    gateway.run("DELETE FROM figures_expected")
    stays = (
        "SELECT p.organisation_id, o.kind, p.path, p.valid_from, p.valid_to,"
        " LAG(p.path) OVER w AS earlier, LEAD(p.path) OVER w AS later"
        " FROM organisations_placement p"
        " JOIN organisations_treeview v ON v.id = p.view_id"
        " JOIN organisations_organisation o ON o.id = p.organisation_id"
        " WHERE v.code = 'statutory'"
        " WINDOW w AS (PARTITION BY p.organisation_id"
        f" ORDER BY COALESCE(p.valid_from, {ever}))"
        # Units that were planted without a placement stand where they are.
        " UNION ALL SELECT o.id, o.kind, o.path, o.valid_from, o.valid_to, NULL, NULL"
        " FROM organisations_organisation o WHERE NOT EXISTS"
        " (SELECT 1 FROM organisations_placement p WHERE p.organisation_id = o.id)"
    )
    above = "substr(s.path, 1, l.len)"
    joined = (
        f"FROM ({stays}) s JOIN ({LENGTHS}) l ON l.len <= length(s.path) - {SEGMENT}"
    )
    gateway.run(
        "INSERT INTO figures_expected (path, kind, on_day, began, ended)"
        " SELECT path, kind, on_day, SUM(began), SUM(ended) FROM ("
        f"SELECT {above} AS path, s.kind, COALESCE(s.valid_from, {ever}) AS on_day,"
        f" 1 AS began, 0 AS ended {joined}"
        f" WHERE s.earlier IS NULL OR substr(s.earlier, 1, l.len) <> {above}"
        f" UNION ALL SELECT {above}, s.kind, s.valid_to, 0, 1 {joined}"
        " WHERE s.valid_to IS NOT NULL"
        f" AND (s.later IS NULL OR substr(s.later, 1, l.len) <> {above})"
        ") e GROUP BY path, kind, on_day"
    )


def replace_moved(*, at: datetime) -> int:
    """Move facts whose unit stood elsewhere on their day; return how many lines changed.

    Looks only at units that ever moved or whose facts lie at no place of theirs.
    """
    numbers = ", ".join(str(m.number) for m in catalogue().measures.values()) or "0"
    # Units only: keys that are counted need not be numbers.
    key = "CASE WHEN r.what = 'u' THEN CAST(r.subject AS bigint) END"
    # A month in which the unit stood at the path on every day needs no closer look.
    suspicious = (
        "SELECT r.measure_id, r.path, r.month FROM figures_presence r"
        f" WHERE r.what = 'u' AND r.measure_id IN ({numbers}) AND r.records <> 0"
        " AND NOT EXISTS (SELECT 1 FROM organisations_placement p"
        " JOIN organisations_treeview v ON v.id = p.view_id"
        f" WHERE v.code = 'statutory' AND p.organisation_id = {key} AND p.path = r.path"
        " AND (p.valid_from IS NULL OR p.valid_from <= r.month)"
        f" AND (p.valid_to IS NULL OR p.valid_to >= {gateway.month_after('r.month')}))"
    )
    standing = [m for m in catalogue().measures.values() if m.standing]
    if standing:
        # What stands goes along with its unit, whenever it began.
        suspicious += (
            " UNION SELECT r.measure_id, r.path, r.month FROM figures_presence r"
            " WHERE r.what = 'u' AND r.measure_id IN"
            f" ({', '.join(str(m.number) for m in standing)})"
            " AND (SELECT COUNT(*) FROM organisations_placement p"
            " JOIN organisations_treeview v ON v.id = p.view_id"
            f" WHERE v.code = 'statutory' AND p.organisation_id = {key}) > 1"
        )
    rows = gateway.rows(
        "SELECT DISTINCT f.source_id, f.record_id FROM"
        f" ({suspicious}) s JOIN figures_fact f ON f.measure_id = s.measure_id"
        " AND f.path = s.path AND f.on_day >= s.month"
        f" AND f.on_day < {gateway.month_after('s.month')}",
        [],
    )
    by_source: dict[int, list[int]] = {}
    for source, record in rows:
        by_source.setdefault(source, []).append(record)
    return sum(
        refresh(source=source.code, records=by_source[source.number], at=at)
        for source in catalogue().sources.values()
        if source.number in by_source
    )
