"""How hours and days of a week are said, in the reader's language."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from wugeyi.stations.forms.fields import WEEKDAYS
from wugeyi.stations.queries.shown import Days, Shown
from wugeyi.stations.rules.hours import DAY, Span


def clock(minute: int) -> str:
    """18:00; 次日 2:00 for what is beyond midnight."""
    time = f"{minute % DAY // 60}:{minute % 60:02}"
    if minute == DAY:
        return "24:00"
    return _("次日 %(time)s") % {"time": time} if minute > DAY else time


def times(spans: Sequence[Span]) -> str:
    """8:00-12:00、14:00-次日 2:00; 全天 for a whole day, 休息 for none."""
    if not spans:
        return _("休息")
    if list(spans) == [Span(0, DAY)]:
        return _("全天")
    joint = _("、")
    return joint.join(f"{clock(each.opens)}-{clock(each.closes)}" for each in spans)


def until(row: Shown) -> str:
    """开到 22:00, where one can go in now."""
    shuts = row.shuts
    if shuts is None or shuts >= 2 * DAY:
        return _("一直开着")
    return _("开到 %(time)s") % {"time": clock(shuts)}


def days(span: Days) -> str:
    """每天, 周一 or 周一到周五."""
    if (span.first, span.last) == (0, 6):
        return _("每天")
    first, last = str(WEEKDAYS[span.first]), str(WEEKDAYS[span.last])
    if first == last:
        return first
    return _("%(first)s到%(last)s") % {"first": first, "last": last}
