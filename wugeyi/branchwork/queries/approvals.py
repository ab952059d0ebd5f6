"""Whether decisions were taken, for pages here and for apps that rest on them."""

from collections.abc import Iterable

from wugeyi.branchwork.models import Decision, Meeting
from wugeyi.branchwork.rules.approvals import Held, Standing
from wugeyi.branchwork.rules.approvals import standing as stands
from wugeyi.branchwork.rules.meetings import Body, Stage, Track


def standing(decision: Decision) -> Standing:
    """Tell whether a decision was taken and what is missing; one query."""
    return standings([decision])[decision.pk]


def standings(decisions: Iterable[Decision]) -> dict[int, Standing]:
    """Tell the same of many by key; one query however many there are."""
    rows = {each.pk: each for each in decisions}
    held: dict[int, dict[Stage, Held]] = {key: {} for key in rows}
    for meeting in Meeting.objects.filter(decision__in=rows):
        found = held_of(meeting)
        held[meeting.decision_id][found.stage] = found
    return {
        key: stands(
            Track(row.track),
            held[key],
            matter=row.collective_kind,
            withdrawn=row.withdrawn_at is not None,
        )
        for key, row in rows.items()
    }


def held_of(row: Meeting) -> Held:
    """Return a step as the rules know it."""
    return Held(
        stage=Stage(row.stage),
        body=Body(row.body) if row.body else None,
        held_on=row.held_on,
        due=row.due,
        attended=row.attended,
        in_favour=row.in_favour,
        notice_on=row.notice_on,
        households=row.households,
    )
