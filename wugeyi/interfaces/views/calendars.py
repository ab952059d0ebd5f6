"""A person's calendar: its address, and what a program reads there."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from wugeyi.accounts.throttle import throttled
from wugeyi.interfaces.actions import calendars as actions
from wugeyi.interfaces.forms.keys import CalendarForm
from wugeyi.interfaces.queries import calendars as queries
from wugeyi.interfaces.rules.icalendar import calendar as written
from wugeyi.interfaces.views.common import MINUTE, site
from wugeyi.organisations.views.staff import StaffRequest, show, staff

READS_PER_MINUTE = 60


@require_http_methods(["GET", "HEAD", "POST"])
@staff()
def calendar(request: StaffRequest) -> HttpResponse:
    """Show whether one has an address; renew it or take it back."""
    now = timezone.now()
    row = queries.own(request.user)
    if request.method != "POST":
        form = CalendarForm(
            initial={"duties": row.duties, "deadlines": row.deadlines} if row else None
        )
        return show(request, "interfaces/calendar.html", {"row": row, "form": form})
    if "end" in request.POST:
        if row is not None:
            actions.take_back(calendar=row, by=request.user, at=now)
        messages.success(request, _("日历地址已收回，原来的打不开了。"))
        return redirect("interfaces:calendar")
    form = CalendarForm(request.POST)
    form.is_valid()
    made = actions.renew(**form.cleaned_data, by=request.user, at=now)
    address = site(request) + reverse("interfaces:feed", args=[made.secret])
    context = {"row": made.row, "form": form, "address": address}
    return show(request, "interfaces/calendar.html", context)


@require_safe
@throttled(
    limit=READS_PER_MINUTE,
    per=MINUTE,
    scope="open-calendar",
    methods=("GET", "HEAD"),
    shared=False,
)
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """Answer with somebody's calendar as today's posts reach."""
    found = queries.calendar_of(secret)
    if found is None:
        raise Http404
    now = timezone.now()
    actions.note_use(calendar=found, on=timezone.localdate(now))
    text = written(
        queries.entries(found, now=now, base=site(request)),
        name=_("五个一 · 我的日历"),
        written_at=now,
        zone=timezone.get_default_timezone_name(),
    )
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'inline; filename="wugeyi.ics"'
    response.headers["Cache-Control"] = "private, no-store"
    return response
