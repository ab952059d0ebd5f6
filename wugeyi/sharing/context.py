"""What sharing adds to pages of others: places to go."""

from django.utils.translation import gettext as _

from wugeyi.organisations.navigation import Place
from wugeyi.sharing.rules import access

STAFF_VIEWS = (
    "day",
    "partners",
    "partner",
    "things",
    "thing",
    "booking",
    "thanks",
    "words",
    "act",
)


def own_places() -> list[Place]:
    """Return the place of this app in the navigation."""
    return [
        Place(
            "sharing:desk",
            _("共建共享"),
            "people",
            access.READS,
            short=_("共享"),
            also=tuple(f"sharing:{name}" for name in STAFF_VIEWS),
            order=86,
        )
    ]


def public_places() -> list[Place]:
    """Return the catalogues, and what is kept of who books."""
    return [
        Place(
            "sharing:home",
            _("借用和预约"),
            "people",
            note=_(
                "预约共享的场地、工具时留的称呼和电话，只给社区和出借方联系用；"
                "用完 30 天后自动删除，也可以凭回执提前删。"
            ),
            order=86,
        )
    ]
