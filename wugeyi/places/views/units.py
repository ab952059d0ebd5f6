"""Where one begins: an organisation's network, facilities and homes at a glance."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from wugeyi.organisations.models import Organisation
from wugeyi.organisations.queries import keeps_installation, lineage
from wugeyi.organisations.views.staff import StaffRequest, staff, unit_or_404
from wugeyi.places import queries
from wugeyi.places.actions.kinds import install_templates
from wugeyi.places.queries import files, overview
from wugeyi.places.queries.homes import sums
from wugeyi.places.rules import access
from wugeyi.places.views.frame import show

MOST = 200


@require_safe
@staff()
def start(request: StaffRequest) -> HttpResponse:
    """Name the organisations one works at; go on at once if it is one."""
    held = {held.organisation_id for held in request.reach.holdings}
    own = list(Organisation.objects.filter(pk__in=held).order_by("path")[:MOST])
    if len(own) == 1:
        return redirect("places:unit", code=own[0].code)
    return show(request, "start.html", {"own": own})


@require_safe
@staff()
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
        "may_install": template is None and keeps_installation(request.reach),
    }
    return show(request, "unit.html", context)


@require_POST
@staff()
def install(request: StaffRequest) -> HttpResponse:
    """Put in the kinds of facilities that come with the program."""
    if not keeps_installation(request.reach):
        raise PermissionDenied(_("设施类别由主管单位的管理员放入。"))
    new = install_templates(by=request.user, at=timezone.now())
    messages.success(request, _("设施类别已放入。") if new else _("已经都有了。"))
    return redirect("places:start")
