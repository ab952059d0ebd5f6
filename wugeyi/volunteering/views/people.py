"""Registering by choice, one's own page, the personal link, leaving."""

import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

import segno
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from wugeyi.accounts.models import User
from wugeyi.accounts.throttle import throttled
from wugeyi.casework.queries.retention import kept_of
from wugeyi.casework.queries.standing import standing
from wugeyi.casework.views import remembered
from wugeyi.jobs import keeping
from wugeyi.notices.views.following import block
from wugeyi.uploads.views import picture_response
from wugeyi.volunteering.actions import deeds as deed_actions
from wugeyi.volunteering.actions import people as actions
from wugeyi.volunteering.actions.telling import MINE
from wugeyi.volunteering.actions.voices import case_of
from wugeyi.volunteering.actions.writing import VOLUNTEER
from wugeyi.volunteering.forms.people import JoinForm, OwnWordsForm
from wugeyi.volunteering.forms.refusals import explain
from wugeyi.volunteering.models import Deed, Voice, Volunteer
from wugeyi.volunteering.queries import people as queries
from wugeyi.volunteering.rules.keeping import WORDS, volunteer_until
from wugeyi.volunteering.rules.refusals import Refused
from wugeyi.volunteering.views import who
from wugeyi.volunteering.views.trying import or_404
from wugeyi.volunteering.views.who import VolunteerRequest, registered, show

WINDOW = timedelta(minutes=10)
JOINS_PER_WINDOW = 20
KEYS_PER_WINDOW = 60


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the five flashes, and what is asked for now to who registered."""
    return show(request, "home.html")


def _back(request: HttpRequest) -> str:
    """Return the page somebody came from, if it is one of ours."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    hosts = {request.get_host()}
    return asked if url_has_allowed_host_and_scheme(asked, hosts) else ""


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@throttled(limit=JOINS_PER_WINDOW, per=WINDOW, scope="volunteer-join")
def join(request: HttpRequest) -> HttpResponse:
    """Register by choice; the personal link is shown once."""
    if who.volunteer_of(request) is not None:
        return redirect(_back(request) or "volunteering:mine")
    form = JoinForm(request.POST or None, initial={"client_id": uuid4()})
    context: dict[str, Any] = {
        "form": form,
        "next": _back(request),
        "keeping": kept_of(WORDS),
    }
    if not form.is_bound or not form.is_valid():
        return show(request, "join.html", context, status=422 if form.is_bound else 200)
    user = request.user if isinstance(request.user, User) else None
    try:
        made = actions.register(
            client_id=form.cleaned_data["client_id"],
            name=form.cleaned_data["name"],
            phone=form.cleaned_data["phone"],
            user=_account(request) or user,
            at=timezone.now(),
        )
    except Refused as refused:
        form.add_error(None, explain(refused))
        return show(request, "join.html", context, status=409)
    made.volunteer.refresh_from_db()
    return _link(request, made.volunteer, made.secret, _back(request))


def _account(request: HttpRequest) -> User | None:
    """Return who is signed in; the request's user is read only now."""
    user: Any = request.user
    return User.objects.get(pk=user.pk) if user.is_authenticated else None


def _link(
    request: HttpRequest, volunteer: Volunteer, secret: str, back: str = ""
) -> HttpResponse:
    """Show the personal link once; this device is let in."""
    if not secret:
        return redirect(back or "volunteering:mine")
    address = request.build_absolute_uri(reverse("volunteering:key", args=[secret]))
    known: Any = request
    known._volunteer = volunteer
    response = show(
        request, "link.html", {"address": address, "qr": qr(address), "next": back}
    )
    who.remember(response, volunteer)
    return response


def qr(text: str) -> SafeString:
    """Draw a code; the text is not in it as text."""
    code = segno.make(text, error="m", micro=False)
    drawn = code.svg_inline(scale=4, border=2, dark="#000", light="#fff", omitsize=True)
    return SafeString(drawn)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@throttled(
    limit=KEYS_PER_WINDOW,
    per=WINDOW,
    scope="volunteer-key",
    methods=("GET", "HEAD", "POST"),
)
def key(request: HttpRequest, secret: str) -> HttpResponse:
    """Open a personal link: a button, so that no preview of a chat signs in."""
    found = queries.of_secret(secret)
    if found is None:
        return show(request, "key.html", {"found": None}, status=404)
    if request.method != "POST":
        return show(request, "key.html", {"found": found})
    response = redirect("volunteering:mine")
    who.remember(response, found)
    return response


