"""Where one begins: an organisation's network, facilities and homes at a glance."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from wugeyi.organisations.models import Organisation
from wugeyi.organisations.queries import lineage
from wugeyi.places import queries
from wugeyi.places.queries import files, overview
from wugeyi.places.queries.homes import sums
from wugeyi.places.rules import access
from wugeyi.places.views.frame import StaffRequest, show, staff, unit_or_404

MOST = 200


@require_safe
@staff
def start(request: StaffRequest) -> HttpResponse:
    """Name the organisations one works at; go on at once if it is one."""
    held = {held.organisation_id for held in request.reach.holdings}
    own = list(Organisation.objects.filter(pk__in=held).order_by("path")[:MOST])
    if len(own) == 1:
        return redirect("places:unit", code=own[0].code)
    return show(request, "start.html", {"own": own})


@require_safe
@staff
def unit(request: StaffRequest, code: str) -> HttpResponse:
    """Show what an organisation has: streets, facilities by kind, homes."""
    found = unit_or_404(code)
    today = timezone.localdate()
    template = queries.own_template()
    reads = request.reach.covers(access.READS_HOMES, found.path)
    writes = request.reach.covers(access.WRITES, found.path)
    context = {
        "unit": found,
        "page": "unit",
        "lineage": lineage(found),
        "network": queries.network_of(found, day=today),
        "template": template,
        "lines": overview.by_kind(found, template, day=today) if template else [],
        "others": overview.others(found, template, day=today) if template else 0,
        "sums": sums(found, day=today) if reads else None,
        "waiting": files.waiting(found) if writes else [],
    }
    return show(request, "unit.html", context)
