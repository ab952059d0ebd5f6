"""One's own account."""

from django.contrib import auth, messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from wugeyi.accounts import actions, queries
from wugeyi.accounts.models import User


def signed_in(request: HttpRequest) -> User:
    """Return the person of a request behind ``login_required``."""
    user = request.user
    if not isinstance(user, User):
        raise TypeError("Only for views behind login_required.")
    return user


@never_cache
@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """Show what the account holds, and what one may do with it."""
    user = signed_in(request)
    codes = queries.codes_of(user)
    return render(
        request,
        "accounts/mine.html",
        {
            "person": user,
            "codes": codes,
            "backup_codes_left": queries.backup_codes_left(user) if codes else 0,
            "facts": [
                (_("登录名"), user.username),
                (_("姓名"), user.name),
                (_("电子邮箱"), user.email),
            ],
        },
    )


@never_cache
@require_POST
@login_required
def end_other_sessions(request: HttpRequest) -> HttpResponse:
    """Sign out everywhere but here."""
    user = signed_in(request)
    actions.end_sessions(user=user, by=user, at=timezone.now())
    auth.update_session_auth_hash(request, user)
    messages.success(request, _("其他设备上的登录都已退出，本机不受影响。"))
    return redirect("accounts:mine")