@never_cache
@require_safe
@registered
def mine(request: VolunteerRequest) -> HttpResponse:
    """Show what is one's own: reports with what became of them, helps, hours."""
    own = queries.mine(request.volunteer, at=timezone.now())
    context = {
        "own": own,
        "voices": [_told(voice) for voice in own.voices],
        "keep_until": volunteer_until(
            request.volunteer.used_on, keeping.days_of(WORDS)
        ),
        # Who has an account chooses with their other messages.
        "tell": block(MINE, request.volunteer.pk, "")
        if request.volunteer.user_id is None
        else None,
    }
    return show(request, "mine.html", context)


def _told(voice: Voice) -> dict[str, Any]:
    case = case_of(voice)
    return {
        "voice": voice,
        "standing": standing(case),
        "url": f"{reverse('public:case', args=[voice.case_id])}"
        f"?t={remembered.ticket(voice.case_id)}",
    }


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@registered
def words(request: VolunteerRequest) -> HttpResponse:
    """Put one's own words right; consent to the public name is given or taken here."""
    own = request.volunteer
    initial = {"name": own.name, "phone": own.phone, "public": own.public}
    form = OwnWordsForm(request.POST or None, initial=initial)
    if request.method == "POST":
        form = OwnWordsForm(request.POST)
    if form.is_bound and form.is_valid():
        actions.correct(volunteer=own, at=timezone.now(), **form.cleaned_data)
        messages.success(request, _("已保存。"))
        return redirect("volunteering:mine")
    return show(
        request, "words.html", {"form": form}, status=422 if form.is_bound else 200
    )


@never_cache
@require_POST
@registered
def renew(request: VolunteerRequest) -> HttpResponse:
    """Make a new personal link; the old one and other phones are out."""
    secret = actions.renew_link(volunteer=request.volunteer, at=timezone.now())
    return _link(request, request.volunteer, secret)


@require_POST
def off(request: HttpRequest) -> HttpResponse:
    """Forget the volunteer on this device; nothing else changes."""
    response = redirect("volunteering:home")
    who.forget(response)
    return response


@never_cache
@require_safe
@registered
def export(request: VolunteerRequest) -> HttpResponse:
    """Hand out all that is kept of somebody, as a file machines read too (art. 45)."""
    own = request.volunteer
    found = queries.everything(own)
    text = json.dumps(found, ensure_ascii=False, indent=2)
    return HttpResponse(
        text,
        content_type="application/json; charset=utf-8",
        headers={
            "Content-Disposition": 'attachment; filename="volunteer.json"',
            "Cache-Control": "no-store",
        },
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@registered
def leave(request: VolunteerRequest) -> HttpResponse:
    """Leave, after asking once more: name, number and link are deleted at once."""
    if request.method == "POST":
        actions.leave(
            volunteer=request.volunteer,
            end=Volunteer.End.PERSON,
            by=VOLUNTEER,
            at=timezone.now(),
        )
        messages.success(request, _("已退出，您的称呼、电话和个人链接都已删除。"))
        response = redirect("volunteering:home")
        who.forget(response)
        return response
    context = {
        "title": _("退出并删除？"),
        "text": _(
            "称呼、电话、个人链接立即删除，找不回来；手里的求助退回，报到和服务队结束，服务证明作废。要留服务证明的，请先下载。"
        ),
        "button": _("退出并删除"),
        "dangerous": True,
        "back_url": reverse("volunteering:mine"),
        "now": timezone.now(),
    }
    return render(request, "ui/confirm.html", context)


def _own_deed(request: VolunteerRequest, pk: int) -> Deed:
    return or_404(
        Deed.objects.select_related("organisation", "before", "after")
        .filter(pk=pk, volunteer=request.volunteer)
        .first()
    )


@never_cache
@require_safe
@registered
def deed(request: VolunteerRequest, pk: int) -> HttpResponse:
    """Show what one wrote down."""
    return show(request, "deed.html", {"deed": _own_deed(request, pk)})


@require_POST
@registered
def deed_back(request: VolunteerRequest, pk: int) -> HttpResponse:
    """Take a wrong entry of one's own back."""
    row = _own_deed(request, pk)
    deed_actions.take_back(deed=row, by=VOLUNTEER, at=timezone.now())
    messages.success(request, _("已撤回这一条。"))
    return redirect("volunteering:mine")


@never_cache
@require_safe
@registered
def picture(request: VolunteerRequest, pk: int, which: str) -> HttpResponseBase:
    """Show one's own photograph."""
    row = _own_deed(request, pk)
    upload = or_404(row.before if which == "before" else row.after)
    return picture_response(upload, thumb=True)
