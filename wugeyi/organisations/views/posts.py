"""Posts of an organisation: who holds which role, appoint, end."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from wugeyi.organisations import actions
from wugeyi.organisations.forms.posts import AppointForm
from wugeyi.organisations.models import Post
from wugeyi.organisations.queries import lineage
from wugeyi.organisations.queries.details import posts_at
from wugeyi.organisations.rules import access
from wugeyi.organisations.views.common import (
    allow,
    page,
    person,
    reach_of_request,
    sent,
    unit_or_404,
)


@never_cache
@login_required
@require_safe
def posts(request: HttpRequest, code: str) -> HttpResponse:
    """List the posts of an organisation, in force and ended."""
    unit = unit_or_404(code)
    reach = reach_of_request(request)
    allow(access.may_see_posts(reach, unit.path))
    today = timezone.localdate()
    return page(
        request,
        "posts.html",
        {
            "unit": unit,
            "lineage": lineage(unit),
            "posts": posts_at(unit, on=today),
            "ended": posts_at(unit, on=today, ended=True),
            "may_change": access.may_change(reach, unit.path),
            "alive": unit.valid_to is None,
        },
    )


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def appoint(request: HttpRequest, code: str) -> HttpResponse:
    """Give a person a role here."""
    unit = unit_or_404(code)
    allow(access.may_change(reach_of_request(request), unit.path))
    form = AppointForm(sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            post = actions.appoint(
                **form.cleaned_data,
                organisation=unit,
                by=person(request),
                at=timezone.now(),
            )
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            messages.success(
                request,
                _("%(person)s 现在是 %(role)s。")
                % {"person": post.person.name, "role": post.get_role_display()},
            )
            return redirect("organisations:posts", code=unit.code)
    return page(
        request,
        "change.html",
        {
            "unit": unit,
            "lineage": lineage(unit),
            "form": form,
            "title": _("任命"),
            "button": _("任命"),
            "text": _("岗位决定能看到什么、能办什么：到本单位和它的下级为止。"),
            "back_url": "organisations:posts",
        },
        status=400 if form.errors else 200,
    )


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def end_post(request: HttpRequest, pk: int) -> HttpResponse:
    """End a post today, after asking."""
    post = get_object_or_404(
        Post.objects.select_related("organisation__parent", "person"), pk=pk
    )
    unit = post.organisation
    allow(access.may_change(reach_of_request(request), unit.path))
    problem = None
    if request.method == "POST":
        try:
            actions.end_post(post=post, by=person(request), at=timezone.now())
        except ValidationError as error:
            problem = error
        else:
            messages.success(request, _("岗位已结束，从现在起不再有效。"))
            return redirect("organisations:posts", code=unit.code)
    return page(
        request,
        "end_post.html",
        {"unit": unit, "lineage": lineage(unit), "post": post, "problem": problem},
        status=400 if problem else 200,
    )
