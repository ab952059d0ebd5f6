"""Where streets, facilities and homes stand in the navigation."""

from django.utils.translation import gettext as _

from wugeyi.organisations.navigation import Place

ALSO = (
    "unit",
    "facilities",
    "new-facility",
    "facility",
    "edit-facility",
    "homes",
    "new-home",
    "home",
    "edit-home",
    "networks",
    "network",
    "imports",
    "import",
    "osm",
)


def own_places() -> list[Place]:
    """Return the one place."""
    return [
        Place(
            "places:start",
            _("设施与路网"),
            "pin",
            short=_("设施"),
            also=tuple(f"places:{name}" for name in ALSO),
            order=92,
        )
    ]
