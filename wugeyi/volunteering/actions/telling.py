"""Messages to those concerned, where somebody listens."""

from collections.abc import Mapping
from datetime import datetime

from django.urls import reverse

from wugeyi.casework.rules.receipts import display
from wugeyi.notices.actions import Reader, tell
from wugeyi.organisations.models import Organisation
from wugeyi.volunteering.models import Emergency, Help, Take, Voice, Volunteer

ASKED = "volunteering.help"
MINE = "volunteering.mine"


def tell_asker(row: Help, what: str, *, at: datetime) -> None:
    """Let who asked hear what became of their request."""
    tell(
        event=f"volunteering.help-{what}",
        to=Reader.holder(ASKED, row.pk),
        values={"kind": row.kind},
        url=reverse("volunteering:asked", args=[display(row.code)]),
        key=f"volunteering.help:{row.pk}:{what}:{at.timestamp():.0f}",
        at=at,
    )


def tell_taker(row: Take, *, at: datetime) -> None:
    """Let who had a request hear that the community took it back, and why."""
    _tell_volunteer(
        "recalled",
        row.volunteer,
        values={"kind": row.help.kind},
        url=reverse("volunteering:help", args=[row.help_id]),
        key=f"volunteering.recalled:{row.pk}",
        at=at,
    )


def tell_sender(row: Voice, *, at: datetime) -> None:
    """Let a rider hear what became of what they reported."""
    if row.volunteer is None:
        return
    _tell_volunteer(
        "result",
        row.volunteer,
        values={"number": row.case.number},
        url=reverse("volunteering:mine"),
        key=f"volunteering.result:{row.pk}:{row.outcome}:{row.ended_on}",
        at=at,
    )


def _tell_volunteer(
    what: str,
    volunteer: Volunteer,
    *,
    values: Mapping[str, str],
    url: str,
    key: str,
    at: datetime,
) -> None:
    """Tell a volunteer by their account, or where their link's holder listens."""
    account = volunteer.user_id
    tell(
        event=f"volunteering.{what}" if account else f"volunteering.{what}-link",
        to=Reader.person(account) if account else Reader.holder(MINE, volunteer.pk),
        values=values,
        url=url,
        key=key,
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
