"""How the invented villages decide large matters: by an assembly of all members."""

from datetime import date, datetime, timedelta

from wugeyi.accounts.models import User
from wugeyi.branchwork.actions.approvals import (
    choose_procedure,
    record_meetings,
    record_minutes,
)
from wugeyi.branchwork.actions.records import add
from wugeyi.branchwork.models import Decision, Topic
from wugeyi.branchwork.rules.meetings import Body, Stage, Track
from wugeyi.organisations.models import Organisation

NOTICE = timedelta(days=12)
MEMBERS, CAME, AGREED = 312, 264, 251
"""Members with full capacity, those who came or let others vote, those in favour."""


def decide(
    *,
    village: Organisation,
    kind: str,
    matter: str,
    opinion: str,
    on: date,
    by: User | None,
    at: datetime,
) -> Decision:
    """Record a decision of the collective's assembly on a day, announced before.

    Parameters
    ----------
    kind
        The matter's code among those of the Law (``collective_matters.csv``).
    """
    decision = add(
        model=Decision,
        organisation=village,
        values={
            "topic": Topic.objects.get(code="collective-assets"),
            "held_on": on,
            "matter": matter,
            "opinion": opinion,
            "adopted": "yes",
        },
        by=by,
        at=at,
    ).row
    decision = choose_procedure(
        decision=decision,
        track=Track.COLLECTIVE,
        collective_matter=kind,
        by=by,
        at=at,
    )
    called = on - NOTICE
    record_meetings(
        decision=decision,
        meetings={
            Stage.PARTY: {"held_on": called - timedelta(days=3)},
            Stage.ASSEMBLY: {
                "body": Body.COLLECTIVE.value,
                "held_on": on,
                "notice_on": called,
                "due": MEMBERS,
                "attended": CAME,
                "in_favour": AGREED,
            },
            Stage.PUBLISH: {"held_on": on + timedelta(days=1)},
        },
        by=by,
        at=at,
    )
    record_minutes(
        decision=decision,
        stage=Stage.ASSEMBLY,
        values={
            "minutes": f"{matter}。逐项说明后举手表决，{AGREED} 人同意。",
            "signed": CAME,
            "township": "演示乡镇代表列席",
            "supervision": "程序合规，监事会没有意见",
        },
        by=by,
        at=at,
    )
    return decision
