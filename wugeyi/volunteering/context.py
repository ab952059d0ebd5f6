"""Where volunteering stands in the navigation."""

from django.utils.translation import gettext as _

from wugeyi.organisations.navigation import Place
from wugeyi.volunteering.rules import access

ALSO = (
    "desk-unit",
    "desk-help",
    "desk-deeds",
    "desk-deed",
    "desk-hours",
    "desk-span",
    "desk-teams",
    "terms",
)


def own_places() -> list[Place]:
    """Return the duty desk and the community's own page."""
    return [
        Place(
            "volunteering:duty",
            _("值班室"),
            "bell",
            access.DUTY,
            also=("volunteering:desk-emergency",),
            order=56,
        ),
        Place(
            "volunteering:desk",
            _("志愿服务"),
            "people",
            access.READS,
            short=_("志愿"),
            also=tuple(f"volunteering:{name}" for name in ALSO),
            order=88,
        ),
    ]


def public_places() -> list[Place]:
    """Return what everybody may open."""
    return [
        Place(
            "volunteering:home",
            _("五闪志愿服务"),
            "people",
            note=_(
                "帮一把、拍一下、说一声，都是自愿的。志愿者的称呼和电话只有本人看得到，"
                "要打电话的工作人员看一次记一次；随时可以全部删除。"
            ),
            order=60,
        ),
        Place(
            "volunteering:ask",
            _("请志愿者帮个忙"),
            "reply",
            note=_("地址和电话只有接下这件事的志愿者和社区看得到，到期自动删除。"),
            order=61,
        ),
        Place("volunteering:check", _("核对服务证明"), "check", order=62),
    ]
