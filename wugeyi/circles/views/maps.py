"""What the map fetches: streets by their digest, homes and facilities as they are seen."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wugeyi.circles.models import Circle
from wugeyi.circles.queries import access as queries
from wugeyi.circles.queries.maps import ground as ground_of
from wugeyi.circles.queries.maps import reached_ground
from wugeyi.circles.queries.seen import Seen, SeenKind, seen
from wugeyi.circles.rules.refusals import Refused
from wugeyi.circles.templatetags.circles import mark_of
from wugeyi.circles.views.common import circle_of, readers
from wugeyi.circles.views.looking import chosen_kind, columns, look
from wugeyi.organisations.views.staff import StaffRequest

# The digest is in the address: what was fetched never changes.
FOREVER = "max-age=31536000, immutable"


@require_safe
@readers
def ground(request: StaffRequest, pk: int, digest: str) -> HttpResponse:
    """Hand out the streets below a circle, to whoever may read it."""
    return _ground(circle_of(request, pk), digest, "private")


@require_safe
def public_ground(request: HttpRequest, code: str, digest: str) -> HttpResponse:
    """Hand out the streets below a circle that was published."""
    circle = queries.load_public(code)
    if circle is None:
        raise Http404
    return _ground(circle, digest, "public")


def _ground(circle: Circle, digest: str, whose: str) -> HttpResponse:
    if digest != circle.network.digest:
        raise Http404
    try:
        octets = ground_of(circle)
    except Refused:
        raise Http404 from None
    response = HttpResponse(octets, content_type="application/octet-stream")
    response.headers["Cache-Control"] = f"{whose}, {FOREVER}"
    return response


@require_safe
@readers
def scene(request: StaffRequest, pk: int) -> HttpResponse:
    """Hand out homes with their seconds, facilities of one kind, and their reach."""
    circle = circle_of(request, pk)
    chosen = look(request, circle)
    today = timezone.localdate()
    try:
        found = seen(circle, chosen.setting, today=today)
        picked = chosen_kind(found, chosen.code)
        if picked is None:
            raise Http404
        place, kind = picked
        area = reached_ground(circle, chosen.setting, kind_id=kind.kind.pk, today=today)
    except Refused:
        raise Http404 from None
    response = JsonResponse(
        {
            "limit": kind.limit_seconds,
            "homes": columns(found.homes, place, reached={}),
            "facilities": facilities(found, kind),
            "area": area,
        }
    )
    response.headers["Cache-Control"] = "no-store"
    return response


def facilities(found: Seen, kind: SeenKind) -> list[dict[str, Any]]:
    """Return the facilities of a kind as the map draws them."""
    mark = mark_of(kind.kind)
    return [
        {
            "id": each.key,
            "lon": round(each.lon, 6),
            "lat": round(each.lat, 6),
            "name": each.name,
            "mark": mark,
            "text": _("能容纳 %(n)s 人") % {"n": each.capacity}
            if each.capacity is not None
            else "",
        }
        for each in found.facilities
        if each.kind == kind.kind.code and each.key not in found.unattached
    ]
