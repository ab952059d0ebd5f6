"""How a decision is taken: its procedure, its meetings, their minutes and pictures."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from wugeyi.accounts.models import User
from wugeyi.audit.actions import changes
from wugeyi.branchwork.actions.records import take, tell
from wugeyi.branchwork.models import Decision, Meeting, MeetingPicture
from wugeyi.branchwork.rules.approvals import may_decide
from wugeyi.branchwork.rules.meetings import BODIES, Body, Stage, Track
from wugeyi.branchwork.rules.refusals import Refused, Why
from wugeyi.uploads.models import Upload

CHOICE = ("track", "collective_matter", "origin")
NUMBERS = (
    "body",
    "held_on",
    "due",
    "attended",
    "in_favour",
    "notice_on",
    "households",
)
MINUTES = ("minutes", "signed", "township", "supervision")
MOST_PICTURES = 9


@transaction.atomic
def choose_procedure(
    *,
    decision: Decision,
    track: Track,
    by: User | None,
    at: datetime,
    collective_matter: str = "",
    origin: str = "",
    version: int | None = None,
) -> Decision:
    """Say who decides, and what the matter is to the collective.

    Steps that were recorded stay, even those the other procedure does not have.

    Raises
    ------
    Refused
        RESERVED: delegates already voted, and may not on this kind of matter;
        CHANGED or WITHDRAWN as everywhere.
    """
    decision = take(decision, version=version)
    before = changes(decision, CHOICE)
    decision.track = track.value
    decision.collective_matter = collective_matter if track.collective else ""
    decision.origin = origin
    for each in decision.meetings.filter(stage=Stage.ASSEMBLY.value):
        _refuse(decision, Stage.ASSEMBLY, each.body)
    decision.version += 1
    decision.save(update_fields=[*CHOICE, "version"])
    after = changes(decision, CHOICE)
    tell("choose_procedure", decision, by=by, at=at, before=before, after=after)
    return decision


@transaction.atomic
def record_meetings(
    *,
    decision: Decision,
    meetings: Mapping[Stage, Mapping[str, object]],
    by: User | None,
    at: datetime,
) -> list[Meeting]:
    """Write days and numbers of the steps; a step left out loses them.

    Each step gives any of ``body``, ``held_on``, ``due``, ``attended``, ``in_favour``,
    ``notice_on``, ``households``; what is not known is None. A step that has minutes or
    pictures keeps them; one left out that has neither is removed.

    Raises
    ------
    Refused
        RESERVED: delegates may not decide this matter; OTHERS_BALLOT: such a body does
        not vote in that step.
    """
    decision = take(decision, version=None)
    for stage, values in meetings.items():
        _refuse(decision, stage, str(values.get("body") or ""))
    rows = {Stage(each.stage): each for each in decision.meetings.order_by("pk")}
    before = {stage.value: _line(each) for stage, each in rows.items()}
    for stage, row in rows.items():
        if stage not in meetings:
            _empty(row)
    made = []
    for stage, values in meetings.items():
        row = rows.get(stage) or Meeting(decision=decision, stage=stage.value)
        for name in NUMBERS:
            value = values.get(name)
            setattr(row, name, value or "" if name == "body" else value)
        row.save()
        made.append(row)
    tell(
        "record_meetings",
        decision,
        by=by,
        at=at,
        before=before,
        after={each.stage: _line(each) for each in made},
    )
    return made


@transaction.atomic
def record_minutes(
    *,
    decision: Decision,
    stage: Stage,
    values: Mapping[str, object],
    by: User | None,
    at: datetime,
    pictures: Sequence[Upload] = (),
) -> Meeting:
    """Write what was said in a step, who signed and came; add pictures.

    The audit keeps how many signed and how long the text is, not who was there.

    Raises
    ------
    Refused
        PICTURES: there would be more than nine.
    """
    decision = take(decision, version=None)
    row, _new = Meeting.objects.get_or_create(decision=decision, stage=stage.value)
    before = _told(row)
    for name in MINUTES:
        if name in values:
            setattr(row, name, values[name])
    row.save(update_fields=[name for name in MINUTES if name in values] or None)
    if pictures:
        if row.pictures.count() + len(pictures) > MOST_PICTURES:
            raise Refused(Why.PICTURES)
        MeetingPicture.objects.bulk_create(
            MeetingPicture(meeting=row, upload=each, added_by=by, added_at=at)
            for each in pictures
        )
    after = {"stage": stage.value, **_told(row), "pictures": len(pictures)}
    tell("record_minutes", decision, by=by, at=at, before=before, after=after)
    return row


@transaction.atomic
def drop_picture(
    *, picture: MeetingPicture, decision: Decision, by: User | None, at: datetime
) -> None:
    """Take a picture off; its file goes when nothing else shows it."""
    decision = take(decision, version=None)
    upload = picture.upload_id
    picture.delete()
    tell("drop_picture", decision, by=by, at=at, before={"upload": upload})


def _refuse(decision: Decision, stage: Stage, body: str) -> None:
    if not body:
        return
    voter = Body(body)
    if voter not in BODIES.get(stage, ()):
        raise Refused(Why.OTHERS_BALLOT)
    matter = decision.collective_kind
    if stage is Stage.ASSEMBLY and not may_decide(voter, matter):
        raise Refused(Why.RESERVED)


def _empty(row: Meeting) -> None:
    """Take days and numbers off a step, and the step itself if nothing else is in it."""
    kept = any(getattr(row, name) not in {"", None} for name in MINUTES)
    if not kept and not row.pictures.exists():
        row.delete()
        return
    for name in NUMBERS:
        setattr(row, name, "" if name == "body" else None)
    row.save(update_fields=list(NUMBERS))


def _told(row: Meeting) -> dict[str, object]:
    return {"signed": row.signed, "minutes_letters": len(row.minutes)}


def _line(each: Meeting) -> str:
    numbers = (each.due, each.attended, each.in_favour)
    said = "/".join("?" if number is None else str(number) for number in numbers)
    return f"{each.held_on or '?'} {each.body} {said}".strip()
