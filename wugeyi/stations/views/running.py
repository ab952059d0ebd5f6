"""A station from day to day: its hours, what it has, closed and opened, visits."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
)

from wugeyi.stations.actions import stations, status, visits, week
from wugeyi.stations.forms.refusals import explain
from wugeyi.stations.forms.stations import (
    CheckForm,
    CloseForm,
    DaysOffForm,
    EndForm,
    HoursForm,
    WeekCountForm,
    today_first,
    week_of,
)
from wugeyi.stations.models import Item, Station
from wugeyi.stations.queries import staff as queries
from wugeyi.stations.queries.shown import had_by, shown
from wugeyi.stations.rules.refusals import Refused
from wugeyi.stations.views.common import (
    StaffRequest,
    anybody,
    counts,
    frame,
    readers,
    show,
    station_of,
    writable,
)
from wugeyi.stations.views.desk import _newer, _sent

Do = Callable[[], object]


def _act(
    request: StaffRequest, row: Station, form: forms.Form, do: Do, done: str
) -> HttpResponse | None:
    """Do what a valid form asks and go back; None: the page is shown again."""
    if not (form.is_bound and form.is_valid()):
        return None
    try:
        do()
    except Refused as refused:
        form.add_error(None, explain(refused))
        if "version" in form.fields:
            _newer(form, row.pk)
        return None
    messages.success(request, done)
    return redirect("stations:desk-station", pk=row.pk)


def _page(
    request: StaffRequest,
    row: Station,
    form: forms.Form,
    title: str,
    template: str = "form.html",
    **more: Any,
) -> HttpResponse:
    context = {
        "station": row,
        "form": form,
        "title": title,
        "back_url": reverse("stations:desk-station", args=[row.pk]),
        **more,
    }
    return show(request, template, context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@readers
def hours(request: StaffRequest, pk: int) -> HttpResponse:
    """Write the week."""
    row = writable(request, pk)
    kept = shown([row], now=timezone.now())[0].week
    form = HoursForm(_sent(request), initial={**week_of(kept), "version": row.version})

    def do() -> object:
        return week.set_hours(
            station=row,
            week=form.week(),
            version=form.cleaned_data["version"],
            by=request.user,
            at=timezone.now(),
        )

    answer = _act(request, row, form, do, _("开放时间改好了。"))
    return answer or _page(request, row, form, _("什么时候开"), "hours.html")


@require_http_methods(["GET", "HEAD", "POST"])
@readers
def days_off(request: StaffRequest, pk: int) -> HttpResponse:
    """Write days on which it stays shut."""
    row = writable(request, pk)
    today = timezone.localdate()
    coming = row.days_off.filter(on__gte=today).values_list("on", flat=True)
    first = " ".join(day.isoformat() for day in coming)
    form = DaysOffForm(_sent(request), initial={"days": first})

    def do() -> object:
        return week.set_days_off(
            station=row,
            days=form.cleaned_data["days"],
            why=form.cleaned_data["why"],
            by=request.user,
            at=timezone.now(),
        )

    answer = _act(request, row, form, do, _("休息日改好了。"))
    return answer or _page(request, row, form, _("哪几天不开"))


@require_http_methods(["GET", "HEAD", "POST"])
@readers
def check(request: StaffRequest, pk: int) -> HttpResponse:
    """Look at a station item by item."""
    row = writable(request, pk)
    had = had_by([row])[row.pk]
    form = CheckForm(
        _sent(request),
        items=list(Item.objects.filter(active=True)),
        states={each.item.pk: each.state for each in had},
        initial={**today_first(), "version": row.version},
    )

    def do() -> object:
        return stations.check(
            station=row,
            states=form.states(),
            on=form.cleaned_data["on"],
            version=form.cleaned_data["version"],
            by=request.user,
            at=timezone.now(),
        )

    answer = _act(request, row, form, do, _("记下了。"))
    return answer or _page(request, row, form, _("看看里面有什么"), "check.html")


@require_http_methods(["GET", "HEAD", "POST"])
@readers
def close(request: StaffRequest, pk: int) -> HttpResponse:
    """Close a station for now."""
    row = writable(request, pk)
    form = CloseForm(_sent(request), initial=today_first())

    def do() -> object:
        values = form.cleaned_data
        return status.close(
            station=row,
            on=values["on"],
            why=values["why"],
            until=values["until"],
            by=request.user,
            at=timezone.now(),
        )

    answer = _act(request, row, form, do, _("已写上临时关闭。"))
    return answer or _page(request, row, form, _("临时关闭"))


@require_http_methods(["GET", "HEAD", "POST"])
@readers
def end(request: StaffRequest, pk: int) -> HttpResponse:
    """Say that a station is no more."""
    row = writable(request, pk)
    form = EndForm(_sent(request), initial=today_first())

    def do() -> object:
        values = form.cleaned_data
        return status.end(
            station=row,
            on=values["on"],
            why=values["why"],
            by=request.user,
            at=timezone.now(),
        )

    answer = _act(request, row, form, do, _("已登记撤站，记录都还在。"))
    return answer or _page(
        request,
        row,
        form,
        _("撤站"),
        lead=_("撤了以后不能再改；以前的记录都留着，负责人的姓名电话会删掉。"),
        dangerous=True,
    )


@require_POST
@readers
def reopen(request: StaffRequest, pk: int) -> HttpResponse:
    """Open a closed station today."""
    row = writable(request, pk)
    try:
        status.reopen(station=row, by=request.user, at=timezone.now())
    except Refused as refused:
        messages.error(request, explain(refused))
    else:
        messages.success(request, _("重新开放了。"))
    return redirect("stations:desk-station", pk=row.pk)


def _need_counting(request: StaffRequest, row: Station) -> None:
    if not counts(request, row):
        raise PermissionDenied(
            _("人次由驿站的负责人和管它的单位来记，您现在的岗位只能查看。")
        )


@require_http_methods(["GET", "HEAD", "POST"])
@anybody
def counted(request: StaffRequest, pk: int) -> HttpResponse:
    """Show what was counted; write the last week's days."""
    row = station_of(request, pk)
    if request.method == "POST":
        _need_counting(request, row)
    today = timezone.localdate()
    days = queries.last_days(row, today=today)
    form = WeekCountForm(_sent(request), days=days)

    def do() -> object:
        return visits.count_days(
            station=row, days=form.counts(), by=request.user, at=timezone.now()
        )

    answer = _act(request, row, form, do, _("记下了。"))
    if answer is not None:
        return redirect("stations:visits", pk=row.pk)
    context = {
        **frame(request, row, "visits"),
        "form": form,
        "today": days[-1][1],
        "months": queries.by_month(row, today=today),
    }
    return show(request, "visits.html", context, status=422 if form.is_bound else 200)


@require_POST
@anybody
def tap(request: StaffRequest, pk: int) -> HttpResponse:
    """Count one more, or one less after a slip."""
    row = station_of(request, pk)
    _need_counting(request, row)
    more = -1 if request.POST.get("less") else 1
    try:
        day = visits.tap(station=row, more=more, by=request.user, at=timezone.now())
    except Refused as refused:
        messages.error(request, explain(refused))
    else:
        messages.success(request, _("今天 %(n)s 人次。") % {"n": day.many})
    return redirect("stations:visits", pk=row.pk)
