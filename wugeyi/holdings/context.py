"""What holdings add to pages of others: a place to go."""

from django.utils.translation import gettext as _

from wugeyi.holdings.rules import access
from wugeyi.organisations.navigation import Place

STAFF_VIEWS = (
    "act",
    "asset",
    "assets",
    "book",
    "certificate",
    "companies",
    "company",
    "contract",
    "contracts",
    "depreciation",
    "depreciations",
    "distribution",
    "distributions",
    "dividend",
    "household",
    "investment",
    "investments",
    "members",
    "notice",
    "promises",
)


def own_places() -> list[Place]:
    """Return the place of this app in the navigation."""
    return [
        Place(
            "holdings:home",
            _("台账"),
            "list",
            access.READS,
            also=tuple(f"holdings:{name}" for name in STAFF_VIEWS),
            order=89,
        )
    ]
