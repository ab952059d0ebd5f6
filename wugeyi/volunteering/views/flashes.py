"""The pages of the five flashes and of riders' needs: whole without a script.

Those that need no registering are exempt from the CSRF check, as reporting is: whoever
makes another browser send them gains nothing, the cookie that says who is asking does
not travel from another site, and people whose browser refuses cookies must be able to
ask for help. A flood is stopped by address.
"""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from wugeyi.accounts.rules import window_of
from wugeyi.accounts.throttle import allow, client_address, key_of, too_often
from wugeyi.casework.forms.where import WhereForm
from wugeyi.casework.queries.near import Similar
from wugeyi.casework.queries.retention import kept_of
from wugeyi.casework.views import drafts, remembered
from wugeyi.submissions.registry import is_copy
from wugeyi.uploads.actions import store
from wugeyi.uploads.errors import PictureError
from wugeyi.uploads.models import Upload
from wugeyi.volunteering.actions.writing import VOLUNTEER
from wugeyi.volunteering.forms.refusals import explain
from wugeyi.volunteering.queries import people
from wugeyi.volunteering.rules.refusals import Refused, Why
from wugeyi.volunteering.views import finding
from wugeyi.volunteering.views.finding import Search
from wugeyi.volunteering.views.first import alike, hints, joined, told
from wugeyi.volunteering.views.kinds import FLASHES, Act, Flash
from wugeyi.volunteering.views.who import show, to_join, volunteer_of

WINDOW = timedelta(minutes=10)
SENT_PER_WINDOW = 30
WRONG = 422
CONFLICT = 409
TOO_MANY = 429


def _page(
    request: HttpRequest,
    flash: Flash,
    form: WhereForm,
    *,
    search: Search | None = None,
    photos: list[Upload] | None = None,
    found: list[Similar] | None = None,
    first: bool = False,
    status: int = 200,
) -> HttpResponse:
    own = people.checked_in(volunteer_of(request))
    if search is None:
        search = finding.look_up(form, own) if form.is_bound else _own(own)
    tokens = [(signing.dumps(p.pk, salt=drafts.KEPT_SALT), p) for p in photos or ()]
    context = {
        "form": form,
        "flash": flash,
        "queued": f"flash-{flash.code}",
        "client_id": str(form.data.get("client_id", "")) or str(uuid4()),
        "search": search,
        "kept": tokens,
        "first": first,
        **hints(flash, form, found or []),
        "judged": form.is_bound and bool(form.errors),
        "keeping": kept_of(flash.keeps) if flash.keeps else None,
    }
    return show(request, flash.template, context, status=status)


def _own(own: Any) -> Search:
    return Search(finding.offered(own), own[0] if len(own) == 1 else None, bool(own))


def _view(flash: Flash, request: HttpRequest) -> HttpResponse:
    stranger = flash.registered and volunteer_of(request) is None
    # Kept on a phone it shows the form to everybody: what is written waits there.
    if stranger and not is_copy(request):
        return to_join(request)
    if request.method != "POST":
        return _page(request, flash, flash.form())
    photos = drafts.kept_photos(request)[: flash.photos]
    form = flash.form(request.POST, request.FILES)
    _store(form, flash, photos, request)
    if request.POST.get("action") == "find":
        own = people.checked_in(volunteer_of(request))
        search = finding.look_up(form, own)
        fresh = flash.form(initial=request.POST.dict())
        fresh.data = request.POST
        return _page(request, flash, fresh, search=search, photos=photos)
    return _send(request, flash, form, photos)


def _send(
    request: HttpRequest, flash: Flash, form: WhereForm, photos: list[Upload]
) -> HttpResponse:
    own = people.checked_in(volunteer_of(request))
    form.is_valid()
    search = finding.find(form, own, sure=flash.sure)
    if form.errors or search.place is None:
        return _page(request, flash, form, search=search, photos=photos, status=WRONG)
    found = alike(flash, form, search.place)
    if not told(flash, form, found):
        return _page(
            request,
            flash,
            form,
            search=search,
            photos=photos,
            found=found,
            first=True,
        )
    now = timezone.now()
    counted = key_of(f"flash-{flash.code}", client_address(request))
    if not allow(counted, limit=SENT_PER_WINDOW, per=WINDOW, at=now):
        form.add_error(None, _("这会儿送得太多了。请过几分钟再试，写好的都还在。"))
        page = _page(request, flash, form, search=search, photos=photos)
        return too_often(request, window_of(now, WINDOW).end, content=page)
    act = Act(
        form=form,
        unit=search.place,
        volunteer=volunteer_of(request),
        photos=photos,
        client_id=form.cleaned_data["client_id"],
        at=now,
        join=joined(flash, form, found),
    )
    try:
        done = flash.do(act)
    except Refused as refused:
        form.add_error(None, explain(refused))
        if refused.why is Why.OTHER_CONTENT:
            data: Any = form.data.copy()  # type: ignore[attr-defined]  # a QueryDict
            data["client_id"] = str(uuid4())
            form.data = data
        return _page(
            request, flash, form, search=search, photos=photos, status=CONFLICT
        )
    return opened(request, done.url, done.case)


def opened(request: HttpRequest, url: str, case: int | None) -> HttpResponse:
    """Go to the page of what was made; a case is followed on this device."""
    if case is None:
        return redirect(url)
    response = redirect(f"{url}?t={remembered.ticket(case)}")
    remembered.remember(request, response, case)
    return response


def _store(
    form: WhereForm, flash: Flash, photos: list[Upload], request: HttpRequest
) -> None:
    files = [file for file in request.FILES.getlist("photos") if file.name]
    for file in files[: max(0, flash.photos - len(photos))]:
        try:
            photos.append(store(file=file, by=VOLUNTEER, at=timezone.now()))
        except PictureError as problem:
            form.add_error(
                "photos",
                _("“%(name)s”没有收下：%(why)s其他内容都还在。")
                % {"name": file.name, "why": problem},
            )


@never_cache
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """闪帮: a neighbour asks for a hand."""
    return _view(FLASHES["help"], request)


@never_cache
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """闪拍: stop first, then a photograph and a sentence."""
    return _view(FLASHES["report"], request)


@never_cache
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def emergency(request: HttpRequest) -> HttpResponse:
    """闪报: the numbers first, then one tap."""
    return _view(FLASHES["emergency"], request)


@never_cache
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def need(request: HttpRequest) -> HttpResponse:
    """Take what a rider needs or suggests."""
    return _view(FLASHES["need"], request)


@never_cache
@csrf_protect
@require_http_methods(["GET", "HEAD", "POST"])
def publicity(request: HttpRequest) -> HttpResponse:
    """闪宣: what was told to people, how often."""
    return _view(FLASHES["publicity"], request)


@never_cache
@csrf_protect
@require_http_methods(["GET", "HEAD", "POST"])
def cleanup(request: HttpRequest) -> HttpResponse:
    """闪除: illegal postings taken off, or left to the community."""
    return _view(FLASHES["cleanup"], request)
