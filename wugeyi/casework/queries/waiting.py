"""How much waits for somebody, for the desk's tabs and its navigation.

Written in SQL: through the ORM these three small counts cost more than the whole list
(docs/benchmarks.md). The lists behind them are in ``queries.desk``; a test holds the
two together.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import connection

from wugeyi.casework.models.cases import OPEN_STATES
from wugeyi.casework.rules import access
from wugeyi.organisations.rules import Reach, Role, after

MANY = 100
"""Counts stop here: the page says 99+."""
DECIDES = frozenset({Role.DISPATCHER, Role.SUPERVISOR})
LEADS = frozenset({Role.SUPERVISOR, Role.DISPATCHER, Role.AUDITOR})
"""Those whose navigation tells how much was escalated to them."""

OBJECTED = """
SELECT 1 FROM casework_assignment row
JOIN organisations_organisation unit ON unit.id = row.organisation_id
WHERE {among} AND row.objected_at IS NOT NULL AND row.decided_at IS NULL
AND row.ended_at IS NULL"""
ASKED = """
SELECT 1 FROM casework_request row
JOIN organisations_organisation unit ON unit.id = row.organisation_id
WHERE {among} AND row.replied_at IS NULL"""
UNSEEN = """
SELECT 1 FROM casework_escalation row
JOIN casework_case about ON about.id = row.case_id
WHERE {among} AND row.seen_at IS NULL AND about.state IN {states}"""


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many hand-backs, requests for help and escalations wait, up to ``MANY``."""

    objected: int = 0
    asked: int = 0
    unseen: int = 0


def counts(reach: Reach) -> Waiting:
    """Count what waits for a decision, a reply or an eye of ours; one query."""
    decides, sees = reach.roots(DECIDES), reach.roots(access.SEES_BY_HANDLER)
    told = told_of(reach) if reach.holds(*LEADS) else []
    parts: dict[str, tuple[str, list[str | int]]] = {}
    if decides:
        parts["objected"] = OBJECTED.format(among=_ranges(decides, ">")), _ends(decides)
    if sees:
        parts["asked"] = ASKED.format(among=_ranges(sees, ">=")), _ends(sees)
    if told:
        among = f"row.organisation_id IN ({_places(told)})"
        states = f"({_places(OPEN_STATES)})"
        sql = UNSEEN.format(among=among, states=states)
        parts["unseen"] = sql, [*told, *OPEN_STATES]
    if not parts:
        return Waiting()
    # Only placeholders were put into the texts.
    columns = ", ".join(
        f"(SELECT COUNT(*) FROM ({sql} LIMIT {MANY}) part)"  # noqa: S608
        for sql, _values in parts.values()
    )
    values = [value for _sql, given in parts.values() for value in given]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns}", values)
        return Waiting(**dict(zip(parts, cursor.fetchone(), strict=True)))


def told_of(reach: Reach) -> list[int]:
    """Return the organisations whose escalations are this person's to read."""
    return [
        holding.organisation_id
        for holding in reach.holdings
        if holding.role in access.SEES_BY_HANDLER and holding.role != Role.AUDITOR
    ]


def _places(values: Sequence[object]) -> str:
    return ", ".join(["%s"] * len(values))


def _ranges(roots: Sequence[str], beyond: str) -> str:
    """Return the condition of subtrees; with ``>`` what lies below their roots only."""
    one = f"(unit.path {beyond} %s AND unit.path < %s)"
    return f"({' OR '.join([one] * len(roots))})"


def _ends(roots: Iterable[str]) -> list[str | int]:
    return [end for root in roots for end in (root, after(root))]
