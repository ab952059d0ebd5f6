"""Where the people who come back stand in the navigation."""

from django.utils.translation import gettext as _

from wugeyi.organisations.navigation import Place
from wugeyi.organisations.rules import OFFICE

ALSO = (
    "unit",
    "add",
    "correct",
    "cards",
    "card",
    "new-card",
    "edit-card",
    "contact",
    "slip",
    "kinds",
    "kind",
    "new-kind",
)


def own_places() -> list[Place]:
    """Return the one place."""
    return [
        Place(
            "talents:home",
            _("四乡人才"),
            "person",
            OFFICE,
            short=_("人才"),
            also=tuple(f"talents:{name}" for name in ALSO),
            order=85,
        )
    ]


def public_places() -> list[Place]:
    """Return where somebody takes their card back."""
    return [
        Place(
            "talents:mine",
            _("收回我的人才名片"),
            "person",
            note=_(
                "人才名片（称呼、特长、联系方式）只在本人同意后才留，到同意的日期为止；"
                "凭同意书上的码随时可以收回，收回就删。"
            ),
            order=85,
        )
    ]
