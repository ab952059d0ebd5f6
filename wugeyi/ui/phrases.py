"""Dates, spans, numbers and distances as people write them, in the active language.

Django's own formats group Chinese numbers by four and give English dates the
American order; neither is what GB/T 15835 or the readers here expect.
"""

from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Protocol

from django.utils import timezone, translation
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wugeyi.ui.rules import Remaining, Tone, Unit, remaining, share

Number = int | float | Decimal


def is_english() -> bool:
    """Tell whether the active language is English."""
    return (translation.get_language() or "").startswith("en")


class Named(Protocol):
    """A row with a name in Chinese and, if somebody wrote one, in English."""

    @property
    def name_zh(self) -> str:
        """Return the Chinese name."""
        ...

    @property
    def name_en(self) -> str:
        """Return the English name, empty if there is none."""
        ...


def name_of(row: Named) -> str:
    """Return what a row is called in the active language: Chinese for want of English."""
    return (row.name_en if is_english() else "") or row.name_zh


def local(value: date) -> date:
    """Turn an aware datetime into the place's own time; leave plain dates alone."""
    if not isinstance(value, datetime) or value.tzinfo is None:
        return value
    here = timezone.get_current_timezone()
    # Lists ask several times about one moment.
    return value if value.tzinfo is here else value.astimezone(here)


def day(value: date, *, year: bool = True) -> str:
    """2026年11月22日 · 22 Nov 2026; without the year 11月22日 · 22 Nov."""
    if is_english():
        return format_date(local(value), "j M Y" if year else "j M")
    here = local(value)
    # Written out: a list says it for every row, and Django's formatter is slow.
    short = f"{here.month}月{here.day}日"
    return f"{here.year}年{short}" if year else short


def clock(value: datetime) -> str:
    """18:05, in the place's own time."""
    here = local(value)
    assert isinstance(here, datetime)  # noqa: S101 (a datetime stays one)
    return f"{here.hour:02}:{here.minute:02}"


def moment(value: date, *, year: bool = True) -> str:
    """2026年11月22日 18:05 · 22 Nov 2026, 18:05; a plain date has no hour."""
    if not isinstance(value, datetime):
        return day(value, year=year)
    joint = ", " if is_english() else " "
    return day(value, year=year) + joint + clock(value)


def number(value: Number, places: int = 0) -> str:
    """Group by three: 665,276 in both languages.

    Parameters
    ----------
    value : int, float or Decimal
    places : int
        Digits after the point, 0 to 6.
    """
    return f"{value:,.{places}f}" if places else f"{round(value):,}"


def percent(part: int, whole: int) -> str | None:
    """One decimal, or None when the whole is too small for a percentage."""
    value = share(part, whole)
    return None if value is None else f"{value:.1f}%"


def distance(metres: Number) -> str:
    """Tell a distance no finer than a place is known: 87 米 · 350 米 · 1.2 公里."""
    if metres < 100:
        return _("%(metres)s 米") % {"metres": number(metres)}
    if metres < 995:
        return _("%(metres)s 米") % {"metres": number(round(metres / 10) * 10)}
    places = 1 if metres < 9950 else 0
    return _("%(kilometres)s 公里") % {"kilometres": number(metres / 1000, places)}


def size(octets: int) -> str:
    """Tell 820 KB or 3.4 MB."""
    if octets < 1024 * 1024:
        return f"{max(1, round(octets / 1024))} KB"
    return f"{octets / 1024 / 1024:.1f} MB"


def due(at: datetime, now: datetime) -> tuple[Tone, str]:
    """Tell what is left until ``at``, or how long ago it passed.

    Returns
    -------
    tuple of Tone and str
        For example (Tone.LATE, "已超 3 小时").
    """
    left = remaining(at, now)
    return left.tone, _told(left, translation.get_language() or "")


@lru_cache(maxsize=1000)
def _told(left: Remaining, _language: str) -> str:
    """Say what is left, in the active language: a page has many of one day."""
    return _late(left) if left.tone is Tone.LATE else _left(left)


def _left(left: Remaining) -> str:
    count = {"count": left.count}
    if left.unit is Unit.DAY:
        return ngettext("还剩 %(count)s 天", "还剩 %(count)s 天", left.count) % count
    if left.unit is Unit.HOUR:
        return (
            ngettext("还剩 %(count)s 小时", "还剩 %(count)s 小时", left.count) % count
        )
    if left.count:
        return (
            ngettext("还剩 %(count)s 分钟", "还剩 %(count)s 分钟", left.count) % count
        )
    return _("现在到期")


def _late(left: Remaining) -> str:
    count = {"count": left.count}
    if left.unit is Unit.DAY:
        return ngettext("已超 %(count)s 天", "已超 %(count)s 天", left.count) % count
    if left.unit is Unit.HOUR:
        return (
            ngettext("已超 %(count)s 小时", "已超 %(count)s 小时", left.count) % count
        )
    if left.count:
        return (
            ngettext("已超 %(count)s 分钟", "已超 %(count)s 分钟", left.count) % count
        )
    return _("刚刚到期")
