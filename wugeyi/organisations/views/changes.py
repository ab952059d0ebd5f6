"""Changing the register by hand: one form, one action."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from wugeyi.organisations import actions
from wugeyi.organisations.forms.changes import (
    AddForm,
    DayForm,
    MergeForm,
    MoveForm,
    RenameForm,
)
from wugeyi.organisations.models import Organisation
from wugeyi.organisations.queries import lineage
from wugeyi.organisations.rules import Role, access
from wugeyi.organisations.views.common import (
    allow,
    page,
    person,
    reach_of_request,
    sent,
    unit_or_404,
)

page_with_form = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@login_required
@page_with_form
def add(request: HttpRequest, code: str) -> HttpResponse:
    """Add a unit below this one."""
    parent = unit_or_404(code)
    allow(access.may_change(reach_of_request(request), parent.path))
    form = AddForm(sent(request))
    return _carry_out(
        request,
        parent,
        form,
        title=_("新增下级单位"),
        button=_("新增"),
        act=lambda: actions.add_organisation(
            **form.cleaned_data, parent=parent, by=person(request), at=timezone.now()
        ),
    )


@never_cache
@login_required
@page_with_form
def rename(request: HttpRequest, code: str) -> HttpResponse:
    """Give a unit another name; the old one is kept."""
    unit = unit_or_404(code)
    allow(access.may_change(reach_of_request(request), unit.path))
    form = RenameForm(sent(request), initial={"name": unit.name})
    return _carry_out(
        request,
        unit,
        form,
        title=_("改名"),
        button=_("改名"),
        text=_("原来的名称会保留，用原名也能查到。"),
        act=lambda: actions.rename(
            **form.cleaned_data,
            organisation=unit,
            by=person(request),
            at=timezone.now(),
        ),
    )


@never_cache
@login_required
@page_with_form
def move(request: HttpRequest, code: str) -> HttpResponse:
    """Put a unit with all below it under another one."""
    unit = unit_or_404(code)
    reach = reach_of_request(request)
    allow(access.may_uproot(reach, unit.path))
    form = MoveForm(sent(request), roots=reach.roots([Role.ADMINISTRATOR]))
    return _carry_out(
        request,
        unit,
        form,
        title=_("移动"),
        button=_("移动"),
        text=_("下面的单位一起移动；原来的位置按日期保留。"),
        act=lambda: actions.move(
            **form.cleaned_data,
            organisation=unit,
            by=person(request),
            at=timezone.now(),
        ),
    )


@never_cache
@login_required
@page_with_form
def merge(request: HttpRequest, code: str) -> HttpResponse:
    """Let another unit take this one's place."""
    unit = unit_or_404(code)
    reach = reach_of_request(request)
    allow(access.may_uproot(reach, unit.path))
    form = MergeForm(sent(request), roots=reach.roots([Role.ADMINISTRATOR]))
    return _carry_out(
        request,
        unit,
        form,
        title=_("并入另一个单位"),
        button=_("并入"),
        text=_("本单位停用，下级归新单位，岗位同日结束。"),
        dangerous=True,
        act=lambda: actions.merge_into(
            into=form.cleaned_data["to"],
            on=form.cleaned_data["on"],
            organisation=unit,
            by=person(request),
            at=timezone.now(),
        ),
    )


@never_cache
@login_required
@page_with_form
def abolish(request: HttpRequest, code: str) -> HttpResponse:
    """End a unit."""
    unit = unit_or_404(code)
    allow(access.may_uproot(reach_of_request(request), unit.path))
    form = DayForm(sent(request))
    return _carry_out(
        request,
        unit,
        form,
        title=_("停用"),
        button=_("停用"),
        text=_("停用后不能再选到它，岗位同日结束；历史都保留。"),
        dangerous=True,
        act=lambda: actions.abolish(
            **form.cleaned_data,
            organisation=unit,
            by=person(request),
            at=timezone.now(),
        ),
    )


def _carry_out(
    request: HttpRequest,
    unit: Organisation,
    form: Form,
    *,
    title: str,
    button: str,
    act: Callable[[], Organisation],
    text: str = "",
    dangerous: bool = False,
) -> HttpResponse:
    """Show the form, or do it and go to the unit it was done to."""
    if request.method == "POST" and form.is_valid():
        try:
            done = act()
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            messages.success(request, _("已办好：%(what)s。") % {"what": title})
            return redirect("organisations:unit", code=done.code)
    return page(
        request,
        "change.html",
        {
            "unit": unit,
            "lineage": lineage(unit),
            "form": form,
            "title": title,
            "button": button,
            "text": text,
            "dangerous": dangerous,
        },
        status=400 if form.errors else 200,
    )
