"""Following something by its receipt: asked for, confirmed, changed, ended.

No account and no cookie: the receipt's code or the reader's secret is in each request,
so nobody can make one without it, and no CSRF token is needed on top.
"""

from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from wugeyi.accounts import throttle
from wugeyi.accounts.throttle import throttled
from wugeyi.notices import links, queries, registry
from wugeyi.notices.actions import choosing, following
from wugeyi.notices.actions.choosing import Wishes
from wugeyi.notices.forms import BrowserForm, EmailForm, TimesForm, wanted
from wugeyi.notices.gateways import way
from wugeyi.notices.gateways.base import Way
from wugeyi.notices.gateways.push import application_key
from wugeyi.notices.models import Address, Subscriber
from wugeyi.notices.registry import Topic
from wugeyi.notices.rules import row_key

REQUESTS_PER_WINDOW = 20
WINDOW = timedelta(minutes=10)
# Nobody's mailbox is filled with links they did not ask for.
LETTERS_PER_MAILBOX = 3
DAY = timedelta(days=1)
WRONG = 422


def _held(request: HttpRequest, code: str, key: int) -> Topic:
    """Return what is followed if the request proves the receipt; else it is not there."""
    topic = registry.topic(code)
    if topic is None or not topic.may(request, key):
        raise Http404
    return topic


@never_cache
@csrf_exempt
@require_POST
@throttled(limit=REQUESTS_PER_WINDOW, per=WINDOW, scope="notices-follow")
def follow(request: HttpRequest, topic: str, key: int) -> HttpResponse:
    """Ask for news by e-mail."""
    known = _held(request, topic, key)
    form = EmailForm(request.POST)
    if not form.is_valid():
        context = {
            "form": form,
            "topic": topic,
            "key": key,
            "code": request.POST.get("code", ""),
            "label": known.label(key),
            "now": timezone.now(),
        }
        return render(request, "notices/public/follow.html", context, status=WRONG)
    now = timezone.now()
    email = form.cleaned_data["email"]
    counted = throttle.key_of("notices-letter", email.lower())
    if throttle.allow(counted, limit=LETTERS_PER_MAILBOX, per=DAY, at=now):
        address = following.follow_by_email(
            topic=topic,
            key=key,
            email=email,
            language=get_language() or "zh-hans",
            at=now,
        )
        if address.confirmed_at is not None:
            messages.success(request, _("这个邮箱已经确认过，有进展就告诉您。"))
            return known.show(request, key)
    messages.success(request, _("请看邮箱：打开信里的网址，按“确认”。48 小时内有效。"))
    return known.show(request, key)


@never_cache
@csrf_exempt
@require_POST
@throttled(limit=REQUESTS_PER_WINDOW, per=WINDOW, scope="notices-follow")
def follow_here(request: HttpRequest, topic: str, key: int) -> HttpResponse:
    """Ask for news on this device; the page's script sends it."""
    _held(request, topic, key)
    form = BrowserForm(request.POST)
    used = way("push")
    if used is None or not used.ready() or not form.is_valid():
        return JsonResponse({"errors": form.errors}, status=WRONG)
    values = form.cleaned_data
    following.follow_by_push(
        topic=topic,
        key=key,
        endpoint=values["endpoint"],
        public_key=values["p256dh"],
        auth=values["auth"],
        language=get_language() or "zh-hans",
        at=timezone.now(),
    )
    return JsonResponse({"text": _("好了，以后有进展就在这台设备上告诉您。")})


