"""What books add to pages of others: places to go."""

from django.utils.translation import gettext as _

from wugeyi.books.rules import access
from wugeyi.organisations.navigation import Place

# Every page of staff that belongs to books, so that the navigation marks the place.
STAFF_VIEWS = ("book",)


def own_places() -> list[Place]:
    """Return the place of this app in the navigation."""
    return [
        Place(
            "books:home",
            _("村账"),
            "list",
            access.READS,
            also=tuple(f"books:{name}" for name in STAFF_VIEWS),
            order=88,
        )
    ]
