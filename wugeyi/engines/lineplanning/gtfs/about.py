"""What a feed says about a line beside its plan: who runs it, on which days, how to book."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from wugeyi.engines.lineplanning.findings import Finding
from wugeyi.engines.lineplanning.gtfs.archive import label

ADDRESS = re.compile(r"https?://[^\s/?#]+\.[^\s/?#.]+(?:[/?#][!-~]*)?")
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
PHONE = re.compile(r"\+?[0-9 ()./-]{3,30}")
DIGITS = re.compile(r"\d\D*\d\D*\d")
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
DAILY = (True,) * 7


@dataclass(frozen=True, slots=True)
class Medium:
    """How a fare is paid.

    Parameters
    ----------
    code
        ASCII, unique.
    kind
        ``fare_media_type`` of GTFS: 0 cash, 1 paper ticket, 2 transit card, 3 bank
        card, 4 app.
    """

    code: str
    name: str
    kind: int


CASH = Medium("cash", "现金", 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """Who runs the line and when.

    Parameters
    ----------
    url
        Of the agency, from http:// or https://.
    timezone
        A name of the tz database.
    language
        Of all names, as IETF BCP 47.
    first_day, last_day
        Both included.
    weekdays
        Monday first.
    also_on, not_on
        Days that are added or left out, whatever their weekday.
    line_number
        At most 12 characters, as passengers know it: 252.
    email, phone
        Of the agency; one of them may be empty.
    agency_en, line_name_en
        Empty where there is no English name.
    """

    agency: str
    url: str
    first_day: date
    last_day: date
    line_number: str
    line_name: str = ""
    weekdays: tuple[bool, ...] = DAILY
    also_on: tuple[date, ...] = ()
    not_on: tuple[date, ...] = ()
    timezone: str = "Asia/Shanghai"
    language: str = "zh"
    email: str = ""
    phone: str = ""
    agency_en: str = ""
    line_name_en: str = ""
    media: tuple[Medium, ...] = (CASH,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Booking:
    """How stops are booked.

    Parameters
    ----------
    notice_minutes
        Before the first call of the trip, at least so much; 0 where ``days_before``
        says it.
    days_before, until_minute
        So many days before, until this minute of the day; 0 days for none.
    stops
        Codes of the stops that are served only when booked; None for all.
    slack_minutes
        The bus may come so much earlier or later than planned.
    phone, url, message
        How, and what else to know; at least a phone number or an address.
    """

    notice_minutes: int = 0
    days_before: int = 0
    until_minute: int = 1080
    stops: tuple[str, ...] | None = None
    slack_minutes: int = 10
    phone: str = ""
    url: str = ""
    message: str = ""


def wrong(about: About) -> Iterator[Finding]:
    """Tell what keeps a feed from being written."""
    needed = {"agency": about.agency, "line_number": about.line_number}
    for field, text in needed.items():
        if not text.strip():
            yield Finding("feed-empty", "error", field, inputs=(field,))
    yield from _unreachable(about.url, about.phone, about.email, needs_url=True)
    if not (about.email.strip() or about.phone.strip()):
        yield Finding("feed-contact", "error", inputs=("email", "phone"))
    if not LANGUAGE.fullmatch(about.language):
        yield Finding("feed-language", "error", about.language, inputs=("language",))
    if not _timezone(about.timezone):
        yield Finding("feed-timezone", "error", about.timezone, inputs=("timezone",))
    if len(about.line_number.strip()) > 12:
        yield Finding("feed-number-long", "error", about.line_number)
    if len(about.weekdays) != 7:
        yield Finding("feed-weekdays", "error", inputs=("weekdays",))
    elif about.first_day > about.last_day:
        days = {"first": str(about.first_day), "last": str(about.last_day)}
        yield Finding("feed-days-turned", "error", "", days, ("first_day", "last_day"))
    elif not _runs(about):
        inputs = ("weekdays", "first_day", "last_day", "not_on")
        yield Finding("feed-no-day", "error", inputs=inputs)


def _unreachable(
    url: str, phone: str, email: str, *, needs_url: bool
) -> Iterator[Finding]:
    """Tell which ways to reach somebody are none."""
    if (url or needs_url) and not ADDRESS.fullmatch(url):
        yield Finding("feed-address", "error", "", {"address": url[:80]}, ("url",))
    if phone.strip() and not (PHONE.fullmatch(phone.strip()) and DIGITS.search(phone)):
        yield Finding("feed-phone", "error", phone[:40], inputs=("phone",))
    if email and not EMAIL.fullmatch(email):
        yield Finding("feed-email", "error", email[:80], inputs=("email",))


def _timezone(name: str) -> bool:
    try:
        return bool(ZoneInfo(name))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False


def _runs(about: About) -> bool:
    """Tell whether there is a day on which it runs."""
    if set(about.also_on) - set(about.not_on):
        return True
    days = (about.last_day - about.first_day).days + 1
    all_days = (about.first_day + timedelta(days=k) for k in range(days))
    off = set(about.not_on)
    return any(about.weekdays[day.weekday()] and day not in off for day in all_days)


def unbookable(booking: Booking) -> Iterator[Finding]:
    """Tell what keeps stops from being booked."""
    if not (booking.phone.strip() or booking.url.strip()):
        yield Finding("booking-how", "error", inputs=("phone", "url"))
    yield from _unreachable(booking.url, booking.phone, "", needs_url=False)
    if booking.notice_minutes <= 0 and booking.days_before <= 0:
        inputs = ("notice_minutes", "days_before")
        yield Finding("booking-when", "error", inputs=inputs)
    if booking.slack_minutes < 1:
        yield Finding("booking-slack", "error", inputs=("slack_minutes",))


def long_name(about: About) -> str:
    """Return the line's name without its number, which stands beside it everywhere."""
    name, number = label(about.line_name), label(about.line_number)
    if not name.startswith(number):
        return name
    rest = name.removeprefix(number).lstrip().removeprefix("路")
    return rest.lstrip(" -–—:：,，")
