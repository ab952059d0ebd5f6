"""How a decision was taken, stage by stage, each meeting held against its threshold."""

from dataclasses import dataclass

from wugeyi.branchwork.models import Decision, Meeting
from wugeyi.branchwork.models.decisions import BODY_NAMES, STAGE_NAMES
from wugeyi.branchwork.rules.meetings import (
    THRESHOLDS,
    Body,
    Check,
    Stage,
    Threshold,
    check,
)


@dataclass(frozen=True, slots=True)
class Procedure:
    """One stage: what was recorded of it, and what the check says."""

    stage: Stage
    name: object
    meeting: Meeting | None
    body: object = ""
    rule: Threshold | None = None
    checks: tuple[Check, ...] = ()


def procedure(decision: Decision) -> list[Procedure]:
    """Return the six stages if anything of them was recorded, else none; one query."""
    rows = {Stage(each.stage): each for each in decision.meetings.all()}
    if not rows:
        return []
    return [_stage(stage, rows.get(stage)) for stage in Stage]


def _stage(stage: Stage, row: Meeting | None) -> Procedure:
    if row is None or not row.body:
        return Procedure(stage, STAGE_NAMES[stage], row)
    body = Body(row.body)
    found = check(body, due=row.due, attended=row.attended, in_favour=row.in_favour)
    return Procedure(
        stage, STAGE_NAMES[stage], row, BODY_NAMES[body], THRESHOLDS[body], tuple(found)
    )
