"""Calendars as RFC 5545 writes them. Pure Python."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime

LINE_BYTES = 75
"""RFC 5545, 3.1: lines should not be longer, the line break left out."""
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing with a day (the last one it is due) or a moment.

    ``uid`` is the same each time it is written, or programs show it twice.
    """

    uid: str
    at: date | datetime
    summary: str
    description: str = ""
    url: str = ""
    done: bool = False


def calendar(
    entries: Iterable[Entry], *, name: str, written_at: datetime, zone: str
) -> str:
    """Return a calendar; days are the place's own, moments are UTC."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Wugeyi//Wugeyi//ZH",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{text(name)}",
        f"X-WR-TIMEZONE:{text(zone)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        "X-PUBLISHED-TTL:PT1H",
    ]
    for entry in entries:
        lines += _event(entry, stamp(written_at))
    lines.append("END:VCALENDAR")
    return "".join(f"{fold(line)}\r\n" for line in lines)


def _event(entry: Entry, written: str) -> list[str]:
    lines = ["BEGIN:VEVENT", f"UID:{text(entry.uid)}", f"DTSTAMP:{written}"]
    if isinstance(entry.at, datetime):
        # A moment that takes no time: nobody is busy.
        lines.append(f"DTSTART:{stamp(entry.at)}")
    else:
        lines.append(f"DTSTART;VALUE=DATE:{entry.at:%Y%m%d}")
    lines.append(f"SUMMARY:{text(entry.summary)}")
    if entry.description:
        lines.append(f"DESCRIPTION:{text(entry.description)}")
    if entry.url:
        lines.append(f"URL:{entry.url}")
    lines.append(f"STATUS:{'CANCELLED' if entry.done else 'CONFIRMED'}")
    lines += ["TRANSP:TRANSPARENT", "END:VEVENT"]
    return lines


def stamp(at: datetime) -> str:
    """Write a moment in UTC."""
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def text(value: str) -> str:
    """Escape a text as RFC 5545, 3.3.11 says; controls are left out."""
    plain = _CONTROLS.sub("", value.replace("\r\n", "\n").replace("\r", "\n"))
    for mark in ("\\", ";", ","):
        plain = plain.replace(mark, f"\\{mark}")
    return plain.replace("\n", "\\n")


def fold(line: str) -> str:
    """Fold a line at 75 bytes, never inside a character."""
    parts, part, size = [], "", 0
    for character in line:
        width = len(character.encode())
        if size + width > LINE_BYTES:
            parts.append(part)
            # The space that tells of the fold counts.
            part, size = "", 1
        part += character
        size += width
    parts.append(part)
    return "\r\n ".join(parts)
