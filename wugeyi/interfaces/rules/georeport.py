"""What GeoReport v2 asks of arguments. Pure Python.

Source: the specification at wiki.open311.org/GeoReport_v2 (frozen), its page
Extensions for ``page`` and ``page_size``, and the page Service_Discovery.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

WINDOW = timedelta(days=90)
MOST = 1000
DEFAULT_PAGE = 1000
DEEPEST = 100_000
"""Rows that can be paged through; beyond, a page is empty."""
TEXT_LIMIT = 4000
MOST_CODES = 100
STATUSES = ("open", "closed")


class Why(StrEnum):
    """Why a request is refused; the words are elsewhere."""

    NO_KEY = "no_key"
    BAD_KEY = "bad_key"
    OUT_OF_REACH = "out_of_reach"
    NO_WRITING = "no_writing"
    TOO_OFTEN = "too_often"
    NO_JURISDICTION = "no_jurisdiction"
    NO_SERVICE = "no_service"
    NEEDS_SERVICE = "needs_service"
    NO_REQUEST = "no_request"
    NO_TOKEN = "no_token"  # noqa: S105 (a reason)
    NO_FORMAT = "no_format"
    BAD_DATE = "bad_date"
    LONG_SPAN = "long_span"
    TURNED_SPAN = "turned_span"
    BAD_STATUS = "bad_status"
    BAD_PAGE = "bad_page"
    TOO_MANY_CODES = "too_many_codes"
    NEEDS_PLACE = "needs_place"
    HALF_POINT = "half_point"
    BAD_POINT = "bad_point"
    OUTSIDE = "outside"
    NO_ADDRESS = "no_address"
    LONG_TEXT = "long_text"
    BAD_TOKEN = "bad_token"  # noqa: S105 (a reason)
    BAD_MEDIA = "bad_media"
    MANY_MEDIA = "many_media"
    LONG_MEDIA_URL = "long_media_url"
    OTHER_CONTENT = "other_content"
    BAD_FORM = "bad_form"
    NO_TABLE = "no_table"
    BAD_ENCODING = "bad_encoding"


STATUS = {
    Why.NO_KEY: 403,
    Why.BAD_KEY: 403,
    Why.OUT_OF_REACH: 403,
    Why.NO_WRITING: 403,
    Why.TOO_OFTEN: 429,
    Why.NO_JURISDICTION: 404,
    Why.NO_SERVICE: 404,
    Why.NO_REQUEST: 404,
    Why.NO_TOKEN: 404,
    Why.NO_FORMAT: 404,
    Why.NO_TABLE: 404,
    Why.OTHER_CONTENT: 409,
}
"""The status of each refusal; all others are 400."""


class Refused(Exception):
    """The request is not answered; ``value`` fills the sentence."""

    def __init__(self, why: Why, value: str = "") -> None:
        super().__init__(why.value)
        self.why = why
        self.value = value

    @property
    def status(self) -> int:
        """The status code to answer with."""
        return STATUS.get(self.why, 400)


@dataclass(frozen=True, slots=True)
class Span:
    """From a moment (inclusive) to another (inclusive)."""

    first: datetime
    last: datetime


def moment(text: str) -> datetime:
    """Read a date and time with its zone.

    Raises
    ------
    Refused
        BAD_DATE: it is none, or has no zone.
    """
    # A plus sign that was not escaped arrives as a space.
    typed = text.strip().replace(" ", "+")
    try:
        at = datetime.fromisoformat(typed)
        if at.tzinfo is None or "T" not in typed.upper():
            raise ValueError
        return at.astimezone(UTC)
    except (ValueError, OverflowError):
        raise Refused(Why.BAD_DATE, text[:40]) from None


def span(start: str, end: str, *, now: datetime) -> Span:
    """Return the span that is asked for: the last 90 days, or 90 days from either end.

    Raises
    ------
    Refused
        BAD_DATE, TURNED_SPAN, LONG_SPAN.
    """
    try:
        if start and end:
            found = Span(moment(start), moment(end))
        elif start:
            first = moment(start)
            found = Span(first, first + WINDOW)
        else:
            last = moment(end) if end else now
            found = Span(last - WINDOW, last)
    except OverflowError:
        raise Refused(Why.BAD_DATE, (start or end)[:40]) from None
    if found.last < found.first:
        raise Refused(Why.TURNED_SPAN)
    if found.last - found.first > WINDOW:
        raise Refused(Why.LONG_SPAN)
    return found


def codes(text: str) -> list[str]:
    """Read codes divided by commas; blank ones are left out.

    Raises
    ------
    Refused
        TOO_MANY_CODES.
    """
    found = list(dict.fromkeys(filter(None, map(str.strip, text.split(",")))))
    if len(found) > MOST_CODES:
        raise Refused(Why.TOO_MANY_CODES, str(MOST_CODES))
    return found


def statuses(text: str) -> list[str]:
    """Read which statuses are asked for; none asks for all.

    Raises
    ------
    Refused
        BAD_STATUS.
    """
    found = codes(text)
    for each in found:
        if each not in STATUSES:
            raise Refused(Why.BAD_STATUS, each[:40])
    return found


@dataclass(frozen=True, slots=True)
class Slice:
    """Which rows of a list: so many, after so many."""

    skip: int
    size: int


def page(number: str, size: str) -> Slice | None:
    """Return the rows of a page, counted from 1; None for one that is surely empty.

    Raises
    ------
    Refused
        BAD_PAGE: no whole number, or less than 1.
    """
    wanted, each = _whole(number, 1), min(_whole(size, DEFAULT_PAGE), MOST)
    skip = (wanted - 1) * each
    return Slice(skip, each) if skip < DEEPEST else None


def _whole(text: str, default: int) -> int:
    typed = text.strip()
    if not typed:
        return default
    if not (typed.isascii() and typed.isdigit() and len(typed) < 10 and int(typed)):
        raise Refused(Why.BAD_PAGE, typed[:20])
    return int(typed)


def request_key(number: str) -> int | None:
    """Return the key in a case's number, ``20261122-4711``; None if it is none."""
    day, _dash, key = number.partition("-")
    fits = len(day) == 8 and 0 < len(key) < 19 and (day + key).isascii()
    return int(key) if fits and (day + key).isdigit() else None


def point(lat: str, long: str) -> tuple[float, float] | None:
    """Read two typed coordinates as (lon, lat); None if both are blank.

    Raises
    ------
    Refused
        HALF_POINT, BAD_POINT.
    """
    if not lat.strip() and not long.strip():
        return None
    if not lat.strip() or not long.strip():
        raise Refused(Why.HALF_POINT)
    try:
        x, y = float(long), float(lat)
    except ValueError:
        raise Refused(Why.BAD_POINT) from None
    if not (-180 <= x <= 180 and -90 <= y <= 90):
        raise Refused(Why.BAD_POINT)
    return x, y
