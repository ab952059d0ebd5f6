"""What a station's sign says, in the reader's language."""

from django.utils.translation import gettext as _

from wugeyi.stations.paper.sign import Sign
from wugeyi.stations.queries.shown import Shown
from wugeyi.stations.wording import days, times
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
        hours=[(days(each), times(each.spans)) for each in row.days],
        items_title=_("里面有"),
        items=[str(item) for item in row.has if item.asked],
        code=station.code,
        code_words=(
            _("扫一扫：现在开没开、什么坏了"),
            _("东西坏了，两下就能报，不用登录。"),
        ),
        address_words=address,
        squares=code_of(address),
        foot=_("演示数据(虚构)") if station.invented else _("谁来过这里，系统不记。"),
    )
