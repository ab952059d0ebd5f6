"""The page of the queue, copies of pages for phones, the service worker, the manifest."""

from http import HTTPStatus

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import resolve, reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from wugeyi.organisations.rules import NOBODY
from wugeyi.submissions import registry
from wugeyi.submissions.queries import offline

# What a copy is drawn by: how somebody likes pages, and the token of its forms, never
# who they are.
LOOKS = (
    "theme",
    "type",
    "contrast",
    settings.LANGUAGE_COOKIE_NAME,
    settings.CSRF_COOKIE_NAME,
)


@never_cache
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """Show what waits on this phone; the list itself never leaves it."""
    kinds = [
        {"code": kind.code, "label": kind.label, "url": reverse(kind.page)}
        for kind in registry.kinds()
    ]
    pages = [
        {"url": url, "label": kind["label"]}
        for url in offline.pages()
        for kind in kinds
        if kind["url"] == url
    ]
    context = {"kinds": kinds, "pages": pages}
    return render(request, "submissions/queue.html", context)


@require_safe
def copy(request: HttpRequest) -> HttpResponse:
    """Draw a page as everybody sees it who is not signed in, to be kept on a phone.

    Phones are shared: nothing of whoever is signed in is in it. Its language, colours
    and type are theirs.
    """
    path = request.GET.get("page", "")
    if path not in offline.pages():
        raise Http404
    request.user = AnonymousUser()
    request.session = SessionStore()
    request.reach = NOBODY  # type: ignore[attr-defined]
    request.COOKIES = {
        name: request.COOKIES[name] for name in LOOKS if name in request.COOKIES
    }
    request.GET = QueryDict()
    request.offline_copy = True  # type: ignore[attr-defined]  # registry.is_copy
    request.path = request.path_info = path
    match = request.resolver_match = resolve(path)
    response: HttpResponse = match.func(request, *match.args, **match.kwargs)
    if response.status_code != HTTPStatus.OK:
        raise Http404
    # So that the page's script knows: its ids were drawn for everybody who keeps it.
    response.content = response.content.replace(b"<html ", b"<html data-kept ", 1)
    response.headers["Cache-Control"] = "no-store"
    return response


@require_safe
def service_worker(request: HttpRequest) -> HttpResponse:
    """Give the script that opens pages without signal; asked for anew each time."""
    code, version = offline.service_worker()
    etag = f'"{version}"'
    if request.headers.get("If-None-Match") == etag:
        response = HttpResponse(status=HTTPStatus.NOT_MODIFIED)
    else:
        response = HttpResponse(code, content_type="text/javascript; charset=utf-8")
    response.headers["Cache-Control"] = "no-cache"
    response.headers["ETag"] = etag
    response.headers["Service-Worker-Allowed"] = "/"
    return response


@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """Tell a phone how to put this on its home screen."""
    icons = [
        {
            "src": static(f"submissions/icon-{side}.png"),
            "sizes": f"{side}x{side}",
            "type": "image/png",
            "purpose": purpose,
        }
        for side, purpose in ((192, "any"), (512, "any"), (512, "maskable"))
    ]
    response = JsonResponse(
        {
            "id": "/",
            "name": _("五个一"),
            "short_name": _("五个一"),
            "description": _("反映身边的事，没有信号也能先写好。"),
            "lang": request.LANGUAGE_CODE,
            "start_url": "/",
            "scope": "/",
            "display": "standalone",
            "background_color": "#ffffff",
            "theme_color": "#ffffff",
            "icons": icons,
            "shortcuts": [
                {"name": str(kind.label), "url": reverse(kind.page)}
                for kind in registry.kinds()
            ],
        },
        content_type="application/manifest+json",
    )
    response.headers["Cache-Control"] = "no-cache"
    return response
