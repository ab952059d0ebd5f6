"""The public side of the register: the tree, search, one organisation."""

import json

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wugeyi.organisations.models import Area, Organisation
from wugeyi.organisations.queries import children, count_below, search
from wugeyi.organisations.queries.areas import outlines_around
from wugeyi.organisations.queries.details import Details, details_of, posts_at
from wugeyi.organisations.rules import Role, access
from wugeyi.organisations.views.common import page, reach_of_request, unit_or_404

PAGE = 50
FOUND = 20


@require_safe
def tree(request: HttpRequest) -> HttpResponse:
    """Show the roots of the register and a search box."""
    below, older = _children(None, request.GET.get("after", ""))
    return page(
        request,
        "tree.html",
        {
            "children": below,
            "older": older,
            "may_import": reach_of_request(request).holds(Role.ADMINISTRATOR),
        },
    )


@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """Search by name, pinyin or code; only the rows when htmx asks."""
    text = request.GET.get("q", "").strip()
    after = request.GET.get("after", "")
    found = search(
        text,
        limit=FOUND + 1,
        after=int(after) if after.isascii() and after.isdigit() else None,
        gone=True,
    )
    more = len(found) > FOUND
    template = "_found.html" if request.headers.get("HX-Request") else "search.html"
    return page(
        request,
        template,
        {
            "q": text,
            "found": found[:FOUND],
            "older": found[FOUND - 1].organisation.pk if more else None,
        },
    )


@require_safe
def unit(request: HttpRequest, code: str) -> HttpResponse:
    """Show one organisation: where it stands, what it was, what lies below."""
    organisation = unit_or_404(code)
    details = details_of(organisation)
    below, older = _children(organisation, request.GET.get("after", ""))
    reach = reach_of_request(request)
    posts = None
    if access.may_see_posts(reach, organisation.path):
        posts = posts_at(organisation, on=timezone.localdate())
    return page(
        request,
        "unit.html",
        {
            "unit": organisation,
            "details": details,
            "facts": facts(details),
            "path": steps(details),
            "children": below,
            "older": older,
            "below": count_below(organisation) - (organisation.valid_to is None),
            "posts": posts,
            "alive": organisation.valid_to is None,
            "may_change": access.may_change(reach, organisation.path),
            "may_uproot": access.may_uproot(reach, organisation.path),
            "areas_url": reverse("organisations:area", args=[organisation.code])
            if details.area
            else "",
        },
    )


@require_safe
def area(request: HttpRequest, code: str) -> HttpResponse:
    """Answer with the outlines of an organisation and of those right below, as GeoJSON."""
    organisation = get_object_or_404(Organisation, code=code)
    collection = {
        "type": "FeatureCollection",
        "features": [_feature(each) for each in outlines_around(organisation)],
    }
    body = json.dumps(collection, ensure_ascii=False)
    return HttpResponse(body, content_type="application/geo+json")


def steps(details: Details) -> list[dict[str, object]]:
    """Return the way from the root as the path component wants it."""
    return [
        {
            "name": each.name,
            "url": reverse("organisations:unit", args=[each.code]),
            "current": each.pk == details.organisation.pk,
        }
        for each in details.lineage
    ]


def facts(details: Details) -> list[tuple[str, str | None]]:
    """Return names and values of an organisation."""
    organisation = details.organisation
    found: list[tuple[str, str | None]] = [
        (_("代码"), organisation.code),
        (_("类型"), organisation.get_kind_display()),
    ]
    if organisation.valid_from is not None:
        found.append((_("启用"), date_format(organisation.valid_from)))
    if organisation.valid_to is not None:
        found.append((_("停用"), date_format(organisation.valid_to)))
    if details.area is not None:
        km2 = details.area.size_m2 / 1_000_000
        found.append((_("面积"), _("%(km2).1f 平方公里") % {"km2": km2}))
    if organisation.source:
        found.append((_("来源"), organisation.source))
    return found


def _feature(each: Area) -> dict[str, object]:
    return {
        "type": "Feature",
        "properties": {
            "code": each.organisation.code,
            "name": each.organisation.name,
            "title": each.organisation.name,
            "generated": each.generated,
        },
        "geometry": json.loads(each.geometry),
    }


def _children(
    parent: Organisation | None, after: str
) -> tuple[list[Organisation], str | None]:
    below = children(parent, after_code=after[:40], limit=PAGE)
    more = len(below) > PAGE
    return below[:PAGE], below[PAGE - 1].code if more else None
