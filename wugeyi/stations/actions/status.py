"""A station is closed for now, opened again, or is no more."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from wugeyi.stations.actions.counting import SPANS, counted
from wugeyi.stations.actions.judging import judge
from wugeyi.stations.actions.writing import By, bump, note, take
from wugeyi.stations.models import OpenSpan, Station
from wugeyi.stations.rules.refusals import Refused, Why


def _spans(station: Station) -> list[OpenSpan]:
    return list(
        OpenSpan.objects.select_for_update(of=("self",)).filter(
            station=station, withdrawn_at=None
        )
    )


@transaction.atomic
def close(
    *,
    station: Station,
    on: date,
    why: str,
    until: date | None = None,
    by: By,
    at: datetime,
) -> Station:
    """Close a station for now, up to and with the day ``until`` if that is known.

    Raises
    ------
    Refused
        ENDED; BAD_VALUE without a reason, or where it is closed already; BAD_DAYS.
    """
    row = take(station)
    if not why.strip():
        raise Refused(Why.BAD_VALUE, field="why")
    if until is not None and until < on:
        raise Refused(Why.BAD_DAYS, field="until")
    held = [each for each in _spans(row) if _runs(each, on)]
    if not held:
        raise Refused(Why.BAD_VALUE, field="closed")
    span = held[0]
    after_that = span.closes_on
    span.closes_on, span.why = on, why.strip()
    span.save(update_fields=["closes_on", "why"])
    counted(SPANS, [span.pk], at=at)
    if until is not None and (after_that is None or until + timedelta(1) < after_that):
        _open(row, until + timedelta(days=1), after_that, at)
    _done(row, at)
    after = {"closes_on": on, "until": until, "why": why.strip()}
    note(row, station=row, action="close", by=by, at=at, after=after)
    return row


def _runs(span: OpenSpan, on: date) -> bool:
    return span.opens_on <= on and (span.closes_on is None or on < span.closes_on)


def _open(station: Station, on: date, until: date | None, at: datetime) -> None:
    span = OpenSpan.objects.create(
        station=station, opens_on=on, closes_on=until, recorded_at=at
    )
    counted(SPANS, [span.pk], at=at, new=True)


def _done(station: Station, at: datetime) -> None:
    bump(station)
    judge(station, at=at)


@transaction.atomic
def reopen(*, station: Station, by: By, at: datetime) -> Station:
    """Open a closed station today, earlier than was said.

    Raises
    ------
    Refused
        ENDED; BAD_VALUE where it is open.
    """
    row = take(station)
    today = timezone.localdate(at)
    spans = _spans(row)
    if any(_runs(each, today) for each in spans):
        raise Refused(Why.BAD_VALUE, field="open")
    coming = next((each for each in spans if each.opens_on > today), None)
    if coming is not None:
        coming.opens_on = today
        coming.save(update_fields=["opens_on"])
        counted(SPANS, [coming.pk], at=at)
    else:
        _open(row, today, None, at)
    _done(row, at)
    note(row, station=row, action="reopen", by=by, at=at, after={"opens_on": today})
    return row


@transaction.atomic
def end(*, station: Station, on: date, why: str, by: By, at: datetime) -> Station:
    """Say that a station is no more; its record stays, its keeper's name goes.

    Raises
    ------
    Refused
        ENDED; BAD_VALUE without a reason; BAD_DAYS for a day still to come, or before
        it was opened.
    """
    row = take(station)
    if not why.strip():
        raise Refused(Why.BAD_VALUE, field="why")
    if on > timezone.localdate(at):
        raise Refused(Why.BAD_DAYS, field="future")
    spans = _spans(row)
    if spans and on < spans[0].opens_on:
        raise Refused(Why.BAD_DAYS, field="before")
    for span in spans:
        if span.opens_on > on:
            span.withdrawn_at = at
            span.save(update_fields=["withdrawn_at"])
        elif span.closes_on is None or span.closes_on > on:
            span.closes_on, span.why = on, why.strip()
            span.save(update_fields=["closes_on", "why"])
    counted(SPANS, [span.pk for span in spans], at=at)
    row.ended_on, row.ended_why = on, why.strip()
    row.keeper_name = row.keeper_phone = ""
    row.save(update_fields=["ended_on", "ended_why", "keeper_name", "keeper_phone"])
    _done(row, at)
    after = {"ended_on": on, "why": why.strip()}
    note(row, station=row, action="end", by=by, at=at, after=after)
    return row
