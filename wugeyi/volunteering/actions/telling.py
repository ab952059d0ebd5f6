"""Messages to those concerned, where somebody listens."""

from datetime import datetime

from django.urls import reverse

from wugeyi.casework.rules.receipts import display
from wugeyi.notices.actions import Reader, tell
from wugeyi.organisations.models import Organisation
from wugeyi.volunteering.models import Emergency, Help, Voice

ASKED = "volunteering.help"
MINE = "volunteering.mine"


def tell_asker(row: Help, what: str, *, at: datetime) -> None:
    """Let who asked hear what became of their request."""
    tell(
        event=f"volunteering.help-{what}",
        to=Reader.holder(ASKED, row.pk),
        values={"kind": row.get_kind_display()},
        url=reverse("volunteering:asked", args=[display(row.code)]),
        key=f"volunteering.help:{row.pk}:{what}:{at.timestamp():.0f}",
        at=at,
    )


def tell_sender(row: Voice, *, at: datetime) -> None:
    """Let a rider hear what became of what they reported."""
    if row.volunteer is None:
        return
    reader = (
        Reader.person(row.volunteer.user_id)
        if row.volunteer.user_id is not None
        else Reader.holder(MINE, row.volunteer.pk)
    )
    tell(
        event="volunteering.result"
        if row.volunteer.user_id is not None
        else "volunteering.result-link",
        to=reader,
        values={"number": row.case.number},
        url=reverse("volunteering:mine"),
        key=f"volunteering.result:{row.pk}:{row.outcome}:{row.ended_on}",
        at=at,
    )


def tell_desk(row: Emergency, unit: Organisation, *, at: datetime) -> None:
    """Let everybody at a unit's duty desk hear of an emergency."""
    tell(
        event="volunteering.emergency",
        # Not those above it: they are told when it goes up.
        to=Reader.at_desk(unit.pk),
        values={"place": row.organisation.name, "spot": row.spot},
        url=reverse("volunteering:desk-emergency", args=[row.pk]),
        key=f"volunteering.emergency:{row.pk}:{unit.pk}",
        at=at,
    )
