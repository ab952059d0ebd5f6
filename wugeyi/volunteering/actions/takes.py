"""Who has a request: taken freely, given back, taken back by the community, done."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from wugeyi.volunteering.actions.helps import State, hold, put
from wugeyi.volunteering.actions.telling import tell_asker, tell_taker
from wugeyi.volunteering.actions.writing import VOLUNTEER, By, person, use
from wugeyi.volunteering.models import Help, Take, Volunteer
from wugeyi.volunteering.rules.refusals import Refused, Why

# Nobody may collect addresses: so many held at once, so many taken a day; inferred.
HELD = 3
TAKEN_A_DAY = 6


@transaction.atomic
def take(*, help: Help, volunteer: Volunteer, at: datetime) -> Take:  # noqa: A002
    """Take a request freely; whoever has it already has it.

    Raises
    ------
    Refused
        TAKEN (somebody else was first), NOT_OPEN, PAST, NEEDS_NAME, TOO_MANY, RECALLED.
    """
    who = Volunteer.objects.select_for_update(of=("self",)).get(pk=volunteer.pk)
    row = Help.objects.select_for_update(of=("self",)).get(pk=help.pk)
    held = Take.objects.filter(help=row, given_back_at=None).first()
    if held is not None:
        if held.volunteer_id == who.pk:
            return held
        raise Refused(Why.TAKEN)
    _may_take(row, who, at)
    try:
        with transaction.atomic():
            made = Take.objects.create(help=row, volunteer=who, taken_at=at)
    except IntegrityError as error:
        raise Refused(Why.TAKEN) from error
    put(row, "take", by=VOLUNTEER, at=at, state=State.TAKEN.value)
    use(volunteer, at)
    tell_asker(row, "taken", at=at)
    return made


def _may_take(row: Help, who: Volunteer, at: datetime) -> None:
    if row.state != State.OPEN or who.ended_at is not None:
        raise Refused(Why.NOT_OPEN)
    if row.until <= at:
        raise Refused(Why.PAST)
    if not who.name or not who.phone:
        raise Refused(Why.NEEDS_NAME)
    own = Take.objects.filter(volunteer=who)
    if own.filter(help=row).exclude(reason="").exists():
        raise Refused(Why.RECALLED)
    held = own.filter(given_back_at=None, help__state=State.TAKEN.value).count()
    today = own.filter(taken_at__gt=at - timedelta(days=1)).count()
    if held >= HELD or today >= TAKEN_A_DAY:
        raise Refused(Why.TOO_MANY, held=HELD, today=TAKEN_A_DAY)


def _own_take(row: Help, volunteer: Volunteer) -> Take:
    found = Take.objects.filter(
        help=row, volunteer=volunteer, given_back_at=None
    ).first()
    if found is None:
        raise Refused(Why.NOT_YOURS)
    return found


@transaction.atomic
def give_back(
    *,
    help: Help,  # noqa: A002
    volunteer: Volunteer,
    by: By = VOLUNTEER,
    at: datetime,
) -> Help:
    """Give a request back, without a reason: others may take it, the address is hidden.

    Raises
    ------
    Refused
        NOT_NOW, NOT_YOURS.
    """
    row = hold(help, State.TAKEN)
    own = _own_take(row, volunteer)
    own.given_back_at = at
    own.save(update_fields=["given_back_at"])
    made = put(row, "give_back", by=by, at=at, state=State.OPEN.value)
    tell_asker(made, "free", at=at)
    return made


@transaction.atomic
def recall(*, help: Help, reason: str, by: By, at: datetime) -> Help:  # noqa: A002
    """Take a request out of the hands of who took it: they do not come, or must not.

    They see no address any more, hear why, and cannot take it again; others may, until
    its time is over. Who asked hears that somebody else may come.

    Raises
    ------
    Refused
        NOT_NOW: nobody has it.
    """
    row = hold(help, State.TAKEN, State.DONE)
    own = Take.objects.select_related("volunteer").get(help=row, given_back_at=None)
    own.given_back_at, own.recalled_by, own.reason = at, person(by), reason
    own.save(update_fields=["given_back_at", "recalled_by", "reason"])
    made = put(
        row,
        "recall",
        by=by,
        at=at,
        told={"reason": reason},
        state=State.OPEN.value,
        done_at=None,
    )
    tell_taker(own, at=at)
    tell_asker(made, "free", at=at)
    return made


def let_go(*, volunteer: Volunteer, by: By, at: datetime) -> None:
    """Give back all that somebody holds, because they leave."""
    for own in Take.objects.filter(
        volunteer=volunteer, given_back_at=None, help__state=State.TAKEN.value
    ).select_related("help"):
        give_back(help=own.help, volunteer=volunteer, by=by, at=at)


@transaction.atomic
def say_done(*, help: Help, volunteer: Volunteer, at: datetime) -> Help:  # noqa: A002
    """Tell that it is done; who asked confirms.

    Raises
    ------
    Refused
        NOT_NOW, NOT_YOURS.
    """
    row = hold(help, State.TAKEN)
    _own_take(row, volunteer)
    made = put(row, "say_done", by=VOLUNTEER, at=at, state=State.DONE.value, done_at=at)
    use(volunteer, at)
    tell_asker(made, "done", at=at)
    return made
