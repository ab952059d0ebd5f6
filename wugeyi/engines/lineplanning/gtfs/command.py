"""The commands ``wugeyi line gtfs`` and ``wugeyi line departures``."""

import argparse
import csv
import io
import json
from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Protocol

from wugeyi.engines.lineplanning.findings import Finding, Language, Refused
from wugeyi.engines.lineplanning.gtfs.about import About, Booking
from wugeyi.engines.lineplanning.model import Case, Departure
from wugeyi.engines.lineplanning.plan import Plan
from wugeyi.engines.lineplanning.tariff import Band, Fares


class Says(Protocol):
    """Says things in the reader's language."""

    language: Language

    def text(self, code: str, **values: str | int) -> str:
        """Return a sentence."""

    def tell(self, code: str, **values: str | int) -> None:
        """Say something beside the result."""

    def findings(self, found: Iterable[Finding]) -> None:
        """Say what was noticed."""

    def result(self, text: str) -> None:
        """Write a line of the result."""


def arguments(
    name: str, parser: argparse.ArgumentParser, text: Callable[[str], str]
) -> None:
    """Add what ``gtfs`` or ``departures`` are told beside the folder."""
    if name == "departures":
        parser.add_argument("feed", type=Path, help=text("feed-help"))
        parser.add_argument("--on", type=_day, required=True, help=text("feed-on-help"))
        parser.add_argument(
            "--within", type=float, default=60.0, help=text("within-help")
        )
        parser.add_argument("--out", type=Path, help=text("departures-out-help"))
        return
    needed = {"out": Path, "agency": str, "url": str, "number": str}
    for option, kind in needed.items():
        told = text(f"gtfs-{option}-help")
        parser.add_argument(f"--{option}", type=kind, required=True, help=told)
    for option in ("from", "until"):
        parser.add_argument(
            f"--{option}",
            dest=f"{option}_day",
            type=_day,
            required=True,
            help=text(f"gtfs-{option}-help"),
        )
    for option in ("name", "phone", "email"):
        told = text(f"gtfs-{option}-help")
        parser.add_argument(f"--{option}", default="", help=told)
    for option in ("also-on", "not-on"):
        told = text(f"gtfs-{option}-help")
        parser.add_argument(
            f"--{option}", type=_day, action="append", default=[], help=told
        )
    parser.add_argument(
        "--weekdays", type=_week, default=_week("1234567"), help=text("weekdays-help")
    )
    parser.add_argument(
        "--fare", type=_fare, action="append", default=[], help=text("fare-help")
    )
    parser.add_argument("--plan", type=Path, help=text("gtfs-plan-help"))
    parser.add_argument("--on", type=_day, help=text("on-help"))
    parser.add_argument("--steps", type=int, default=2_000, help=text("steps-help"))
    parser.add_argument("--flex", type=Path, help=text("flex-help"))
    parser.add_argument("--notice", type=int, default=60, help=text("notice-help"))


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as problem:
        raise argparse.ArgumentTypeError(text) from problem


def _week(text: str) -> tuple[bool, ...]:
    if not text or set(text) - set("1234567"):
        raise argparse.ArgumentTypeError(text)
    return tuple(number in text for number in "1234567")


def _fare(text: str) -> tuple[int, int]:
    """Return baskets and fen out of 2=7 or 2=7.50."""
    baskets, _, yuan = text.partition("=")
    try:
        fen = Decimal(yuan) * 100
        if int(baskets) < 0 or not 0 <= fen < 10**7 or fen != int(fen):
            raise argparse.ArgumentTypeError(text)
        return int(baskets), int(fen)
    except (ValueError, InvalidOperation) as problem:
        raise argparse.ArgumentTypeError(text) from problem


def fares(told: list[tuple[int, int]]) -> Fares | None:
    """Return fares out of what a ride costs from so many baskets on; None for none."""
    if not told:
        return None
    known = dict(told)
    base = known.pop(0, min(known.values(), default=0))
    bands = tuple(Band(baskets, fen - base) for baskets, fen in sorted(known.items()))
    return Fares(base, bands, None)


def write(screen: Says, given: argparse.Namespace, case: Case) -> int:
    """Write a feed, or two: the second with stops that are booked."""
    from wugeyi.engines.lineplanning.gtfs.flex import flex_feed
    from wugeyi.engines.lineplanning.gtfs.writing import feed

    plan = _plan(screen, given, case)
    about = About(
        agency=given.agency,
        url=given.url,
        email=given.email,
        phone=given.phone,
        first_day=given.from_day,
        last_day=given.until_day,
        weekdays=given.weekdays,
        also_on=tuple(given.also_on),
        not_on=tuple(given.not_on),
        line_number=given.number,
        line_name=given.name,
    )
    prices = fares(given.fare)
    written = {given.out: feed(case, plan, prices, about)}
    if given.flex:
        booking = Booking(notice_minutes=given.notice, phone=given.phone, url=given.url)
        written[given.flex] = flex_feed(case, plan, prices, about, booking)
    for path, content in written.items():
        path.write_bytes(content)
        screen.tell("feed-written", file=str(path))
    return 0


def _plan(screen: Says, given: argparse.Namespace, case: Case) -> Plan:
    """Return the plan that is given, or make one; what breaks a rule is said."""
    from wugeyi.engines.lineplanning.archive import plan_from_json
    from wugeyi.engines.lineplanning.checker import check

    if given.plan:
        try:
            plan = plan_from_json(json.loads(given.plan.read_text("utf-8")))
        except ValueError as problem:
            raise Refused(Finding("plan-unread", "error", str(given.plan))) from problem
    else:
        from wugeyi.engines.lineplanning.packing import Work, solve

        plan = solve(case, work=Work(steps=given.steps))
    screen.findings(check(case, plan))
    return plan


def regular(screen: Says, given: argparse.Namespace, case: Case) -> int:
    """Write the departures of a regular timetable at the places of a case as a table."""
    from wugeyi.engines.lineplanning.gtfs.doubts import doubts
    from wugeyi.engines.lineplanning.gtfs.reading import read_feed
    from wugeyi.engines.lineplanning.gtfs.timetable import departures, routes_seen

    read, noticed = read_feed(given.feed)
    screen.findings(noticed)
    if any(each.severity == "error" for each in noticed):
        return 1
    places = (*case.stops, *case.markets)
    screen.findings(doubts(read, places, on=given.on, within_metres=given.within))
    found = departures(read, places, on=given.on, within_metres=given.within)
    table = _table(found, chinese=screen.language == "zh")
    if given.out:
        # With the mark at its head, spreadsheets take a file for UTF-8.
        given.out.write_text(table, encoding="utf-8-sig", newline="")
    else:
        screen.result(table.rstrip())
    lines = len(routes_seen(found))
    screen.tell("departures-found", departures=len(found), lines=lines)
    return 0


def _table(found: Iterable[Departure], *, chinese: bool) -> str:
    from wugeyi.engines.lineplanning.reading.rows import written
    from wugeyi.engines.lineplanning.reading.tables import TABLES

    columns = TABLES["departures"].columns
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([each.title if chinese else each.name for each in columns])
    for one in found:
        writer.writerow([written(each, getattr(one, each.name)) for each in columns])
    return out.getvalue()
