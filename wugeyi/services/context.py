"""Where the desk stands in the navigation."""

from django.utils.translation import gettext as _

from wugeyi.organisations.navigation import Place
from wugeyi.organisations.rules import OFFICE

ALSO = (
    "queue",
    "arrive",
    "register",
    "again",
    "matters",
    "matter",
    "trip",
    "slip",
    "statistics",
    "entries",
    "new-entry",
    "entry",
    "material",
)


def own_places() -> list[Place]:
    """Return the desk's one place."""
    return [
        Place(
            "services:desks",
            _("一站式窗口"),
            "building",
            OFFICE,
            short=_("窗口"),
            also=tuple(f"services:{name}" for name in ALSO),
            order=60,
        )
    ]


def public_places() -> list[Place]:
    """Return what anybody may open: what can be done where, and what to bring."""
    return [Place("services:home", _("办事要带什么"), "building", order=60)]
