"""Requests for a hand: who asked follows by code, volunteers look and take freely."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import (
    require_POST,
    require_safe,
)

from wugeyi.accounts.throttle import throttled
from wugeyi.casework.rules.receipts import normalise
from wugeyi.notices.views.following import block
from wugeyi.organisations.views.staff import key_of
from wugeyi.volunteering.actions import helps as actions
from wugeyi.volunteering.actions import takes
from wugeyi.volunteering.actions.telling import ASKED
from wugeyi.volunteering.actions.writing import NEIGHBOUR
from wugeyi.volunteering.models import Help, Hours
from wugeyi.volunteering.queries import helps as queries
from wugeyi.volunteering.queries import people
from wugeyi.volunteering.views.people import qr
from wugeyi.volunteering.views.trying import attempt, or_404
from wugeyi.volunteering.views.who import VolunteerRequest, registered, show

WINDOW = timedelta(minutes=10)
LOOK_UPS_PER_WINDOW = 60


def _by_code(code: str) -> Help:
    return or_404(queries.by_code(normalise(code) or ""))


@never_cache
@require_safe
@throttled(
    limit=LOOK_UPS_PER_WINDOW,
    per=WINDOW,
    scope="help-code",
    methods=("GET", "HEAD"),
)
def asked(request: HttpRequest, code: str) -> HttpResponse:
    """Show who asked how far it is; the code in the address is theirs alone."""
    row = _by_code(code)
    take = queries.held_by(row)
    helper = take.volunteer if take is not None else None
    address = request.build_absolute_uri()
    context = {
        "row": row,
        "code": code,
        "taken": take,
        "helper": helper.name if helper is not None and helper.public else "",
        "living": row.ended_at is None,
        "address": address,
        "qr": qr(address),
        "tell": block(ASKED, row.pk, code),
    }
    return show(request, "asked.html", context)


ACTS: dict[str, Callable[..., object]] = {
    "confirm": actions.confirm,
    "not-done": actions.not_done,
    "withdraw": actions.withdraw,
    "forget": actions.forget,
}


def _said(act: str) -> str:
    return {
        "confirm": _("谢谢您，已确认帮好了。"),
        "not-done": _("记下了，还在志愿者手里。"),
        "withdraw": _("已撤回。"),
        "forget": _("您的称呼、电话和地址已经删除。"),
    }[act]


@never_cache
@csrf_exempt
@require_POST
@throttled(limit=LOOK_UPS_PER_WINDOW, per=WINDOW, scope="help-code")
def asked_act(request: HttpRequest, code: str, act: str) -> HttpResponse:
    """Confirm, say "not yet", withdraw, or forget: by who holds the code."""
    row = _by_code(code)
    if act not in ACTS or (act == "forget" and row.ended_at is None):
        raise Http404
    attempt(request, ACTS[act], _said(act), help=row, by=NEIGHBOUR)
    return redirect("volunteering:asked", code=code)


@never_cache
@require_safe
@registered
def helps(request: VolunteerRequest) -> HttpResponse:
    """List what is asked for: kind, roughly where, until when; nobody's address."""
    near = people.checked_in(request.volunteer)
    key = key_of(request.GET.get("at", ""))
    chosen = next((unit for unit in near if unit.pk == key), None)
    page = queries.open_helps(
        at=timezone.now(), near=chosen, older=key_of(request.GET.get("older", ""))
    )
    context = {"page": page, "near": near, "chosen": chosen}
    return show(request, "helps.html", context)


def _shown(pk: int) -> Help:
    return or_404(queries.shown(pk))


@never_cache
@require_safe
@registered
def help_one(request: VolunteerRequest, pk: int) -> HttpResponse:
    """Show a request; address and number only to who has it."""
    row = _shown(pk)
    holds = queries.holds(row, request.volunteer)
    if not holds:
        # Not even for the template: it cannot show what it was not given.
        row.text = row.address = row.name = row.phone = ""
    context = {
        "row": row,
        "holds": holds,
        "why": "" if holds else queries.why_recalled(row, request.volunteer),
        "free": row.state == Help.State.OPEN and row.until > timezone.now(),
        "hours": Hours.objects.filter(help=row, volunteer=request.volunteer).exists(),
        "client_id": uuid4(),
    }
    return show(request, "help.html", context)


def _do(
    request: VolunteerRequest, pk: int, act: Callable[..., object], said: str
) -> HttpResponse:
    row = _shown(pk)
    attempt(request, act, said, help=row, volunteer=request.volunteer)
    return redirect("volunteering:help", pk=pk)


@require_POST
@registered
def take(request: VolunteerRequest, pk: int) -> HttpResponse:
    """Take a request freely."""
    said = _("您接下了。地址和电话在下面，只有您看得到；去不了随时退回，不用说理由。")
    return _do(request, pk, takes.take, said)


@require_POST
@registered
def give_back(request: VolunteerRequest, pk: int) -> HttpResponse:
    """Give it back without a reason."""
    return _do(request, pk, takes.give_back, _("已退回，别人可以接。"))


@require_POST
@registered
def done(request: VolunteerRequest, pk: int) -> HttpResponse:
    """Tell that it is done."""
    return _do(request, pk, takes.say_done, _("谢谢您。等求助人确认。"))
