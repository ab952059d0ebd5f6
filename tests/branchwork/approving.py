"""An approval that holds, step by step; tests take away what they want to see missed."""

from datetime import date, datetime

from wugeyi.branchwork.actions.approvals import choose_procedure, record_meetings
from wugeyi.branchwork.models import Decision
from wugeyi.branchwork.rules.meetings import Stage, Track

# 612 members, 420 came, 410 agreed: 408 are two thirds of all.
ASSEMBLY = {
    "body": "collective",
    "held_on": date(2026, 3, 20),
    "notice_on": date(2026, 3, 10),
    "due": 612,
    "attended": 420,
    "in_favour": 410,
}
COLLECTIVE = {
    Stage.PARTY: {"held_on": date(2026, 3, 1)},
    Stage.ASSEMBLY: ASSEMBLY,
}
VILLAGE = {
    Stage.PROPOSE: {"held_on": date(2026, 3, 1)},
    Stage.CONSULT: {"held_on": date(2026, 3, 3)},
    Stage.REVIEW: {
        "body": "members",
        "held_on": date(2026, 3, 5),
        "due": 30,
        "attended": 20,
        "in_favour": 16,
    },
    Stage.RESOLVE: {
        "body": "representatives",
        "held_on": date(2026, 3, 8),
        "due": 36,
        "attended": 24,
        "in_favour": 13,
    },
}
STEPS = {
    Track.VILLAGE: VILLAGE,
    Track.COLLECTIVE: COLLECTIVE,
    Track.BOTH: VILLAGE | {Stage.ASSEMBLY: ASSEMBLY},
}


def approve(
    decision: Decision,
    *,
    at: datetime,
    track: Track = Track.COLLECTIVE,
    matter: str = "investment",
) -> Decision:
    """Let a decision be taken as the law wants it."""
    decision = choose_procedure(
        decision=decision, track=track, collective_matter=matter, by=None, at=at
    )
    record_meetings(decision=decision, meetings=STEPS[track], by=None, at=at)
    return decision
