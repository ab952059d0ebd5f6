"""What somebody who signs in hears, by which ways, when."""

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from wugeyi.accounts.models import User
from wugeyi.accounts.throttle import throttled
from wugeyi.accounts.views.mine import signed_in
from wugeyi.notices import queries, registry
from wugeyi.notices.actions import choosing
from wugeyi.notices.actions.choosing import Wishes
from wugeyi.notices.actions.spreading import account, mailbox
from wugeyi.notices.forms import (
    LABELS,
    AddressForm,
    BrowserForm,
    ProofForm,
    TimesForm,
    wanted,
)
from wugeyi.notices.gateways import ready
from wugeyi.notices.gateways.push import application_key
from wugeyi.notices.models import Address, Subscriber

HOUR = timedelta(hours=1)
TRIES = 10
WRONG = 422


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: HttpRequest) -> HttpResponse:
    """Choose; what was never chosen holds as it stands here."""
    user = signed_in(request)
    subscriber = Subscriber.objects.filter(user=user).first()
    known = subscriber or Subscriber(user=user, language=get_language() or "zh-hans")
    form = TimesForm(
        request.POST if request.method == "POST" else None,
        initial={
            name: getattr(known, name)
            for name in ("language", "quiet_from", "quiet_until", "urgent_anytime")
        },
    )
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        subscriber = account(user, at=now)
        mailbox(subscriber, at=now)
        chosen = wanted(
            request.POST,
            registry.events_for(request),
            [way.code for way in ready()],
        )
        choosing.choose(
            subscriber=subscriber,
            wishes=Wishes(**form.cleaned_data, wanted=chosen),
            at=now,
        )
        messages.success(request, _("记下了。"))
        return redirect("notices:mine")
    return _page(request, user, subscriber, form=form)


def _page(
    request: HttpRequest,
    user: User,
    subscriber: Subscriber | None,
    *,
    form: TimesForm,
    adding: AddressForm | None = None,
    proof: tuple[int, ProofForm] | None = None,
) -> HttpResponse:
    ways = ready()
    addresses = list(subscriber.addresses.order_by("way", "pk")) if subscriber else []
    have = {row.way for row in addresses}
    push = any(way.code == "push" for way in ways)
    context = {
        "form": form,
        "rows": queries.boxes(subscriber, registry.events_for(request), ways=ways),
        "frame": "ui/staff.html" if registry.has_desk(request) else "ui/page.html",
        "ways": ways,
        "reached": queries.reached(user, addresses),
        "email": user.email,
        "box": next((row for row in addresses if row.way == "email"), None),
        "addresses": [_shown(row, proof) for row in addresses if row.way != "email"],
        "adding": [
            adding
            if adding is not None and adding.data.get("way") == way.code
            else AddressForm(initial={"way": way.code}, auto_id=f"{way.code}_%s")
            for way in ways
            if way.code in LABELS and way.code not in have
        ],
        "push_key": application_key() if push else "",
        "now": timezone.now(),
    }
    wrong = form.errors or adding is not None or proof is not None
    return render(request, "notices/mine.html", context, status=WRONG if wrong else 200)


def _shown(row: Address, proof: tuple[int, ProofForm] | None) -> dict[str, object]:
    wrong = proof[1] if proof is not None and proof[0] == row.pk else None
    return {
        "row": row,
        "way": queries.way_name(row.way),
        "form": wrong or ProofForm(auto_id=f"proof{row.pk}_%s"),
    }


def _again(request: HttpRequest, **more: object) -> HttpResponse:
    """Show the page as it is, with a form that was wrong."""
    user = signed_in(request)
    subscriber = Subscriber.objects.filter(user=user).first()
    known = subscriber or Subscriber(user=user)
    form = TimesForm(
        initial={
            name: getattr(known, name)
            for name in ("language", "quiet_from", "quiet_until", "urgent_anytime")
        }
    )
    return _page(request, user, subscriber, form=form, **more)  # type: ignore[arg-type]


@never_cache
@require_POST
@login_required
@throttled(limit=TRIES, per=HOUR, scope="notices-address")
def add(request: HttpRequest) -> HttpResponse:
    """Take a telephone or a chat account; a code goes there."""
    form = AddressForm(request.POST)
    if not form.is_valid():
        return _again(request, adding=form)
    values = form.cleaned_data
    choosing.add_address(
        user=signed_in(request),
        way=values["way"],
        value=values["value"],
        at=timezone.now(),
    )
    messages.success(request, _("验证码发过去了，收到后填在这里。"))
    return redirect("notices:mine")


def _own(request: HttpRequest, pk: int) -> Address:
    found = queries.address_of(signed_in(request), pk)
    if found is None:
        raise Http404
    return found


@never_cache
@require_POST
@login_required
@throttled(limit=TRIES, per=HOUR, scope="notices-proof")
def prove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the digits that came to an address."""
    address = _own(request, pk)
    form = ProofForm(request.POST)
    if form.is_valid() and not choosing.prove(
        address=address, code=form.cleaned_data["code"], at=timezone.now()
    ):
        form.add_error("code", _("验证码不对，或者过了 48 小时。可以去掉再加一次。"))
    if form.errors:
        return _again(request, proof=(pk, form))
    messages.success(request, _("确认好了。"))
    return redirect("notices:mine")


@never_cache
@require_POST
@login_required
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an address away."""
    choosing.drop_address(address=_own(request, pk), at=timezone.now())
    messages.success(request, _("去掉了。"))
    return redirect("notices:mine")


@never_cache
@require_POST
@login_required
def take_up(request: HttpRequest, pk: int) -> HttpResponse:
    """Let letters come to a stopped or refused address again."""
    choosing.take_up(address=_own(request, pk), at=timezone.now())
    messages.success(request, _("又会发到这里了。"))
    return redirect("notices:mine")


@never_cache
@require_POST
@login_required
def add_browser(request: HttpRequest) -> HttpResponse:
    """Tell on this device, too; the page's script sends it."""
    form = BrowserForm(request.POST)
    if not any(way.code == "push" for way in ready()) or not form.is_valid():
        return JsonResponse({"errors": form.errors}, status=WRONG)
    values = form.cleaned_data
    choosing.add_browser(
        user=signed_in(request),
        endpoint=values["endpoint"],
        public_key=values["p256dh"],
        auth=values["auth"],
        at=timezone.now(),
    )
    return JsonResponse({"text": _("好了，以后也在这台设备上告诉您。")})
