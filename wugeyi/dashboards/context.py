"""Where the navigation of the desk leads to here."""

from django.utils.translation import gettext as _

from wugeyi.organisations.navigation import Place


def own_places() -> list[Place]:
    """Return the one place: the dashboard of one's own organisation."""
    return [
        Place(
            "dashboards:home",
            _("总览"),
            "chart",
            also=(
                "dashboards:board",
                "dashboards:profile",
                "dashboards:quoted",
            ),
            order=5,
        )
    ]
