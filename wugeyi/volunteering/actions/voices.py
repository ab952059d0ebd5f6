"""闪拍, what may not be cleaned, riders' needs: cases, and what became of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Case as When_
from django.db.models import F, Q, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from wugeyi.casework.actions.intake import Asker, Need
from wugeyi.casework.actions.intake import register as register_case
from wugeyi.casework.models import Case, Category
from wugeyi.casework.models.cases import Channel
from wugeyi.uploads.models import Upload
from wugeyi.volunteering.actions.counting import counted
from wugeyi.volunteering.actions.telling import tell_sender
from wugeyi.volunteering.actions.writing import VOLUNTEER, Where, once, use
from wugeyi.volunteering.models import Voice, Volunteer
from wugeyi.volunteering.rules.refusals import Refused, Why

# What closed long ago is no longer looked at by the clock.
FOLLOWED = timedelta(days=400)
BATCH = 500


@dataclass(frozen=True, slots=True)
class Words:
    """What somebody says that should become a case."""

    client_id: UUID
    kind: str
    text: str
    category: Category
    danger: bool = False
    written_at: datetime | None = None


def speak(
    *,
    words: Words,
    where: Where,
    volunteer: Volunteer | None,
    photos: Sequence[Upload] = (),
    join: Case | None = None,
    at: datetime,
) -> Voice:
    """Make a case of it through casework's intake; the same id gives the same one.

    With ``join`` it goes on inside that case, which is about the same thing. The case
    is called back by the volunteer's own number, if they left one, and its
    photographs are not public before a person looked.

    Raises
    ------
    Refused
        OTHER_CONTENT.
    """

    def make() -> Voice:
        done = register_case(
            need=_need(words, where, volunteer),
            photos=photos,
            join=join,
            by=VOLUNTEER,
            at=at,
        )
        if not done.created:
            raise Refused(Why.OTHER_CONTENT)
        row = Voice.objects.create(
            client_id=words.client_id,
            kind=words.kind,
            case=done.case,
            volunteer=volunteer,
            organisation=where.organisation,
            on=timezone.localdate(at),
            at=at,
            written_at=words.written_at,
        )
        counted("voices", [row.pk], at, new=True)
        use(volunteer, at)
        return row

    known = (
        Voice.objects.select_related("case").filter(client_id=words.client_id).first()
    )
    if known is not None:
        if known.kind != words.kind or known.case.text != words.text:
            raise Refused(Why.OTHER_CONTENT)
        return known
    return once(Voice, words.client_id, make, {"kind": words.kind})[0]


def _need(words: Words, where: Where, volunteer: Volunteer | None) -> Need:
    asker = (
        Asker(name=volunteer.name, phone=volunteer.phone)
        if volunteer is not None
        else Asker()
    )
    return Need(
        client_id=words.client_id,
        text=words.text,
        category=words.category,
        place=where.organisation,
        channel=Channel.WEB.value,
        danger=words.danger,
        spot=where.spot,
        lon=where.lon,
        lat=where.lat,
        asker=asker,
    )


def follow(*, at: datetime) -> int:
    """Note what cases came to (a merged one: what the other came to), and tell it.

    Safe to repeat; a case that is reopened is open here as well.
    """
    came_to = Coalesce("case__merged_into__outcome", "case__outcome")
    ended = When_(
        When(case__merged_into=None, then=F("case__closed_on")),
        default=F("case__merged_into__closed_on"),
    )
    rows = (
        Voice.objects.filter(at__gte=at - FOLLOWED)
        .annotate(came_to=came_to, closes=ended)
        .exclude(Q(outcome=F("came_to")))
        .order_by("pk")
    )
    count = 0
    for row in list(rows[:BATCH]):
        count += 1
        _follow(row, row.came_to, row.closes, at)
    return count


@transaction.atomic
def _follow(row: Voice, outcome: str, ended_on: date | None, at: datetime) -> None:
    row.outcome, row.ended_on = outcome, ended_on
    row.save(update_fields=["outcome", "ended_on"])
    counted("voices", [row.pk], at)
    if outcome and row.volunteer_id is not None:
        tell_sender(row, at=at)


def case_of(voice: Voice) -> Case:
    """Return the case that is worked on: the one it was merged into, if it was."""
    return voice.case.merged_into or voice.case
