"""What a station's sign says, in the reader's language."""

from itertools import groupby

from django.utils.translation import gettext as _

from wugeyi.stations.forms.fields import WEEKDAYS
from wugeyi.stations.paper.sign import Sign
from wugeyi.stations.queries.public import Shown
from wugeyi.stations.rules.hours import written
from wugeyi.ui import phrases
from wugeyi.ui.paper import code_of


def sign_of(row: Shown, address: str) -> Sign:
    """Return the sign of a station; ``address`` is what its code opens."""
    station = row.station
    other = station.name_zh if phrases.is_english() else station.name_en
    return Sign(
        place=station.organisation.name,
        name=str(station),
        other_name=other if other != str(station) else "",
        kind=str(station.kind),
        address=station.address,
        hours_title=_("什么时候开"),
        hours=_hours(row),
        items_title=_("里面有"),
        items=[str(item) for item in row.has if item.breaks],
        code=station.code,
        code_words=(
            _("扫一扫：现在开没开、什么坏了"),
            _("东西坏了，两下就能报，不用登录。"),
        ),
        address_words=address,
        squares=code_of(address),
        foot=_("演示数据(虚构)") if station.invented else _("谁来过这里，系统不记。"),
    )


def _hours(row: Shown) -> list[tuple[str, str]]:
    """Join weekdays that follow each other with the same times."""
    texts = [
        written(row.week.get(day, ()), next_day=_("次日")) or _("休息")
        for day in range(7)
    ]
    found = []
    for text, days in groupby(range(7), key=lambda day: texts[day]):
        span = list(days)
        if len(span) == 7:
            found.append((_("每天"), text))
        elif len(span) == 1:
            found.append((str(WEEKDAYS[span[0]]), text))
        else:
            first, last = WEEKDAYS[span[0]], WEEKDAYS[span[-1]]
            found.append(
                (_("%(first)s到%(last)s") % {"first": first, "last": last}, text)
            )
    return found
