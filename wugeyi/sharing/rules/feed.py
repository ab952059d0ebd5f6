"""A calendar as other programs subscribe to it (RFC 5545); nobody is named in it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime

FOLD_OCTETS = 75


@dataclass(frozen=True, slots=True)
class Event:
    """One time that is taken: moments, or days with the last one left out."""

    uid: str
    begins: datetime | date
    ends: datetime | date
    summary: str
    changed: datetime


def _escaped(text: str) -> str:
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\r", "").replace("\n", "\\n")


def fold(line: str) -> str:
    """Break a line so that no piece is longer than 75 octets, never inside a character."""
    pieces, piece, size = [], "", 0
    for character in line:
        octets = len(character.encode())
        if size + octets > FOLD_OCTETS:
            pieces.append(piece)
            piece, size = " ", 1
        piece += character
        size += octets
    return "\r\n".join([*pieces, piece])


def _stamp(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _when(name: str, value: datetime | date) -> str:
    if isinstance(value, datetime):
        return f"{name}:{_stamp(value)}"
    return f"{name};VALUE=DATE:{value:%Y%m%d}"


def calendar(name: str, events: Iterable[Event]) -> str:
    """Return the text of a feed."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Wugeyi//sharing//ZH",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{_escaped(name)}",
    ]
    for event in events:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{event.uid}",
            f"DTSTAMP:{_stamp(event.changed)}",
            _when("DTSTART", event.begins),
            _when("DTEND", event.ends),
            f"SUMMARY:{_escaped(event.summary)}",
            "TRANSP:OPAQUE",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return "\r\n".join(fold(line) for line in lines) + "\r\n"
