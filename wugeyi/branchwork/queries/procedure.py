"""How a decision was taken, step by step, each ballot held against its own law."""

from dataclasses import dataclass, field

from wugeyi.branchwork.models import Decision, Meeting, MeetingPicture
from wugeyi.branchwork.models.decisions import BODY_NAMES, STAGE_NAMES
from wugeyi.branchwork.queries.approvals import held_of
from wugeyi.branchwork.rules.approvals import Held, Standing, checks_of
from wugeyi.branchwork.rules.approvals import standing as stands
from wugeyi.branchwork.rules.matters import Matter
from wugeyi.branchwork.rules.meetings import (
    THRESHOLDS,
    Body,
    Check,
    Stage,
    Threshold,
    Track,
    stages,
)


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what was recorded of it, and what the checks say."""

    stage: Stage
    name: object
    meeting: Meeting | None
    body: object = ""
    rule: Threshold | None = None
    checks: tuple[Check, ...] = ()
    pictures: list[MeetingPicture] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Procedure:
    """The steps of a decision's procedure, in order, and how it stands."""

    track: Track
    steps: list[Step]
    standing: Standing
    matter: Matter | None

    @property
    def recorded(self) -> bool:
        """Tell whether anything was recorded of any step."""
        return any(each.meeting is not None for each in self.steps)


def procedure(decision: Decision) -> Procedure:
    """Return the steps of the chosen procedure and any other recorded; two queries."""
    meetings = decision.meetings.prefetch_related("pictures__upload")
    rows = {Stage(each.stage): each for each in meetings}
    track, matter = Track(decision.track), decision.collective_kind
    wanted = stages(track)
    shown = [each for each in Stage if each in wanted or each in rows]
    held = {stage: held_of(row) for stage, row in rows.items()}
    return Procedure(
        track,
        [_step(stage, rows.get(stage), held.get(stage), matter) for stage in shown],
        stands(track, held, matter=matter, withdrawn=decision.withdrawn_at is not None),
        matter,
    )


def _step(
    stage: Stage, row: Meeting | None, held: Held | None, matter: Matter | None
) -> Step:
    name = STAGE_NAMES[stage]
    if row is None or held is None:
        return Step(stage, name, None)
    pictures = sorted(row.pictures.all(), key=lambda each: each.pk)
    if held.body is None:
        return Step(stage, name, row, pictures=pictures)
    return Step(
        stage,
        name,
        row,
        BODY_NAMES[Body(held.body)],
        THRESHOLDS[held.body],
        tuple(checks_of(held, matter)),
        pictures,
    )
