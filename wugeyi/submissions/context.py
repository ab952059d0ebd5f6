"""Where this app's pages are found."""

from django.utils.translation import gettext as _

from wugeyi.organisations.navigation import Place
from wugeyi.submissions.rules import READS


def own_places() -> list[Place]:
    """Return the place for those who review conflicts."""
    return [
        Place(
            "submissions:conflicts",
            _("重复编号"),
            "alert",
            frozenset(READS),
            also=("submissions:conflict",),
            order=145,
        )
    ]


def public_places() -> list[Place]:
    """Return the page of the queue, named at the foot of public pages."""
    return [
        Place(
            "submissions:queue",
            _("待发送"),
            "upload",
            note=_("没有信号时写好的，在这里看哪些还没发出。"),
            order=90,
        )
    ]
