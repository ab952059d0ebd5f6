"""What open interfaces add to pages of others: places to go, where a case came from."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from wugeyi.casework import panels
from wugeyi.casework.models import Case
from wugeyi.casework.models.cases import Channel
from wugeyi.interfaces.queries.posted import of_case
from wugeyi.interfaces.rules.access import KEEPS
from wugeyi.organisations.navigation import Place


def own_places() -> list[Place]:
    """Return the places of this app in the navigation."""
    return [
        Place(
            "interfaces:calendar",
            _("我的日历"),
            "calendar",
            order=102,
        ),
        Place(
            "interfaces:keys",
            _("开放接口"),
            "link",
            KEEPS,
            also=(
                "interfaces:key-new",
                "interfaces:key-revoke",
                "interfaces:terms",
                "interfaces:targets",
                "interfaces:target-new",
                "interfaces:target",
            ),
            order=145,
        ),
    ]


def public_places() -> list[Place]:
    """Return the place anybody may open."""
    return [
        Place(
            "interfaces:home",
            _("开放数据和接口"),
            "link",
            note=_("公开的内容都能下载，也能让别的程序读。"),
            order=90,
        )
    ]


def case_panel(request: HttpRequest, case: Case) -> panels.Panel | None:
    """Show on a case's page which program posted it, and the address it gave."""
    if case.channel != Channel.API:
        return None
    posted = of_case(case)
    if posted is None:
        return None
    return panels.Panel("interfaces/case_panel.html", {"posted": posted})
