"""Taking back who booked: at their wish, and for everybody when the time is over.

The audit keeps only salted hashes; erasing drops the salt, so that nobody can try names
against them any more.
"""

from datetime import date, datetime

from django.db import transaction

from wugeyi.notices.actions import following
from wugeyi.sharing.actions.telling import TOPIC
from wugeyi.sharing.actions.writing import RESIDENT, By, note, take
from wugeyi.sharing.models import Booker, Booking, Thanks
from wugeyi.sharing.rules.refusals import Refused, Why
from wugeyi.sharing.rules.states import HOLDS, State

BATCH = 200


@transaction.atomic
def erase(*, booking: Booking, at: datetime, by: By = RESIDENT) -> bool:
    """Erase name, number, purpose, and the words of thanks as they were written.

    What was made public stays, under a masked name. Returns False where nothing was.

    Raises
    ------
    Refused
        NOT_NOW while the booking goes on: somebody must be able to ring.
    """
    row = take(booking)
    if State(row.state) in HOLDS and by is not None:
        raise Refused(Why.NOT_NOW)
    erased = Booker.objects.filter(booking=row, erased_at=None).update(
        name="", phone="", salt="", erased_at=at, keep_until=None
    )
    if not erased:
        return False
    Booking.objects.filter(pk=row.pk).update(purpose="")
    said = Thanks.objects.filter(booking=row)
    said.update(text="", salt="")
    # What nobody read in time cannot be made public any more.
    said.filter(state=Thanks.State.WAITING).update(
        state=Thanks.State.KEPT, decided_at=at
    )
    following.erase(topic=TOPIC, key=row.pk, at=at)
    note(
        row,
        organisation_id=row.thing.community_id,
        action="erase",
        by=by,
        at=at,
        after={},
    )
    return True


def erase_past(*, today: date, at: datetime) -> int:
    """Erase everybody whose date has passed; returns how many. Safe to repeat."""
    past = Booker.objects.filter(keep_until__lt=today, erased_at=None)
    count = 0
    while some := list(
        past.select_related("booking").order_by("keep_until", "pk")[:BATCH]
    ):
        for booker in some:
            erase(booking=booker.booking, at=at, by=None)
        count += len(some)
    return count
