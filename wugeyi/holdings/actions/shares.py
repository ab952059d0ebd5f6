"""Shares by date, and certificates of households."""

from datetime import date, datetime

from django.db import transaction

from wugeyi.branchwork.models import Decision
from wugeyi.holdings.actions.writing import By, hold, note, take
from wugeyi.holdings.models import Certificate, Household, Member, ShareChange
from wugeyi.holdings.queries.members import of_household
from wugeyi.holdings.rules.refusals import Refused, Why


@transaction.atomic
def quantify(
    *,
    member: Member,
    from_on: date,
    shares_100: int,
    reason: str,
    decision: Decision | None = None,
    version: int | None = None,
    by: By,
    at: datetime,
) -> ShareChange:
    """Say how many shares a member has from a day on; what was before stays readable.

    Raises
    ------
    Refused
        Less than 0 (NEGATIVE), before the last change (BAD_DAYS), before joining, or
        no reason is told.
    """
    member = take(member, version=version)
    if shares_100 < 0:
        raise Refused(Why.NEGATIVE)
    if not reason.strip():
        raise Refused(Why.NEEDS_REASON)
    last = member.shares.order_by("-from_on", "-pk").first()
    if from_on < member.joined_on or (last is not None and from_on < last.from_on):
        raise Refused(Why.BAD_DAYS)
    row = ShareChange.objects.create(
        member=member,
        from_on=from_on,
        shares_100=shares_100,
        reason=reason,
        decision=decision,
        recorded_by=by,
        recorded_at=at,
    )
    member.version += 1
    member.save(update_fields=["version"])
    note(
        member,
        organisation_id=member.book.organisation_id,
        action="quantify",
        by=by,
        at=at,
        before={"shares_100": last.shares_100 if last else None},
        after={"shares_100": shares_100, "from_on": from_on, "reason": reason},
    )
    return row


@transaction.atomic
def certify(
    *, household: Household, number: str, on: date, by: By, at: datetime
) -> Certificate:
    """Issue a household's certificate of its shares; the one before ends that day.

    Raises
    ------
    Refused
        The number is taken, nobody of the household has shares (NO_MEMBERS), or the day
        is before the last certificate.
    """
    book = hold(household.book)
    household = take(household)
    if Certificate.objects.filter(book=book, number=number).exists():
        raise Refused(Why.TAKEN, code=number)
    holders = [each for each in of_household(household, on) if each.shares_100]  # type: ignore[attr-defined]
    if not holders:
        raise Refused(Why.NO_MEMBERS)
    before = household.certificates.filter(ended_on=None).first()
    if before is not None:
        if on < before.issued_on:
            raise Refused(Why.BAD_DAYS)
        before.ended_on = on
        before.save(update_fields=["ended_on"])
    row = Certificate.objects.create(
        book=book,
        household=household,
        number=number,
        issued_on=on,
        shares_100=sum(each.shares_100 for each in holders),  # type: ignore[attr-defined]
        people=len(holders),
        recorded_by=by,
        recorded_at=at,
    )
    note(
        row,
        organisation_id=book.organisation_id,
        action="certify",
        by=by,
        at=at,
        after={
            "number": number,
            "issued_on": on,
            "shares_100": row.shares_100,
            "replaces": before.number if before else None,
        },
    )
    return row
