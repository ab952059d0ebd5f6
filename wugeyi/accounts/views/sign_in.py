"""Signing in, in one step or two, and out."""

from datetime import UTC, datetime

from django.conf import settings
from django.contrib import auth, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from wugeyi.accounts import actions
from wugeyi.accounts.forms import CodeForm, SignInForm
from wugeyi.accounts.models import User
from wugeyi.accounts.rules import (
    LOCKED_FOR,
    MAX_FAILURES,
    SECOND_STEP_WITHIN,
    SIGN_INS_PER_ADDRESS,
    SIGN_INS_PER_ADDRESS_IN,
)
from wugeyi.accounts.throttle import client_address, throttled

BACKEND = "django.contrib.auth.backends.ModelBackend"
# What the session of someone holds between the two steps. It signs nobody in.
HALFWAY = "accounts.halfway"


def refused_sign_in(request: HttpRequest, retry_at: datetime) -> HttpResponse:
    """Show the form as it was typed, and when to try again."""
    form = SignInForm(initial={"username": request.POST.get("username", "")})
    return render(
        request,
        "accounts/sign_in.html",
        {"form": form, "next": next_page(request), "retry_at": retry_at},
    )


def refused_code(request: HttpRequest, retry_at: datetime) -> HttpResponse:
    """Show the second step again, and when to try again."""
    return render(
        request,
        "accounts/sign_in_code.html",
        {"form": CodeForm(), "next": next_page(request), "retry_at": retry_at},
    )


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
@throttled(
    limit=SIGN_INS_PER_ADDRESS,
    per=SIGN_INS_PER_ADDRESS_IN,
    scope="sign-in",
    refuse=refused_sign_in,
)
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for name and password; whoever is signed in already goes on."""
    if request.method != "POST" and request.user.is_authenticated:
        return redirect(next_page(request) or home())
    form = SignInForm(request.POST if request.method == "POST" else None)
    wrong = False
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        passed = actions.try_password(
            username=form.cleaned_data["username"],
            password=form.cleaned_data["password"],
            address=client_address(request),
            at=now,
        )
        if passed is not None and passed.needs_code:
            return to_second_step(request, passed.user, now)
        if passed is not None:
            return let_in(request, passed.user)
        wrong = True
    return render(
        request,
        "accounts/sign_in.html",
        {"form": form, "next": next_page(request), "wrong": wrong, **limits()},
    )


@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
@throttled(
    limit=SIGN_INS_PER_ADDRESS,
    per=SIGN_INS_PER_ADDRESS_IN,
    scope="sign-in-code",
    refuse=refused_code,
)
def sign_in_code(request: HttpRequest) -> HttpResponse:
    """Ask for the code from the phone."""
    now = timezone.now()
    user = halfway(request, now)
    if user is None:
        messages.info(request, _("隔得久了一些，请重新输入登录名和密码。"))
        return redirect(with_next("accounts:sign-in", next_page(request)))
    form = CodeForm(request.POST if request.method == "POST" else None)
    wrong = False
    if request.method == "POST" and form.is_valid():
        if actions.try_code(
            user=user,
            code=form.cleaned_data["code"],
            address=client_address(request),
            at=now,
        ):
            return let_in(request, user)
        wrong = True
    return render(
        request,
        "accounts/sign_in_code.html",
        {"form": form, "next": next_page(request), "wrong": wrong, **limits()},
    )


@never_cache
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End this session and forget everything in it."""
    if isinstance(request.user, User):
        actions.sign_out(user=request.user, at=timezone.now())
    auth.logout(request)
    messages.success(request, _("您已退出。"))
    return redirect(settings.LOGOUT_REDIRECT_URL or home())


def let_in(request: HttpRequest, user: User) -> HttpResponse:
    """Give the session to its person under a new key, and go where they were going."""
    request.session.pop(HALFWAY, None)
    auth.login(request, user, backend=BACKEND)
    return redirect(next_page(request) or home())


def to_second_step(request: HttpRequest, user: User, now: datetime) -> HttpResponse:
    """Remember, in a session of its own, whose password was right; ask for a code."""
    auth.logout(request)
    request.session[HALFWAY] = {
        "user": user.pk,
        "at": now.timestamp(),
        "hash": user.get_session_auth_hash(),
    }
    return redirect(with_next("accounts:sign-in-code", next_page(request)))


def halfway(request: HttpRequest, now: datetime) -> User | None:
    """Return whose password was right a moment ago in this session; None: nobody's.

    It lapses after five minutes, and at once when the password changes or the account
    is closed.
    """
    noted = request.session.get(HALFWAY)
    if noted is None:
        return None
    since = datetime.fromtimestamp(noted["at"], tz=UTC)
    user = User.objects.filter(pk=noted["user"], is_active=True).first()
    if (
        user is not None
        and now - since <= SECOND_STEP_WITHIN
        and constant_time_compare(noted["hash"], user.get_session_auth_hash())
    ):
        return user
    del request.session[HALFWAY]
    return None


def next_page(request: HttpRequest) -> str:
    """Return the page of ours asked for by ``next``, or nothing if it is not ours."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(
        asked, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return asked if ours else ""


def with_next(name: str, asked: str) -> str:
    """Return the address of a page that goes on to ``asked``."""
    address = reverse(name)
    return f"{address}?{urlencode({'next': asked})}" if asked else address


def home() -> str:
    """Return where people land after signing in."""
    return resolve_url(settings.LOGIN_REDIRECT_URL)


def limits() -> dict[str, int]:
    """Return the numbers the pages speak of."""
    return {
        "failures": MAX_FAILURES,
        "minutes": int(LOCKED_FOR.total_seconds() // 60),
    }
