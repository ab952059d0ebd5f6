"""Thanks: said by who used it, read by the community, then public or not."""

from datetime import datetime

from django.db import transaction

from wugeyi.audit.rules import Private, new_salt
from wugeyi.sharing.actions.writing import RESIDENT, By, note, put, take
from wugeyi.sharing.models import Booking, Thanks
from wugeyi.sharing.rules.names import THANKS_LENGTH, masked
from wugeyi.sharing.rules.refusals import Refused, Why
from wugeyi.sharing.rules.states import State


@transaction.atomic
def thank(*, booking: Booking, text: str, at: datetime) -> Thanks:
    """Keep a word of thanks for the community to read; twice is once.

    Raises
    ------
    Refused
        BAD_VALUE for nothing or too much; NOT_NOW before it was given back.
    """
    said = text.strip()
    if not said or len(said) > THANKS_LENGTH:
        raise Refused(Why.BAD_VALUE)
    found = Thanks.objects.filter(booking=booking).first()
    if found is not None:
        return found
    row = take(booking)
    if State(row.state) is not State.RETURNED:
        raise Refused(Why.NOT_NOW)
    name = row.group_name or masked(row.booker.name)
    thanks = Thanks.objects.create(
        booking=row,
        community_id=row.thing.community_id,
        text=said,
        shown_name=name,
        sent_at=at,
        salt=new_salt(),
    )
    # One event: the state of the booking goes with the thanks.
    row.state = State.THANKED.value
    row.version += 1
    row.save(update_fields=["state", "version"])
    note(
        thanks,
        organisation_id=thanks.community_id,
        action="thank",
        by=RESIDENT,
        at=at,
        after={"booking": row.pk, "text": Private(said, thanks.salt)},
    )
    return thanks


def _decide(
    thanks: Thanks,
    values: dict[str, object],
    action: str,
    by: By,
    at: datetime,
    version: int | None,
) -> Thanks:
    row = take(thanks, version=version)
    put(
        row,
        organisation_id=row.community_id,
        action=action,
        by=by,
        at=at,
        values={**values, "decided_at": at},
    )
    return row


@transaction.atomic
def publish(
    *,
    thanks: Thanks,
    public_text: str,
    by: By,
    at: datetime,
    version: int | None = None,
) -> Thanks:
    """Put the words on the wall as they stand in ``public_text``.

    Raises
    ------
    Refused
        CHANGED; BAD_VALUE for nothing.
    """
    if not public_text.strip():
        raise Refused(Why.BAD_VALUE)
    values: dict[str, object] = {
        "state": Thanks.State.PUBLIC.value,
        "public_text": public_text.strip(),
    }
    return _decide(thanks, values, "publish_thanks", by, at, version)


@transaction.atomic
def keep(*, thanks: Thanks, by: By, at: datetime, version: int | None = None) -> Thanks:
    """Keep the words off the wall, or take them down."""
    values: dict[str, object] = {"state": Thanks.State.KEPT.value, "public_text": ""}
    return _decide(thanks, values, "keep_thanks", by, at, version)
