"""Where reports stand in the navigation."""

from django.utils.translation import gettext as _

from wugeyi.organisations.navigation import Place
from wugeyi.reports.rules import access


def own_places() -> list[Place]:
    """Return the one place of this app."""
    return [
        Place(
            "reports:list",
            _("报表"),
            "file",
            access.SEES,
            also=(
                "reports:form",
                "reports:new",
                "reports:change",
                "reports:filling",
                "reports:words",
            ),
            order=90,
        )
    ]
