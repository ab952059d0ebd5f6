"""The page where people report: at most three steps, no account, nothing lost.

It is exempt from the CSRF check: it acts for nobody. Whoever makes another browser send
it gains nothing they could not send themselves, and people whose browser refuses cookies
must be able to report. A flood is stopped by address.
"""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from wugeyi.accounts.rules import window_of
from wugeyi.accounts.throttle import allow, client_address, key_of, throttled, too_often
from wugeyi.casework.models import Case
from wugeyi.casework.queries.near import Similar, similar
from wugeyi.casework.queries.retention import kept_of
from wugeyi.casework.rules.intake import Point, read_point
from wugeyi.casework.views import drafts, remembered
from wugeyi.casework.views.drafts import Draft
from wugeyi.casework.views.reporting import (
    joined,
    make_case,
    sent_before,
    similar_to,
    told,
)
from wugeyi.organisations.queries import organisation_at
from wugeyi.uploads.models import Upload
from wugeyi.uploads.views import picture_response

WINDOW = timedelta(minutes=10)
REPORTS_PER_WINDOW = 20
# Looking places up, mending errors, hints while typing: many, but not without end.
STEPS_PER_WINDOW = 120
HINTS_PER_WINDOW = 600
WRONG = 422
TOO_MANY = 429


def _flooded(request: HttpRequest, retry_at: datetime) -> HttpResponse:
    """Answer a flood with the form as it was typed; its files are not read."""
    draft = drafts.read(request, at=timezone.now(), keep_photos=False)
    return _page(request, draft, retry_at=retry_at, status=TOO_MANY)


@never_cache
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@throttled(
    limit=STEPS_PER_WINDOW,
    per=WINDOW,
    scope="report-step",
    refuse=_flooded,
    # Each process counts for itself; reports themselves are counted for all of them.
    shared=False,
)
def report(request: HttpRequest) -> HttpResponse:
    """Show the form; take a report and go on to its receipt."""
    if request.method != "POST":
        return _page(request, drafts.blank())
    now = timezone.now()
    draft = drafts.read(request, at=now)
    if not draft.categories:
        return _page(request, draft, judged=False, status=503)
    if request.POST.get("action") == "find":
        drafts.look_up(draft)
        return _page(request, draft, judged=False)
    draft.form.is_valid()
    drafts.find_place(draft)
    drafts.find_party(draft)
    if draft.form.errors or draft.place is None:
        return _page(request, draft, status=WRONG)
    found = similar_to(draft)
    # Asked last: what its twin has just made would be similar to it.
    if (known := sent_before(draft)) is not None:
        return to_case(request, known, "public:receipt")
    if not told(draft, found):
        return _page(request, draft, found=found, first=True)
    if not allow(_counted(request), limit=REPORTS_PER_WINDOW, per=WINDOW, at=now):
        retry_at = window_of(now, WINDOW).end
        page = _page(request, draft, retry_at=retry_at, status=TOO_MANY)
        return too_often(request, retry_at, content=page)
    done = make_case(draft, joined(draft, found), at=now)
    return to_case(request, done.case, "public:receipt")


def _counted(request: HttpRequest) -> str:
    return key_of("report", client_address(request))


def to_case(request: HttpRequest, case: Case, name: str) -> HttpResponse:
    """Go to a page of the case and remember it on this device.

    The address carries a ticket until the browser has shown that it keeps cookies.
    """
    address = reverse(name, args=[case.pk])
    response = redirect(f"{address}?t={remembered.ticket(case.pk)}")
    remembered.remember(request, response, case.pk)
    return response


def _page(
    request: HttpRequest,
    draft: Draft,
    *,
    found: list[Similar] | None = None,
    first: bool = False,
    judged: bool = True,
    retry_at: datetime | None = None,
    status: int = 200,
) -> HttpResponse:
    """Render the form as it stands; ``first`` puts what must be seen before it."""
    drafts.offer_place(draft)
    form = draft.form
    client_id = str(form.data.get("client_id", "")) or str(uuid4())
    context = {
        "form": form,
        "draft": draft,
        "judged": judged and form.is_bound,
        "client_id": client_id,
        "areas_url": reverse("public:areas"),
        "retention": kept_of("reporter"),
        "now": timezone.now(),
        "first": first,
        "retry_at": retry_at,
        **_hint_context(draft, found or []),
    }
    return render(request, "casework/public/report.html", context, status=status)


def _hint_context(draft: Draft, found: list[Similar]) -> dict[str, Any]:
    seen = set(str(draft.form.data.get("seen", "")).split())
    if draft.in_danger:
        seen.add("danger")
    if found:
        seen.add("similar")
    return {
        "in_danger": draft.in_danger,
        "similar": found,
        "joined": str(draft.form.data.get("join", "")),
        "suggested": draft.suggested,
        "chosen_category": bool(draft.form.data.get("category")),
        "seen": " ".join(sorted(seen)),
    }


@never_cache
@csrf_exempt
@require_POST
@throttled(limit=HINTS_PER_WINDOW, per=WINDOW, scope="report-hints", shared=False)
def hints(request: HttpRequest) -> HttpResponse:
    """Answer while somebody types: danger, category, place, similar cases near by."""
    draft = drafts.read(request, at=timezone.now(), keep_photos=False)
    drafts.look_up(draft)
    point = read_point(request.POST.get("lon", ""), request.POST.get("lat", ""))
    at_pin = None
    if isinstance(point, Point) and not point.swapped:
        at_pin = organisation_at(point.lon, point.lat)
    else:
        point = None
    found = (
        similar(
            draft.text,
            category=draft.category,
            place=draft.place or at_pin,
            lon=point.lon if point else None,
            lat=point.lat if point else None,
        )
        if draft.categories and len(draft.text.strip()) > 1
        else []
    )
    context = _hint_context(draft, found) | {
        "at_pin": None if draft.place else at_pin,
        "outside": point is not None and at_pin is None and draft.place is None,
        # A form without a category and a tick for danger.
        "short": "short" in request.POST,
        "now": timezone.now(),
    }
    return render(request, "casework/public/_hints.html", context)


@never_cache
@require_safe
@throttled(
    limit=HINTS_PER_WINDOW,
    per=WINDOW,
    scope="report-places",
    methods=("GET",),
    shared=False,
)
def places(request: HttpRequest) -> HttpResponse:
    """Answer with the communities that match, to choose from, each with its path."""
    typed = request.GET.get("place_query", "").replace("\x00", "").strip()[:60]
    context = {
        "places": drafts.territory(typed) if typed else [],
        "typed": typed,
        "chosen": None,
    }
    return render(request, "casework/public/_places.html", context)


@require_safe
def kept_photo(request: HttpRequest, token: str) -> HttpResponseBase:
    """Show a photograph of a form that is still on its way, by its signed token."""
    key = drafts.read_kept(token)
    upload = Upload.objects.filter(pk=key).first() if key is not None else None
    if upload is None:
        raise Http404(_("这张照片已经不在了，请重新选一次。"))
    return picture_response(upload, thumb=True)
