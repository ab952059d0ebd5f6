"""One-time codes: set up, renewed, turned off."""

from django.contrib import auth, messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from wugeyi.accounts import actions, queries
from wugeyi.accounts.forms import PasswordAndCodeForm
from wugeyi.accounts.models import User
from wugeyi.accounts.rules import AlreadyOnError, NotAskedError
from wugeyi.accounts.throttle import client_address
from wugeyi.accounts.views.mine import signed_in
from wugeyi.accounts.views.sign_in import limits


@never_cache
@require_POST
@login_required
def begin(request: HttpRequest) -> HttpResponse:
    """Make a secret and show it; nothing is asked at sign-in before it is confirmed."""
    user = signed_in(request)
    try:
        actions.enrol_codes(user=user, by=user, at=timezone.now())
    except AlreadyOnError:
        messages.info(request, _("登录验证码已经在用了。"))
        return redirect("accounts:mine")
    return redirect("accounts:codes-confirm")


@never_cache
@sensitive_post_parameters("password", "code")
@sensitive_variables("form", "codes")
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def confirm(request: HttpRequest) -> HttpResponse:
    """Show the secret as a picture and as text; take the first code."""
    user = signed_in(request)
    device = queries.unconfirmed_codes_of(user)
    if device is None:
        return redirect("accounts:mine")
    form = PasswordAndCodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            codes = actions.confirm_codes(
                user=user,
                address=client_address(request),
                at=timezone.now(),
                **form.cleaned_data,
            )
        except NotAskedError:
            return redirect("accounts:mine")
        if codes is not None:
            auth.update_session_auth_hash(request, user)
            return show_backup_codes(request, user, codes, first=True)
        form.add_error(None, wrong())
    return render(
        request,
        "accounts/codes_confirm.html",
        {
            "form": form,
            "qr": queries.qr_image(queries.enrolment_address(device, user.username)),
            "secret": queries.secret_in_groups(device),
        },
    )


@never_cache
@sensitive_post_parameters("password", "code")
@sensitive_variables("form", "codes")
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def renew(request: HttpRequest) -> HttpResponse:
    """Replace the backup codes."""
    user = signed_in(request)
    if queries.codes_of(user) is None:
        return redirect("accounts:mine")
    form = PasswordAndCodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        codes = actions.renew_backup_codes(
            user=user,
            address=client_address(request),
            at=timezone.now(),
            **form.cleaned_data,
        )
        if codes is not None:
            return show_backup_codes(request, user, codes, first=False)
        form.add_error(None, wrong())
    return render(request, "accounts/codes_renew.html", {"form": form})


@never_cache
@sensitive_post_parameters("password", "code")
@sensitive_variables("form")
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def turn_off(request: HttpRequest) -> HttpResponse:
    """Ask for codes no longer."""
    user = signed_in(request)
    if queries.codes_of(user) is None:
        return redirect("accounts:mine")
    form = PasswordAndCodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if actions.disable_own_codes(
            user=user,
            address=client_address(request),
            at=timezone.now(),
            **form.cleaned_data,
        ):
            auth.update_session_auth_hash(request, user)
            messages.success(request, _("登录验证码已关闭，今后只用密码登录。"))
            return redirect("accounts:mine")
        form.add_error(None, wrong())
    return render(request, "accounts/codes_off.html", {"form": form})


def show_backup_codes(
    request: HttpRequest, user: User, codes: list[str], *, first: bool
) -> HttpResponse:
    """Show backup codes: this answer is the only place they are ever readable."""
    response = render(
        request,
        "accounts/backup_codes.html",
        {"codes": codes, "first": first, "person": user, "now": timezone.now()},
    )
    response.headers["Cache-Control"] = "no-store"
    return response


def wrong() -> str:
    """Say that one of the two was wrong, not which."""
    return (
        _(
            "密码或验证码不对。每个验证码只能用一次，请等下一个出现再试；"
            "连续错 %(failures)s 次，要等 %(minutes)s 分钟。"
        )
        % limits()
    )
