"""What a sheet for villagers names in words: its period."""

from django.template import Library
from django.utils.translation import gettext as _

from wugeyi.books.models import Disclosure
from wugeyi.books.rules.disclosure import Period
from wugeyi.books.rules.months import first_day
from wugeyi.books.templatetags.books import month

register = Library()


@register.filter
def period_name(period: Disclosure | Period) -> str:
    """Name a period: a quarter, a month, or from one month to another."""
    if isinstance(period, Disclosure):
        period = Period(period.first_month, period.last_month)
    if period.quarter is not None:
        return _("%(year)s 年第 %(n)s 季度") % {
            "year": first_day(period.first).year,
            "n": period.quarter,
        }
    if period.first == period.last:
        return month(period.first)
    return _("%(first)s至%(last)s") % {
        "first": month(period.first),
        "last": month(period.last),
    }
