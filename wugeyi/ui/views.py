"""Appearance, health, the gallery of parts, and what is said when something fails."""

from datetime import timedelta

from django.conf import settings
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseServerError,
)
from django.shortcuts import redirect, render
from django.template import engines, loader
from django.templatetags.static import static
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from wugeyi.ui import gallery
from wugeyi.ui.forms import AppearanceForm

YEAR = 365 * 24 * 3600


@require_safe
def icon(request: HttpRequest) -> HttpResponse:
    """Show the icon to browsers that ask for it beside something that is no page."""
    return redirect(static("ui/icon.svg"))


# Exempt: it changes nothing but this visitor's view of pages, and so no page needs a
# session or a token only to offer the switch.
@csrf_exempt
@require_POST
def appearance(request: HttpRequest) -> HttpResponse:
    """Remember theme, contrast, type size and language in cookies, and go back."""
    form = AppearanceForm(request.POST)
    if not form.is_valid():
        return bad_request(request)
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(
        back, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        back = "/"
    response = redirect(back)
    cookies = {
        "theme": form.cleaned_data["theme"],
        "type": form.cleaned_data["type"],
        "contrast": form.cleaned_data["contrast"],
        settings.LANGUAGE_COOKIE_NAME: form.cleaned_data["language"],
    }
    for name, value in cookies.items():
        if value:
            response.set_cookie(
                name,
                value,
                max_age=YEAR,
                secure=settings.SESSION_COOKIE_SECURE,
                httponly=True,
                samesite="Lax",
            )
    return response


@require_safe
def health(_request: HttpRequest) -> HttpResponse:
    """Answer without touching the database: the process is alive."""
    response = HttpResponse("ok\n", content_type="text/plain; charset=utf-8")
    response.headers["Cache-Control"] = "no-store"
    return response


@require_safe
def design(request: HttpRequest) -> HttpResponse:
    """Show every part in every state: where one develops, and in the demo."""
    if not settings.DEBUG and not is_demo(request):
        raise Http404
    now = timezone.now()
    return render(request, "ui/design.html", gallery.context(now, timedelta(hours=1)))


def is_demo(request: HttpRequest) -> bool:
    """Ask the context processors whether this installation is a demo.

    The installation's row belongs to a higher app, which hands it to templates only.
    """
    template = engines["django"].from_string("{{ installation.demo|yesno:'1,0' }}")
    return template.render({}, request).strip() == "1"


def bad_request(
    request: HttpRequest, exception: Exception | None = None
) -> HttpResponse:
    """Say that the page did not understand what was sent."""
    return error(
        request,
        400,
        _("这次提交没有看懂"),
        _("可能是地址不完整，或内容在路上损坏了。请返回上一页再试一次。"),
    )


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that this is not theirs to see, with the reason where one was given."""
    reason = str(exception or "")
    return error(
        request,
        403,
        _("您现在不能查看或办理这一项"),
        reason
        or _("它不在您的职责范围内。如果应当由您办理，请联系本单位管理员核对岗位。"),
    )


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that there is nothing at this address."""
    return error(
        request,
        404,
        _("这里没有内容"),
        _("地址可能抄错了，或者这一项已经移走。请从首页重新进入。"),
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that the page was open too long, and how not to lose what was typed."""
    return error(
        request,
        403,
        _("页面放得太久，为了安全没有提交"),
        _("请返回上一页，刷新后再提交；写好的文字可以先复制下来。"),
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """Say that we failed. Touches neither database nor session: they may be why."""
    page = loader.render_to_string(
        "ui/error.html",
        {
            "status": 500,
            "title": _("系统出了问题，不是您的错"),
            "text": _("请过几分钟再试。紧急情况请直接拨打电话，不要等待。"),
        },
    )
    return HttpResponseServerError(page)


def error(request: HttpRequest, status: int, title: str, text: str) -> HttpResponse:
    """Render one of the pages above."""
    return render(
        request,
        "ui/error.html",
        {"status": status, "title": title, "text": text},
        status=status,
    )
