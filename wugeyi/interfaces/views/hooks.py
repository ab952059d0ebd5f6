"""Targets of webhooks, for administrators: the list, one with its log, its acts."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from wugeyi.interfaces.actions import hooks as actions
from wugeyi.interfaces.events import labels
from wugeyi.interfaces.forms.keys import TargetForm
from wugeyi.interfaces.models import Delivery, Target
from wugeyi.interfaces.queries import hooks as queries
from wugeyi.interfaces.rules.access import KEEPS
from wugeyi.interfaces.rules.hooks import Problem, secret_text
from wugeyi.organisations.queries import held
from wugeyi.organisations.views.staff import StaffRequest, key_of, need, show, staff
from wugeyi.ui.paging import cut

WRONG = 422
PROBLEMS = {
    Problem.NAME: gettext_lazy("找不到这个网址的主机"),
    Problem.REFUSED: gettext_lazy("连不上"),
    Problem.OWN_NETWORK: gettext_lazy("网址指向本机或内网，没有连接"),
    Problem.SLOW: gettext_lazy("等了 10 秒没有应答，已切断"),
    Problem.BROKEN: gettext_lazy("应答读不懂或中断了"),
    Problem.TLS: gettext_lazy("证书不对"),
    Problem.REDIRECT: gettext_lazy("应答是转到别的网址，我们不跟着去"),
    Problem.STATUS: gettext_lazy("对方没有收下"),
}
Act = Callable[..., Any]
ACTS: dict[str, tuple[Act, Any]] = {
    "pause": (actions.pause, gettext_lazy("已暂停。这期间的事会留着，恢复以后再送。")),
    "resume": (actions.resume, gettext_lazy("已恢复，留着的马上开始送。")),
    "test": (actions.send_test, gettext_lazy("试推送的消息排上了，一分钟内送出。")),
    "remove": (actions.remove, gettext_lazy("已删除，以后不再推送。")),
}


@require_safe
@staff(*KEEPS)
def targets(request: StaffRequest) -> HttpResponse:
    """List the targets."""
    page = cut(
        queries.targets(request.reach),
        older=key_of(request.GET.get("older", "")),
        newer=key_of(request.GET.get("newer", "")),
    )
    return show(request, "interfaces/targets.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@staff(*KEEPS)
def new(request: StaffRequest) -> HttpResponse:
    """Add a target and show its secret once."""
    form = TargetForm(request.POST or None, units=held(request.reach, KEEPS))
    if request.method != "POST" or not form.is_valid():
        status = WRONG if request.method == "POST" else 200
        page = "interfaces/target_new.html"
        return show(request, page, {"form": form}, status=status)
    values = form.cleaned_data
    need(request, KEEPS, values["organisation"])
    made = actions.make(**values, by=request.user, at=timezone.now())
    return _secret(request, made)


def _secret(request: StaffRequest, target: Target) -> HttpResponse:
    context = {
        "target": target,
        "secret": secret_text(actions.secret_of(target)),
    }
    return show(request, "interfaces/target_secret.html", context)


def _target(request: StaffRequest, pk: int) -> Target:
    rows = Target.objects.select_related("organisation").filter(removed_at=None)
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    need(request, KEEPS, found.organisation)
    return found


@require_safe
@staff(*KEEPS)
def target(request: StaffRequest, pk: int) -> HttpResponse:
    """Show a target and what it was sent."""
    row = _target(request, pk)
    page = cut(
        Delivery.objects.filter(target=row).defer("body"),
        older=key_of(request.GET.get("older", "")),
        newer=key_of(request.GET.get("newer", "")),
    )
    names = labels() | {actions.TEST: _("试推送")}
    wanted = [
        names.get(each, each)
        for each in row.interests.order_by("pk").values_list("event", flat=True)
    ]
    context = {
        "target": row,
        "wanted": wanted,
        "page": page,
        "rows": [
            (each, names.get(each.event, each.event), _problem(each))
            for each in page.rows
        ],
    }
    return show(request, "interfaces/target.html", context)


def _problem(row: Delivery) -> str:
    return str(PROBLEMS[Problem(row.problem)]) if row.problem else ""


@require_POST
@staff(*KEEPS)
def act(request: StaffRequest, pk: int, slug: str) -> HttpResponse:
    """Pause, resume, try, renew the secret, remove."""
    row = _target(request, pk)
    now = timezone.now()
    if slug == "renew":
        return _secret(request, actions.renew(target=row, by=request.user, at=now))
    if slug not in ACTS:
        raise Http404
    do, said = ACTS[slug]
    do(target=row, by=request.user, at=now)
    messages.success(request, said)
    if slug == "remove":
        return redirect("interfaces:targets")
    return redirect("interfaces:target", pk=row.pk)
