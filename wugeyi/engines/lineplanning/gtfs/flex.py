"""Stops served when booked, as a second feed: GTFS-Flex, groups of stops with a window."""

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import TYPE_CHECKING

from wugeyi.engines.lineplanning.findings import Refused
from wugeyi.engines.lineplanning.gtfs.about import About, Booking, unbookable
from wugeyi.engines.lineplanning.gtfs.routes import FORBIDDEN, Halt, Run, clock
from wugeyi.engines.lineplanning.gtfs.writing import Writer
from wugeyi.engines.lineplanning.model import Case
from wugeyi.engines.lineplanning.plan import Plan

if TYPE_CHECKING:
    from wugeyi.engines.lineplanning.fares import Fares

RULE = "booking"
ON_BOOKING = "2"  # phone agency to arrange

Row = dict[str, str]


def flex_feed(
    case: Case,
    plan: Plan,
    fares: "Fares | None",
    about: About,
    booking: Booking,
    *,
    names_en: Mapping[str, str] | None = None,
) -> bytes:
    """Return a plan as a feed in which stops wait for a booking.

    Booked stops that follow one another in a trip are one group: the bus comes to those
    that were booked, some minute between its first and its last planned call, give or
    take the slack. All other calls keep their minutes.

    Raises
    ------
    Refused
        As ``feed`` does, or it is not said how and how early to book.
    """
    problems = tuple(unbookable(booking))
    if problems:
        raise Refused(*problems)
    writer = Writer(case, plan, about, names_en or {})
    writer.add_line(fares)
    writer.add_stops()
    writer.tables.add("booking_rules", [_rule(booking)])
    groups: dict[tuple[str, ...], str] = {}
    for run in writer.runs:
        writer.add_trip(run)
        writer.tables.add("stop_times", _times(writer, run, booking, groups))
    writer.add_headsigns()
    for codes, name in groups.items():
        # Without a name, which would only repeat those of its stops.
        writer.tables.add("location_groups", [{"location_group_id": name}])
        member = ({"stop_id": writer.ids[code]} for code in codes)
        rows = ({"location_group_id": name, **each} for each in member)
        writer.tables.add("location_group_stops", rows)
    return writer.archive()


def _rule(booking: Booking) -> Row:
    row = {
        "booking_rule_id": RULE,
        "booking_type": "2" if booking.days_before else "1",
        "message": booking.message,
        "phone_number": booking.phone,
        "info_url": booking.url,
    }
    if booking.days_before:
        row["prior_notice_last_day"] = str(booking.days_before)
        row["prior_notice_last_time"] = clock(booking.until_minute)
    else:
        row["prior_notice_duration_min"] = str(booking.notice_minutes)
    return row


def _times(
    writer: Writer, run: Run, booking: Booking, groups: dict[tuple[str, ...], str]
) -> Iterator[Row]:
    last = len(run.halts) - 1
    market = 0 if run.home else last
    booked = [
        place != market and (booking.stops is None or halt.place in booking.stops)
        for place, halt in enumerate(run.halts)
    ]
    number = 0
    for waits, part in groupby(zip(booked, run.halts, strict=True), lambda x: x[0]):
        halts = [halt for _, halt in part]
        rows = (
            [_window(run, halts, booking, groups)]
            if waits
            else [writer.halt(run, halt) for halt in halts]
        )
        for row in rows:
            number += 1
            yield {**row, "stop_sequence": str(number)}


def _window(
    run: Run,
    halts: list[Halt],
    booking: Booking,
    groups: dict[tuple[str, ...], str],
) -> Row:
    codes = tuple(sorted(halt.place for halt in halts))
    name = groups.setdefault(codes, f"group-{len(groups) + 1}")
    first = max(0, halts[0].arrive_minute - booking.slack_minutes)
    boards = halts[0].boards
    return {
        "trip_id": run.code,
        "location_group_id": name,
        "start_pickup_drop_off_window": clock(first),
        "end_pickup_drop_off_window": clock(
            halts[-1].depart_minute + booking.slack_minutes
        ),
        "pickup_type": ON_BOOKING if boards else FORBIDDEN,
        "drop_off_type": FORBIDDEN if boards else ON_BOOKING,
        "pickup_booking_rule_id": RULE if boards else "",
        "drop_off_booking_rule_id": "" if boards else RULE,
    }
