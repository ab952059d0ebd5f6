"""What pages of sharing draw: states, times, hours, what a booking says."""

from collections.abc import Iterable
from datetime import date

from django.template import Context, Library
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, npgettext, pgettext

from wugeyi.buslines.templatetags.bustimes import weekday
from wugeyi.sharing.forms.staff import WEEKDAYS
from wugeyi.sharing.models import Booking, Thing
from wugeyi.sharing.queries.calendar import Day
from wugeyi.sharing.rules.states import State
from wugeyi.sharing.rules.times import By, Span, clock, write_spans
from wugeyi.ui import phrases
from wugeyi.ui.templatetags.ui import state as draw_state

register = Library()

TONES = {
    State.ASKED: "new",
    State.ACCEPTED: "answered",
    State.USED: "working",
    State.RETURNED: "resolved",
    State.THANKED: "resolved",
    State.REFUSED: "closed",
    State.CANCELLED: "closed",
    State.MISSED: "closed",
    State.LAPSED: "closed",
}


@register.simple_tag
def booking_state(booking: Booking) -> SafeString:
    """Tell where a booking stands by shape and word."""
    return draw_state(TONES[State(booking.state)], str(booking.get_state_display()))


@register.filter
def part(value: int) -> str:
    """Write a half hour as a time."""
    return clock(value)


@register.filter
def spans(value: Iterable[Span]) -> str:
    """Write opening hours; 不开放 for none."""
    return write_spans(value) or _("不开放")


@register.filter
def weekday_name(number: int) -> str:
    """Name a weekday, 0 being Monday."""
    return str(WEEKDAYS[number])


@register.filter
def named_day(value: date, *, year: bool = True) -> str:
    """Write a date with its weekday."""
    day = phrases.day(value, year=year)
    return _("%(day)s %(weekday)s") % {"day": day, "weekday": weekday(value)}


@register.simple_tag(takes_context=True)
def booked_for(context: Context, booking: Booking) -> SafeString:
    """Write when a booking is for; the year only where it is another one."""
    this_year = phrases.local(context["now"]).year
    days = format_html_join(
        " – ",
        '<span class="nowrap">{}</span>',
        (
            (named_day(on, year=on.year != this_year),)
            for on in sorted({booking.first_on, booking.last_on})
        ),
    )
    if booking.thing.way is By.DAY:
        return days
    hours = f"{clock(booking.begin)}-{clock(booking.end)}"
    return format_html('{} <span class="nowrap">{}</span>', days, hours)


@register.filter
def many(count: int, thing: Thing) -> str:
    """Write how many pieces: things are counted, people and rooms shared out."""
    if thing.way is By.DAY:
        told = npgettext("lent", "%(n)s 件", "%(n)s 件", count)
    else:
        told = npgettext("lent", "%(n)s 份", "%(n)s 份", count)
    return told % {"n": count}


@register.filter
def longest(thing: Thing) -> str:
    """Write how long one booking may be."""
    if thing.way is By.DAY:
        return ngettext("%(n)s 天", "%(n)s 天", thing.most) % {"n": thing.most}
    hours = f"{thing.most / 2:g}"
    return ngettext("%(n)s 小时", "%(n)s 小时", thing.most) % {"n": hours}


@register.simple_tag
def soonest(day: Day | None, thing: Thing) -> str:
    """Tell when something is free next."""
    if day is None:
        return _("这周都约满了")
    on = named_day(day.on, year=False)
    if thing.way is By.DAY:
        return _("最近 %(day)s 可借") % {"day": on}
    return _("最近 %(day)s %(hour)s 起可约") % {
        "day": on,
        "hour": clock(day.free[0].begin),
    }


@register.simple_tag
def act_url(noun: str, pk: int, slug: str) -> str:
    """Return where an act on a row is done."""
    return reverse("sharing:act", args=[noun, pk, slug])


@register.filter
def step_name(slug: str) -> str:
    """Name a step of a booking."""
    return {
        "accept": pgettext("booking", "同意"),
        "refuse": _("不能借"),
        "use": _("交出去了"),
        "return": _("还回来了"),
        "miss": _("没有来"),
        "cancel": _("取消预约"),
    }[slug]
