"""A year's distribution: reckoned, shown, decided, booked."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from wugeyi.books.models import Book, Draft
from wugeyi.branchwork.models import Decision
from wugeyi.holdings.actions.writing import By, draft, hold, take, tell
from wugeyi.holdings.adapter.distribution import Wanted, entries, had, reckon
from wugeyi.holdings.models import Distribution, MemberPart, OtherPart, Payout
from wugeyi.holdings.queries import distribution as queries
from wugeyi.holdings.queries import drafts
from wugeyi.holdings.queries.members import holders
from wugeyi.holdings.rules.distribution import State, lay_long_enough
from wugeyi.holdings.rules.refusals import Refused, Why


@dataclass(frozen=True, slots=True)
class Proposal:
    """A year, the charter's rule, the day whose shares count, and what is wanted."""

    year: int
    charter: str
    shares_on: date
    wanted: Wanted


@transaction.atomic
def plan(*, book: Book, proposal: Proposal, by: By, at: datetime) -> Distribution:
    """Reckon a year's distribution from the books and freeze it.

    Raises
    ------
    Refused
        There is one for the year (OF_YEAR), losses remain (LOSSES), more is wanted
        than there is (ENGINE), or books are not of the 2023 system.
    """
    book = hold(book)
    if book.regime != "2023":
        raise Refused(Why.REGIME)
    standing = Distribution.objects.filter(book=book, year=proposal.year)
    if standing.exclude(state=State.DROPPED).exists():
        raise Refused(Why.OF_YEAR, year=proposal.year)
    members = holders(book, proposal.shares_on)
    wanted = proposal.wanted
    what = had(book, proposal.year)
    found = reckon(what, wanted, queries.held(book, proposal.shares_on))
    row = Distribution.objects.create(
        book=book,
        year=proposal.year,
        reserve_percent_100=wanted.reserve_percent_100,
        charter=proposal.charter,
        shares_on=proposal.shares_on,
        wanted_fen=wanted.members_fen,
        from_reserve_fen=wanted.from_reserve_fen,
        before_fen=what.before_fen,
        net_fen=what.net_fen,
        losses_fen=found.losses_fen,
        base_fen=found.base_fen,
        reserve_fen=found.reserve_fen,
        members_fen=found.members_fen,
        kept_fen=found.kept_fen,
        recorded_by=by,
        recorded_at=at,
    )
    OtherPart.objects.bulk_create(
        OtherPart(distribution=row, name=name, amount_fen=fen)
        for name, fen in wanted.others
    )
    by_code = {each.code: each for each in members}
    parts = [
        MemberPart(
            distribution=row,
            member=by_code[each.member],
            household=by_code[each.member].household,
            shares_100=int(each.count * 100),
            amount_fen=each.fen,
            extra_fen=each.extra_fen,
        )
        for each in found.payments
    ]
    MemberPart.objects.bulk_create(parts)
    _merge(row, parts)
    after = {
        "year": row.year,
        "net_fen": row.net_fen,
        "reserve_fen": row.reserve_fen,
        "members_fen": row.members_fen,
        "kept_fen": row.kept_fen,
        "members": len(parts),
    }
    tell(row, "plan", by, at, after)
    return row


def _merge(row: Distribution, parts: list[MemberPart]) -> None:
    """Put the parts of a household's members together."""
    found: dict[int, Payout] = {}
    for part in parts:
        payout = found.setdefault(
            part.household_id,
            Payout(
                distribution=row,
                household_id=part.household_id,
                people=0,
                shares_100=0,
                amount_fen=0,
                recorded_by=row.recorded_by,
                recorded_at=row.recorded_at,
            ),
        )
        payout.people += 1
        payout.shares_100 += part.shares_100
        payout.amount_fen += part.amount_fen
    Payout.objects.bulk_create(found.values())


