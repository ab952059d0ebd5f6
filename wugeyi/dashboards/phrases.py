"""What cells, periods and layouts are called."""

from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wugeyi.dashboards.rules.choosing import Grain, Span
from wugeyi.dashboards.rules.layout import Cell
from wugeyi.figures.rules import Period
from wugeyi.ui import phrases

CELLS: dict[Cell, Promise] = {
    Cell.LEADERSHIP: gettext_lazy("一个支书"),
    Cell.TEAM: gettext_lazy("一支队伍"),
    Cell.CENTRE: gettext_lazy("一个中心"),
    Cell.MECHANISM: gettext_lazy("一个机制"),
    Cell.PATH: gettext_lazy("一条路子"),
}
# What a cell tells of, in a word: people, people, place, rules, ways.
ABOUT: dict[Cell, Promise] = {
    Cell.LEADERSHIP: gettext_lazy("带头的人：任职、培训、双带头"),
    Cell.TEAM: gettext_lazy("一起干的人：岗位、人数、人才"),
    Cell.CENTRE: gettext_lazy("办事的地方：一次办成、少跑腿"),
    Cell.MECHANISM: gettext_lazy("规矩：议事、建议、诉求办理"),
    Cell.PATH: gettext_lazy("干法：项目、投入、实测结果"),
}
SPANS: dict[Span, Promise] = {
    Span.YEAR: gettext_lazy("今年"),
    Span.LAST_YEAR: gettext_lazy("去年"),
    Span.MONTHS: gettext_lazy("近 12 个月"),
    Span.QUARTER: gettext_lazy("本季度"),
}
GRAINS: dict[Grain, Promise] = {
    Grain.MONTHS: gettext_lazy("逐月"),
    Grain.YEARS: gettext_lazy("逐年"),
}
MONTHS_EN = [
    "Jan",
    "Feb",
    "Mar",
    "Apr",
    "May",
    "Jun",
    "Jul",
    "Aug",
    "Sep",
    "Oct",
    "Nov",
    "Dec",
]


def days(period: Period) -> str:
    """2026年1月1日至11月22日 · 1 Jan 2026 – 22 Nov 2026."""
    same = period.first.year == period.last.year
    first = phrases.day(period.first)
    last = phrases.day(period.last, year=not same or phrases.is_english())
    return _("%(first)s至%(last)s") % {"first": first, "last": last}


def short(period: Period, grain: Grain) -> str:
    """Name a step below an axis: 3月 · Mar, or 2026."""
    if grain is Grain.YEARS:
        return str(period.first.year)
    month = period.first.month
    return MONTHS_EN[month - 1] if phrases.is_english() else f"{month}月"


def full(period: Period, grain: Grain, today: date) -> str:
    """Name a step in a table: 2026年3月; the one that is not over says until when."""
    year, month = period.first.year, period.first.month
    if grain is Grain.YEARS:
        text = str(year) if phrases.is_english() else f"{year}年"
    elif phrases.is_english():
        text = f"{MONTHS_EN[month - 1]} {year}"
    else:
        text = f"{year}年{month}月"
    if period.last == today and not _over(period, grain):
        return _("%(name)s（到%(day)s）") % {
            "name": text,
            "day": phrases.day(today, year=False),
        }
    return text


def _over(period: Period, grain: Grain) -> bool:
    whole = Period.year if grain is Grain.YEARS else None
    if whole is not None:
        return period.last == whole(period.last.year).last
    return period.last == Period.month(period.last.year, period.last.month).last
