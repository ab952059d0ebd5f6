"""A timetable is drawn up from a plan, announced, reported, published, withdrawn."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from wugeyi.branchwork.models import Decision
from wugeyi.buslines.actions.counting import count
from wugeyi.buslines.actions.writing import By, note, put, take
from wugeyi.buslines.adapter.editions import TripRow
from wugeyi.buslines.adapter.editions import trips as trips_of
from wugeyi.buslines.models import Call, Edition, FareTable, Line, Plan, Spot, Trip
from wugeyi.buslines.queries.notices import notice_rules
from wugeyi.buslines.rules.days import local_day
from wugeyi.buslines.rules.notices import noticed_long_enough
from wugeyi.buslines.rules.refusals import Refused, Why

WEEK = "1234567"


@dataclass(frozen=True, slots=True)
class Draft:
    """What a form says of a new timetable.

    Parameters
    ----------
    weekdays
        Digits, Monday is 1.
    announcement
        What changes and why, in words for passengers.
    """

    valid_from: date
    fares: FareTable | None
    announcement: str
    weekdays: str = WEEK


@transaction.atomic
def draw_up(*, plan: Plan, draft: Draft, by: By, at: datetime) -> Edition:
    """Make an edition of a plan; nobody sees it until it is published.

    The same plan for the same day again gives the draft that is there.

    Raises
    ------
    Refused
        NOT_READY, HAS_BREACHES (the checker found what may not be), NO_FARES,
        NEEDS_TEXT without an announcement, BAD_VALUE for days of the week or fares of
        another line, BAD_DAYS for a day that is past, NO_INPUTS if a stop of the plan
        is not known any more.
    """
    line = take(plan.scenario.line)
    _check(plan, line, draft, local_day(at))
    known = Edition.objects.filter(
        line=line,
        plan=plan,
        valid_from=draft.valid_from,
        published_at=None,
        withdrawn_at=None,
    ).first()
    if known is not None:
        return known
    last = Edition.objects.filter(line=line).aggregate(last=Max("number"))["last"]
    edition = Edition.objects.create(
        line=line,
        number=(last or 0) + 1,
        plan=plan,
        valid_from=draft.valid_from,
        fares=draft.fares,
        weekdays=_week(draft.weekdays),
        announcement=draft.announcement.strip(),
        recorded_by=by,
        recorded_at=at,
    )
    _write_trips(edition, trips_of(plan.inputs, plan.result))
    after = {
        "number": edition.number,
        "plan": plan.pk,
        "valid_from": edition.valid_from,
        "weekdays": edition.weekdays,
        "fares": edition.fares_id,
        "announcement": edition.announcement,
    }
    note(edition, line=line, action="draw_up_edition", by=by, at=at, after=after)
    return edition


def _check(plan: Plan, line: Line, draft: Draft, today: date) -> None:
    if plan.finished_at is None or plan.result is None:
        raise Refused(Why.NOT_READY)
    if plan.breaches:
        raise Refused(Why.HAS_BREACHES, n=len(plan.breaches))
    _check_draft(line, draft, today)


def _check_draft(line: Line, draft: Draft, today: date) -> None:
    if draft.fares is None:
        raise Refused(Why.NO_FARES)
    if draft.fares.line_id != line.pk or draft.fares.trial:
        raise Refused(Why.BAD_VALUE, field="fares")
    if not draft.announcement.strip():
        raise Refused(Why.NEEDS_TEXT, field="announcement")
    if not _week(draft.weekdays):
        raise Refused(Why.BAD_VALUE, field="weekdays")
    if draft.valid_from < today:
        raise Refused(Why.BAD_DAYS, field="valid_from")


def _week(weekdays: str) -> str:
    return "".join(day for day in WEEK if day in weekdays)


def _write_trips(edition: Edition, rows: list[TripRow]) -> None:
    spots = {spot.code: spot for spot in Spot.objects.filter(line=edition.line)}
    named = {row.market for row in rows} | {c.stop for row in rows for c in row.calls}
    if not rows or named - set(spots):
        raise Refused(Why.NO_INPUTS)
    made = Trip.objects.bulk_create(
        Trip(
            edition=edition,
            number=number,
            home=row.home,
            market=spots[row.market],
            market_minute=row.market_minute,
            vehicle=row.vehicle,
            vehicle_number=row.vehicle_number,
            seats=row.seats,
            basket_places=row.basket_places,
            floor_dm2=row.floor_dm2,
            person_dm2=row.person_dm2,
            basket_dm2=row.basket_dm2,
            metres=row.metres,
        )
        for number, row in enumerate(rows, start=1)
    )
    Call.objects.bulk_create(
        Call(
            trip=trip,
            position=position,
            stop=spots[call.stop],
            arrive_minute=call.arrive_minute,
            depart_minute=call.depart_minute,
            persons=call.persons,
            baskets=call.baskets,
            persons_on=call.persons_on,
            baskets_on=call.baskets_on,
        )
        for trip, row in zip(made, rows, strict=True)
        for position, call in enumerate(row.calls)
    )


def take_edition(
    edition: Edition, *, version: int | None = None
) -> tuple[Edition, Line]:
    """Hold the line and read the edition afresh.

    Raises
    ------
    Refused
        CHANGED since ``version``, CLOSED: the line has ended, the edition was withdrawn.
    """
    line = take(edition.line)
    fresh = Edition.objects.select_for_update(of=("self",)).get(pk=edition.pk)
    fresh.line = line
    if version is not None and fresh.version != version:
        raise Refused(Why.CHANGED)
    if fresh.withdrawn_at is not None:
        raise Refused(Why.CLOSED)
    return fresh, line


@transaction.atomic
def change(
    *,
    edition: Edition,
    draft: Draft,
    by: By,
    at: datetime,
    version: int | None = None,
) -> Edition:
    """Change day, fares, days of the week or words of an edition not yet published.

    Raises
    ------
    Refused
        As ``draw_up``; CHANGED; CLOSED once it was published or withdrawn.
    """
    edition, line = take_edition(edition, version=version)
    if edition.published_at is not None:
        raise Refused(Why.CLOSED)
    _check_draft(line, draft, local_day(at))
    values = {
        "valid_from": draft.valid_from,
        "fares": draft.fares,
        "weekdays": _week(draft.weekdays),
        "announcement": draft.announcement.strip(),
    }
    put(edition, line=line, action="change_edition", by=by, at=at, values=values)
    return edition


@dataclass(frozen=True, slots=True)
class Notice:
    """When a change was announced, talked over in the villages, decided."""

    noticed_on: date
    talked_on: date | None = None
    decision: Decision | None = None


@transaction.atomic
def announce(
    *,
    edition: Edition,
    notice: Notice,
    by: By,
    at: datetime,
    version: int | None = None,
) -> Edition:
    """Write down when an edition was announced to passengers.

    Raises
    ------
    Refused
        BAD_DAYS for days to come, or for a notice after its first day; CHANGED, CLOSED.
    """
    edition, line = take_edition(edition, version=version)
    today = local_day(at)
    for day in (notice.noticed_on, notice.talked_on):
        if day is not None and day > today:
            raise Refused(Why.BAD_DAYS, field="future")
    if notice.noticed_on > edition.valid_from:
        raise Refused(Why.BAD_DAYS, field="noticed_on")
    if edition.published_at is not None and not edition.urgent:
        # What it was published on stands.
        raise Refused(Why.CLOSED)
    values = {
        "noticed_on": notice.noticed_on,
        "talked_on": notice.talked_on,
        "decision": notice.decision,
    }
    put(edition, line=line, action="announce_edition", by=by, at=at, values=values)
    return edition


@dataclass(frozen=True, slots=True)
class Filing:
    """When and to whom a change was reported, under which number."""

    filed_on: date
    filed_with: str
    filing_number: str = ""


@transaction.atomic
def file(
    *,
    edition: Edition,
    filing: Filing,
    by: By,
    at: datetime,
    version: int | None = None,
) -> Edition:
    """Write down that an edition was reported; of an urgent one also afterwards.

    Raises
    ------
    Refused
        BAD_DAYS for a day to come, NEEDS_TEXT without whom; CHANGED, CLOSED.
    """
    edition, line = take_edition(edition, version=version)
    if filing.filed_on > local_day(at):
        raise Refused(Why.BAD_DAYS, field="future")
    if not filing.filed_with.strip():
        raise Refused(Why.NEEDS_TEXT, field="filed_with")
    if edition.published_at is not None and edition.filed_on is not None:
        raise Refused(Why.CLOSED)
    values = {
        "filed_on": filing.filed_on,
        "filed_with": filing.filed_with.strip(),
        "filing_number": filing.filing_number.strip(),
    }
    put(edition, line=line, action="file_edition", by=by, at=at, values=values)
    return edition


@transaction.atomic
def publish(
    *,
    edition: Edition,
    by: By,
    at: datetime,
    urgent: str = "",
    version: int | None = None,
) -> Edition:
    """Let everybody see an edition; from its first day on it is in force.

    The edition before ends that day. One that begins later stays, and this one ends
    where it begins.

    Parameters
    ----------
    urgent
        Why it cannot wait for the days of notice, such as a road that is closed. It
        counts as announced on the day it is published; reporting it may follow.

    Raises
    ------
    Refused
        NOT_NOTICED, NOT_FILED (``notice_rules``); NO_FARES; BAD_DAYS if its first day is
        past or another edition begins the same day; CHANGED, CLOSED.
    """
    edition, line = take_edition(edition, version=version)
    if edition.published_at is not None:
        return edition
    today = local_day(at)
    urgent = urgent.strip()
    if edition.fares_id is None:
        raise Refused(Why.NO_FARES)
    if edition.valid_from < today:
        raise Refused(Why.BAD_DAYS, field="past")
    if not urgent:
        _check_notice(edition, line, today)
    previous, following = _make_room(edition)
    values: dict[str, object] = {
        "published_by": by,
        "published_at": at,
        "urgent": urgent,
        "valid_until": following,
    }
    if urgent and edition.noticed_on is None:
        values["noticed_on"] = today
    put(edition, line=line, action="publish_edition", by=by, at=at, values=values)
    if line.opened_on is None:
        # The day its first timetable begins is the day it opens.
        line.opened_on = edition.valid_from
        line.version += 1
        line.save(update_fields=["opened_on", "version"])
        count(line, at=at)
    count(edition, *([previous] if previous else []), at=at)
    return edition


def _check_notice(edition: Edition, line: Line, today: date) -> None:
    rules = notice_rules(line, today)
    if not noticed_long_enough(rules, edition.noticed_on, edition.valid_from):
        raise Refused(Why.NOT_NOTICED, days=rules.days)
    if rules.filing and edition.filed_on is None:
        raise Refused(Why.NOT_FILED)


def _make_room(edition: Edition) -> tuple[Edition | None, date | None]:
    """End the edition before; return it, and the day another one takes over, if any."""
    others = Edition.objects.select_for_update(of=("self",)).filter(
        line=edition.line, published_at__isnull=False, withdrawn_at=None
    )
    if others.filter(valid_from=edition.valid_from).exists():
        raise Refused(Why.BAD_DAYS, field="same_day")
    earlier = others.filter(valid_from__lt=edition.valid_from)
    previous = earlier.order_by("-valid_from").first()
    if previous is not None and not (
        previous.valid_until is not None and previous.valid_until <= edition.valid_from
    ):
        previous.valid_until = edition.valid_from
        previous.version += 1
        previous.save(update_fields=["valid_until", "version"])
    later = others.filter(valid_from__gt=edition.valid_from).order_by("valid_from")
    following = later.first()
    return previous, following.valid_from if following else None


@transaction.atomic
def withdraw(
    *,
    edition: Edition,
    reason: str,
    by: By,
    at: datetime,
    version: int | None = None,
) -> Edition:
    """Take back an edition that has not begun; it stays readable.

    The edition before goes on in its place. One that is in force is not withdrawn:
    publish another, or end the line.

    Raises
    ------
    Refused
        NEEDS_TEXT without a reason, IN_USE once it has begun; CHANGED, CLOSED.
    """
    edition, line = take_edition(edition, version=version)
    if not reason.strip():
        raise Refused(Why.NEEDS_TEXT, field="reason")
    if edition.published_at is not None and edition.valid_from <= local_day(at):
        raise Refused(Why.IN_USE, field="edition")
    if edition.published_at is not None:
        _give_back(edition, at)
    before = {"withdrawn_at": None}
    edition.withdrawn_at = at
    edition.version += 1
    edition.save(update_fields=["withdrawn_at", "version"])
    after = {"withdrawn_at": at, "reason": reason.strip()}
    note(
        edition,
        line=line,
        action="withdraw_edition",
        by=by,
        at=at,
        before=before,
        after=after,
    )
    count(edition, at=at)
    return edition


def _give_back(edition: Edition, at: datetime) -> None:
    """Let the edition that ended for this one go on in its place."""
    ended = Edition.objects.filter(
        line=edition.line,
        published_at__isnull=False,
        withdrawn_at=None,
        valid_until=edition.valid_from,
    ).first()
    if ended is None:
        return
    ended.valid_until = edition.valid_until
    ended.version += 1
    ended.save(update_fields=["valid_until", "version"])
    count(ended, at=at)
