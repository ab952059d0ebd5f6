"""Command line: ``python -m wugeyi.engines.deadlines due START AMOUNT UNIT``."""

import argparse
import sys
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from wugeyi.engines.deadlines import (
    DayNote,
    Reason,
    Span,
    TableError,
    Unit,
    WorkCalendar,
    calendar_of,
    covered,
    due,
    explain,
    last_day,
    names_of,
    read,
    remaining,
)

_WORDS = {
    Reason.START: "day of the event, not counted",
    Reason.WORKING: "working day",
    Reason.MAKE_UP: "make-up working day",
    Reason.WEEKEND: "weekend",
    Reason.HOLIDAY: "day off",
    Reason.PAUSED: "clock paused",
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line.

    Parameters
    ----------
    argv
        Arguments without the program's name; those of the process if not given.

    Returns
    -------
    int
        0 if an answer was printed, 2 if the input could not be understood (the
        message is on standard error).
    """
    options = _parser().parse_args(argv)
    try:
        lines = _answer(options)
    except (OSError, ValueError) as error:
        sys.stderr.write(f"error: {error}\n")
        return 2
    sys.stdout.write("\n".join(lines) + "\n")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m wugeyi.engines.deadlines",
        description="Deadlines in hours, calendar days and working days.",
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    command = commands.add_parser("due", help="when a period ends")
    command.add_argument(
        "start", help="2026-09-28T15:00, in the zone, or with its own offset"
    )
    command.add_argument("amount", type=int, help="a whole number, 0 or more")
    command.add_argument("unit", choices=[unit.value for unit in Unit])
    command.add_argument(
        "--calendar",
        type=Path,
        help="CSV with the columns date, kind (closed or open), name_zh; "
        "without it only weekends are off",
    )
    command.add_argument(
        "--exceptions",
        type=Path,
        help="CSV of the same form: a place's own days, laid over the calendar",
    )
    command.add_argument(
        "--pause",
        action="append",
        default=[],
        metavar="FROM..TO",
        help="the clock stands; leave TO empty while it still does; repeatable",
    )
    command.add_argument("--zone", default="Asia/Shanghai", help="default: %(default)s")
    command.add_argument("--at", help="also say how much is left at this instant")
    command.add_argument(
        "--explain", action="store_true", help="list the days, counted and not"
    )
    return parser


def _answer(options: argparse.Namespace) -> list[str]:
    zone = _zone(options.zone)
    unit = Unit(options.unit)
    calendar, names = _calendar(options.calendar, options.exceptions)
    start = _instant(options.start, zone)
    pauses = [_pause(text, zone) for text in options.pause]
    end = due(start, options.amount, unit, calendar, pauses, zone)
    lines = [_result(end, unit, zone)]
    if options.at:
        at = _instant(options.at, zone)
        left = remaining(start, at, options.amount, unit, calendar, pauses, zone)
        lines.append(f"left at {at.isoformat()}: {left:g} {unit}")
    if options.explain and unit is not Unit.HOURS:
        notes = explain(start, options.amount, unit, calendar, pauses, zone, names)
        lines += [_line(note) for note in notes]
        if end is not None and notes[-1].number != options.amount:
            lines.append("the last day was moved to the next working day (art. 203)")
    elif options.explain:
        lines.append("hours run through nights, weekends and holidays")
    if unit is not Unit.HOURS and not covered(start, end, calendar, zone):
        lines.append("note: no official calendar for all of it; by weekends there")
    return lines


def _result(end: datetime | None, unit: Unit, zone: ZoneInfo) -> str:
    if end is None:
        return "due: open, the clock stands still"
    local = end.astimezone(zone).isoformat()
    if unit is Unit.HOURS:
        return f"due: {local}"
    return f"due: {last_day(end, zone)} 24:00 ({local})"


def _line(note: DayNote) -> str:
    number = "-" if note.number is None else str(note.number)
    name = f", {note.name}" if note.name else ""
    return f"{note.day:%Y-%m-%d}  {number:>4}  {_WORDS[note.reason]}{name}"


def _calendar(
    path: Path | None, exceptions: Path | None
) -> tuple[WorkCalendar, dict[date, str]]:
    calendar, names = _table(path)
    if exceptions is not None:
        own, own_names = _table(exceptions)
        calendar = WorkCalendar.merged(calendar, own)
        names |= own_names
    return calendar, names


def _table(path: Path | None) -> tuple[WorkCalendar, dict[date, str]]:
    if path is None:
        return WorkCalendar(), {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            entries = read(lines)
    except UnicodeDecodeError:
        msg = f"{path}: not UTF-8; save the table as CSV UTF-8"
        raise TableError(msg) from None
    except TableError as error:
        msg = f"{path}, {error}"
        raise TableError(msg) from None
    return calendar_of(entries), names_of(entries)


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        msg = f"unknown zone {name!r}; give one like Asia/Shanghai"
        raise ValueError(msg) from None


def _instant(text: str, zone: ZoneInfo) -> datetime:
    try:
        instant = datetime.fromisoformat(text.strip())
    except ValueError:
        msg = f"{text!r} is no time like 2026-09-28T15:00"
        raise ValueError(msg) from None
    return instant.replace(tzinfo=zone) if instant.tzinfo is None else instant


def _pause(text: str, zone: ZoneInfo) -> Span:
    begin, dots, end = text.partition("..")
    if not dots:
        msg = f"{text!r} is no pause like 2026-09-29T09:00..2026-09-30T12:00"
        raise ValueError(msg)
    return Span(_instant(begin, zone), _instant(end, zone) if end.strip() else None)


if __name__ == "__main__":
    raise SystemExit(main())
