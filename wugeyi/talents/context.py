"""Where the people who come back stand in the navigation."""

from django.utils.translation import gettext as _

from wugeyi.organisations.navigation import Place

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
            short=_("人才"),
            also=tuple(f"talents:{name}" for name in ALSO),
            order=85,
        )
    ]
