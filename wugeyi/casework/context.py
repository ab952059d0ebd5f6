"""Where a member of staff may go: the navigation of every staff page."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from wugeyi.casework.queries import desk, waiting
from wugeyi.casework.rules import access
from wugeyi.organisations.navigation import Place, places, public_places
from wugeyi.organisations.rules import Reach, Role

SUPERVISION = "desk:supervision"


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Offer ``nav`` to templates, read where it is shown; public pages give their own."""
    return {
        "nav": SimpleLazyObject(lambda: items(request)),
        "public_places": SimpleLazyObject(public_places),
    }


def items(request: HttpRequest) -> list[dict[str, Any]]:
    """Return the places this person has business in, with what waits there."""
    reach: Reach | None = getattr(request, "reach", None)
    if reach is None or not request.user.is_authenticated or not reach.holds(*Role):
        return []
    here = request.resolver_match.view_name if request.resolver_match else ""
    found = [
        place for place in places() if not place.roles or reach.holds(*place.roles)
    ]
    return [
        {
            "url": reverse(place.view),
            "label": place.label,
            "short": place.short or place.label,
            "icon": place.icon,
            "current": here == place.view or here in place.also,
            "count": _waiting(request, reach) if place.view == SUPERVISION else None,
            "heading": place.heading,
        }
        for place in found
    ]


def own_places() -> list[Place]:
    """Return the desk's own places and the register's."""
    sees = access.SEES_BY_HANDLER
    return [
        Place("desk:list", _("工作台"), "list", sees, also=("desk:case", "desk:step")),
        Place("desk:new", _("代录诉求"), "plus", access.REGISTERS, _("代录")),
        Place("desk:map", _("在办地图"), "map", sees, _("地图")),
        Place(SUPERVISION, _("督办"), "bell", waiting.LEADS),
        Place("desk:today", _("我今天做的"), "history", sees, _("今天")),
        Place(
            "desk:replies",
            _("常用答复"),
            "reply",
            frozenset({*access.HANDLERS, Role.DISPATCHER}),
            heading=_("工具"),
            order=100,
        ),
        Place(
            "desk:hotline",
            _("12345 转来"),
            "upload",
            frozenset({Role.DISPATCHER}),
            also=("desk:hotline-batch",),
            order=110,
        ),
        Place(
            "desk:tables",
            _("类别、清单与时限"),
            "calendar",
            heading=_("规则"),
            order=120,
        ),
        Place(
            "organisations:tree",
            _("组织名册"),
            "tree",
            also=("organisations:unit", "organisations:search"),
            order=130,
        ),
        Place(
            "organisations:people",
            _("人员"),
            "people",
            frozenset({Role.ADMINISTRATOR}),
            also=("organisations:person", "organisations:take-on"),
            order=140,
        ),
        Place(
            "notices:sendings",
            _("通知的发送"),
            "bell",
            frozenset({Role.ADMINISTRATOR}),
            order=145,
        ),
        Place(
            "organisations:trail",
            _("留痕"),
            "shield",
            frozenset({Role.AUDITOR}),
            order=150,
        ),
    ]


def _waiting(request: HttpRequest, reach: Reach) -> str | None:
    # The desk has counted already, in one query with its tabs.
    counted: waiting.Waiting | None = getattr(request, "waiting", None)
    number = counted.unseen if counted else desk.bounded(desk.unseen(reach))
    if not number:
        return None
    return f"{desk.MANY - 1}+" if number >= desk.MANY else str(number)
