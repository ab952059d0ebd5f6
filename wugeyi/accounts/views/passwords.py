"""Passwords: changed by oneself, forgotten, set anew by a link."""

from datetime import datetime

from django.contrib import auth, messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from wugeyi.accounts import actions, queries
from wugeyi.accounts.forms import ChangePasswordForm, NewPasswordForm, ResetRequestForm
from wugeyi.accounts.rules import (
    RESET_REQUESTS_IN,
    RESET_REQUESTS_PER_ADDRESS,
    LinkUsedError,
)
from wugeyi.accounts.throttle import client_address, throttled
from wugeyi.accounts.views.mine import signed_in
from wugeyi.accounts.views.sign_in import limits


@never_cache
@sensitive_post_parameters()
@sensitive_variables("form")
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def change_password(request: HttpRequest) -> HttpResponse:
    """Change one's own password; other devices are signed out."""
    user = signed_in(request)
    form = ChangePasswordForm(
        request.POST if request.method == "POST" else None, user=user
    )
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        if actions.prove_password(
            user=user,
            password=form.cleaned_data["password"],
            address=client_address(request),
            at=now,
        ):
            actions.set_password(
                user=user, password=form.cleaned_data["new_password"], by=user, at=now
            )
            auth.update_session_auth_hash(request, user)
            messages.success(request, _("密码已改。其他设备上要用新密码重新登录。"))
            return redirect("accounts:mine")
        form.add_error(
            "password",
            _("现在的密码不对。连续错 %(failures)s 次，要等 %(minutes)s 分钟再试。")
            % limits(),
        )
    return render(
        request, "accounts/change_password.html", {"form": form, "person": user}
    )


def refused_request(request: HttpRequest, retry_at: datetime) -> HttpResponse:
    """Show the form as it was typed, and when to try again."""
    form = ResetRequestForm(initial={"typed": request.POST.get("typed", "")})
    return render(
        request, "accounts/reset_request.html", {"form": form, "retry_at": retry_at}
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@throttled(
    limit=RESET_REQUESTS_PER_ADDRESS,
    per=RESET_REQUESTS_IN,
    scope="reset-request",
    refuse=refused_request,
)
def request_reset(request: HttpRequest) -> HttpResponse:
    """Send a reset letter; the answer never tells whether the name exists."""
    form = ResetRequestForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        actions.request_reset(
            typed=form.cleaned_data["typed"],
            address_of=lambda link: address_of(request, link),
            at=timezone.now(),
        )
        return redirect("accounts:reset-sent")
    return render(request, "accounts/reset_request.html", {"form": form})


@require_http_methods(["GET", "HEAD"])
def reset_sent(request: HttpRequest) -> HttpResponse:
    """Say what happens next, whether or not anything does."""
    return render(request, "accounts/reset_sent.html")


@never_cache
@sensitive_post_parameters()
@sensitive_variables("form", "token")
@require_http_methods(["GET", "HEAD", "POST"])
@throttled(limit=RESET_REQUESTS_PER_ADDRESS, per=RESET_REQUESTS_IN, scope="reset-link")
def use_reset_link(request: HttpRequest, uid: str, token: str) -> HttpResponse:
    """Choose a new password by a link, once."""
    now = timezone.now()
    user = queries.person_of_link(uid=uid, token=token, at=now)
    if user is None:
        return link_used(request)
    form = NewPasswordForm(
        request.POST if request.method == "POST" else None, user=user
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.use_reset_link(
                uid=uid,
                token=token,
                password=form.cleaned_data["new_password"],
                at=now,
            )
        except LinkUsedError:
            return link_used(request)
        messages.success(request, _("新密码已设好，请用它登录。"))
        return redirect("accounts:sign-in")
    return render(
        request, "accounts/reset_password.html", {"form": form, "person": user}
    )


def link_used(request: HttpRequest) -> HttpResponse:
    """Say that a link is spent, and what to do."""
    return render(request, "accounts/reset_used.html", status=410)


def address_of(request: HttpRequest, link: queries.ResetLink) -> str:
    """Return the full address of a reset link."""
    path = reverse("accounts:reset-link", args=[link.uid, link.token])
    return request.build_absolute_uri(path)


def reset_sheet(
    request: HttpRequest, *, link: queries.ResetLink, back_url: str
) -> HttpResponse:
    """Show a reset link once, as a sheet to print: for administrators' pages.

    A higher app checks who may do it, calls ``actions.reset_link`` on a POST and
    answers with this page. The link is on no other page and nowhere in the database.
    """
    address = address_of(request, link)
    response = render(
        request,
        "accounts/reset_sheet.html",
        {
            "link": link,
            "person": link.user,
            "address": address,
            "qr": queries.qr_image(address),
            "back_url": back_url,
            "now": timezone.now(),
        },
    )
    response.headers["Cache-Control"] = "no-store"
    return response