@never_cache
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Confirm an e-mail address. The link alone does nothing: mail filters open links."""
    key = links.confirmed_by(token)
    address = Address.objects.select_related("subscriber").filter(pk=key or 0).first()
    if address is None:
        return render(request, "notices/public/old_link.html", status=410)
    if request.method == "POST":
        following.confirm(address=address, at=timezone.now())
        messages.success(request, _("确认好了，以后有进展就发到这个邮箱。"))
        return redirect(links.settings_path(address.subscriber))
    context = {"address": address, "done": address.confirmed_at is not None}
    return render(request, "notices/public/confirm.html", context)


def _by_secret(secret: str) -> Subscriber | None:
    found = queries.by_secret(secret)
    return found if found is not None and found.user_id is None else None


@never_cache
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest, secret: str) -> HttpResponse:
    """Choose what to hear of one row, when, and in which language."""
    subscriber = _by_secret(secret)
    topic = registry.topic(subscriber.topic) if subscriber is not None else None
    if subscriber is None or topic is None or subscriber.topic_key is None:
        return render(request, "notices/public/old_link.html", status=410)
    ways = _ways(subscriber)
    form = TimesForm(
        request.POST if request.method == "POST" else None,
        initial={
            name: getattr(subscriber, name)
            for name in ("language", "quiet_from", "quiet_until", "urgent_anytime")
        },
    )
    if request.method == "POST" and form.is_valid():
        chosen = wanted(
            request.POST,
            registry.events(topic=topic.code),
            [each.code for each in ways],
        )
        choosing.choose(
            subscriber=subscriber,
            wishes=Wishes(**form.cleaned_data, wanted=chosen),
            at=timezone.now(),
        )
        messages.success(request, _("记下了。"))
        return redirect(request.path)
    context = {
        "subscriber": subscriber,
        "form": form,
        "label": topic.label(subscriber.topic_key),
        "rows": queries.boxes(subscriber, registry.events(topic=topic.code), ways=ways),
        "addresses": list(subscriber.addresses.order_by("pk")),
        "now": timezone.now(),
    }
    status = WRONG if form.errors else 200
    return render(request, "notices/public/settings.html", context, status=status)


def _ways(subscriber: Subscriber) -> list[Way]:
    codes = set(subscriber.addresses.values_list("way", flat=True))
    return queries.usable_ways(codes=codes)


@never_cache
@require_safe
def open_followed(request: HttpRequest, secret: str) -> HttpResponse:
    """Lead the reader of a letter to what it is about."""
    subscriber = _by_secret(secret)
    topic = registry.topic(subscriber.topic) if subscriber is not None else None
    if subscriber is None or topic is None or subscriber.topic_key is None:
        return render(request, "notices/public/old_link.html", status=410)
    return topic.show(request, subscriber.topic_key)


@never_cache
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, secret: str, pk: int) -> HttpResponse:
    """End letters to an address: by one click of a mail program (RFC 8058), or here.

    Of an account's address those like the letter the link stands in, or all (``all``).
    Opening the page ends nothing. Twice is as good as once.
    """
    subscriber = queries.by_secret(secret)
    address = (
        Address.objects.select_related("subscriber__user")
        .filter(pk=pk, subscriber=subscriber)
        .first()
        if subscriber is not None
        else None
    )
    if address is None or (address.stopped_at is not None and request.method != "POST"):
        return render(request, "notices/public/stopped.html")
    events = (
        queries.events_of(address, row_key(request.GET.get("of", "")))
        if address.subscriber.user_id is not None
        else []
    )
    context = {"address": address, "events": events}
    if request.method != "POST":
        return render(request, "notices/public/stop.html", context)
    now = timezone.now()
    if events and "all" not in request.POST:
        choosing.decline(address=address, events=[e.code for e in events], at=now)
        return render(request, "notices/public/stopped.html", context)
    choosing.stop(address=address, at=now)
    return render(request, "notices/public/stopped.html")


def block(topic: str, key: int, code: str) -> dict[str, object]:
    """Return what the part "tell me" of a receipt's page needs; one query."""
    used = way("push")
    return {
        "topic": topic,
        "key": key,
        "code": code,
        "form": EmailForm(auto_id="follow_%s"),
        "followed": queries.followed(topic, key),
        "push_key": application_key() if used is not None and used.ready() else "",
    }
