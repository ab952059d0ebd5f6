"""Rosters of a plan: their list, and one of them as people read it."""

from wugeyi.buslines.models import Plan, Roster


def rosters_of(plan: Plan) -> list[Roster]:
    """Return a plan's rosters, newest first, without their inputs; one query."""
    rows = plan.rosters.defer("inputs").select_related("work")
    return list(rows.order_by("-pk")[:20])
