"""The window's queue: numbers taken, called, served, left."""

from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from wugeyi.casework.rules.intake import clean_line
from wugeyi.organisations.models import Organisation
from wugeyi.organisations.views.staff import StaffRequest, need, staff, unit_or_404
from wugeyi.services.actions import queue as actions
from wugeyi.services.forms.refusals import explain
from wugeyi.services.forms.window import TicketForm
from wugeyi.services.models import Visit
from wugeyi.services.queries import matters
from wugeyi.services.queries import queue as queries
from wugeyi.services.queries.catalogue import desks as desks_page
from wugeyi.services.queries.catalogue import has_services, offered
from wugeyi.services.rules import access
from wugeyi.services.rules.refusals import DeskRefused
from wugeyi.services.views.frame import show

ACTS = {"call": actions.call, "serve": actions.serve, "leave": actions.leave}
MOST = 200


@require_safe
@staff()
def desks(request: StaffRequest) -> HttpResponse:
    """Name the windows one works at; go on at once if it is one."""
    today = timezone.localdate()
    held = {
        held.organisation_id
        for held in request.reach.holdings
        if held.role in access.WINDOW | access.KEEPS
    }
    own = list(Organisation.objects.filter(pk__in=held).order_by("path")[:MOST])
    only = own[0] if len(own) == 1 else None
    serves = only is not None and request.reach.covers(access.WINDOW, only.path)
    if only is not None and serves and has_services(only, on=today):
        return redirect("services:queue", code=only.code)
    after = clean_line(request.GET.get("after", ""))[:32]
    rows = desks_page(on=today, after=after)
    return show(
        request,
        "desks.html",
        {
            "own": own,
            "keeps": {
                unit.pk for unit in own if request.reach.covers(access.KEEPS, unit.path)
            },
            "serves": {
                unit.pk
                for unit in own
                if request.reach.covers(access.WINDOW, unit.path)
            },
            "rows": rows[:50],
            "older": rows[49].code if len(rows) > 50 else "",
        },
    )


@require_safe
@staff(*access.WINDOW)
def queue(request: StaffRequest, code: str) -> HttpResponse:
    """Show who waits, and take who comes."""
    desk = unit_or_404(code)
    need(request, access.WINDOW, desk)
    return _page(request, desk)


def _page(
    request: StaffRequest,
    desk: Organisation,
    form: TicketForm | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    today = timezone.localdate()
    services = offered(desk, on=today)
    form = form or TicketForm(initial={"client_id": uuid4()}, services=services)
    context = {
        "desk": desk,
        "queue": queries.queue(desk, today),
        "form": form,
        "open": has_services(desk, on=today),
        "page": "queue",
    }
    return show(request, "queue.html", context, status=status)


@require_POST
@staff(*access.WINDOW)
def arrive(request: StaffRequest, code: str) -> HttpResponse:
    """Give a number."""
    desk = unit_or_404(code)
    need(request, access.WINDOW, desk)
    services = offered(desk, on=timezone.localdate())
    form = TicketForm(request.POST, services=services)
    if not form.is_valid():
        return _page(request, desk, form, status=422)
    values = form.cleaned_data
    matter = matters.find(values["code"]) if values["code"] else None
    if values["code"] and (matter is None or matter.organisation_id != desk.pk):
        form.add_error(
            "code",
            _("在这个窗口没有找到这件。请对照回执再看一遍，或先取号到窗口再查。"),
        )
        return _page(request, desk, form, status=422)
    visit = actions.arrive(
        desk=desk,
        client_id=values["client_id"],
        service=values["service"],
        matter=matter,
        by=request.user,
        at=timezone.now(),
    )
    messages.success(request, _("取到 %(number)s 号。") % {"number": visit.number})
    return redirect("services:queue", code=desk.code)


@require_POST
@staff(*access.WINDOW)
def act(request: StaffRequest, pk: int, slug: str) -> HttpResponse:
    """Call a number, begin with it, or note that the person left."""
    visit = (
        Visit.objects.select_related("organisation", "matter")
        .filter(pk=pk, day=timezone.localdate())
        .first()
    )
    if visit is None or slug not in ACTS:
        raise Http404
    need(request, access.WINDOW, visit.organisation)
    try:
        ACTS[slug](visit=visit, by=request.user, at=timezone.now())
    except DeskRefused as refusal:
        messages.warning(request, explain(refusal))
        return redirect("services:queue", code=visit.organisation.code)
    if slug == "serve":
        return redirect(address(visit))
    return redirect("services:queue", code=visit.organisation.code)


def address(visit: Visit) -> str:
    """Return where a visit is written down: a new matter, or the next trip of one."""
    if visit.matter_id is not None:
        url = reverse("services:trip", args=[visit.matter_id])
        return f"{url}?visit={visit.pk}"
    url = reverse("services:register", args=[visit.organisation.code])
    service = f"&service={visit.service_id}" if visit.service_id else ""
    return f"{url}?visit={visit.pk}{service}"