@transaction.atomic
def give_notice(
    *,
    row: Distribution,
    on: date,
    version: int | None = None,
    by: By,
    at: datetime,
) -> Distribution:
    """Say on which day the plan was hung out for everybody to see.

    Raises
    ------
    Refused
        It is not a plan that was reckoned only (NOT_NOW).
    """
    row = take(row, version=version)
    if row.state != State.PLANNED:
        raise Refused(Why.NOT_NOW)
    values: dict[str, object] = {"state": State.NOTICED, "noticed_on": on}
    _put(row, "give_notice", by, at, values)
    return row


@transaction.atomic
def rest_on(
    *,
    row: Distribution,
    decision: Decision,
    version: int | None = None,
    by: By,
    at: datetime,
) -> Distribution:
    """Say on which decision of the collective's assembly it rests.

    Raises
    ------
    Refused
        It was not shown (NO_NOTICE) or less than ten days before (NOTICE_SHORT); the
        decision is of another organisation (OTHER_BOOK) or was not validly taken by
        members of the collective (NOT_DECIDED).
    """
    row = take(row, version=version)
    if row.state != State.NOTICED or row.noticed_on is None:
        raise Refused(Why.NO_NOTICE if row.state == State.PLANNED else Why.NOT_NOW)
    if decision.organisation_id != row.book.organisation_id:
        raise Refused(Why.OTHER_BOOK)
    held_on = queries.decided_on(decision)
    if held_on is None:
        raise Refused(Why.NOT_DECIDED)
    if not lay_long_enough(row.noticed_on, held_on):
        raise Refused(Why.NOTICE_SHORT, day=row.noticed_on, held=held_on)
    values: dict[str, object] = {"state": State.DECIDED, "decision": decision}
    _put(row, "rest_on", by, at, values)
    return row


@transaction.atomic
def book_it(
    *,
    row: Distribution,
    day: date,
    version: int | None = None,
    by: By,
    at: datetime,
) -> list[Draft]:
    """Write the drafts of a decided distribution; what members get is owed by household.

    Raises
    ------
    Refused
        It is not decided (NOT_DECIDED), its decision no longer stands, or the day is in
        a closed month (ENGINE).
    """
    hold(row.book)
    row = take(row, version=version)
    if row.state != State.DECIDED or row.decision is None:
        raise Refused(Why.NOT_DECIDED)
    if queries.decided_on(row.decision) is None:
        raise Refused(Why.NOT_DECIDED)
    made = [
        draft(
            row.book,
            day=day,
            lines=lines,
            source=drafts.DISTRIBUTION,
            source_id=row.pk,
            by=by,
            at=at,
            decision=row.decision,
        )
        for _summary, lines in entries(row.book, queries.frozen(row), day)
    ]
    row.state, row.booked_on = State.BOOKED, day
    row.version += 1
    row.save(update_fields=["state", "booked_on", "version"])
    tell(row, "book_distribution", by, at, {"drafts": [each.pk for each in made]})
    return made


@transaction.atomic
def drop(
    *,
    row: Distribution,
    why: str,
    version: int | None = None,
    by: By,
    at: datetime,
) -> Distribution:
    """Give a plan up, so that the year may be reckoned anew.

    Raises
    ------
    Refused
        It was dropped (ENDED), its drafts or vouchers stand (DRAFT_WAITS), or no reason
        is told.
    """
    row = take(row, version=version)
    if row.state == State.DROPPED:
        raise Refused(Why.ENDED)
    if not why.strip():
        raise Refused(Why.NEEDS_REASON)
    standing = drafts.standing(drafts.DISTRIBUTION, row.pk)
    if row.state == State.BOOKED and standing.exists():
        raise Refused(Why.DRAFT_WAITS)
    values: dict[str, object] = {"state": State.DROPPED, "dropped_why": why}
    _put(row, "drop_distribution", by, at, values)
    return row


def _put(
    row: Distribution, action: str, by: By, at: datetime, values: dict[str, object]
) -> None:
    told = {
        name: value.pk if isinstance(value, Decision) else value
        for name, value in values.items()
    }
    for name, value in values.items():
        setattr(row, name, value)
    row.version += 1
    row.save(update_fields=[*values, "version"])
    tell(row, action, by, at, told)
