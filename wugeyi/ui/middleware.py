"""Headers and language for every answer."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.csrf import CsrfViewMiddleware
from django.utils import translation
from django.utils.cache import patch_vary_headers

Handler = Callable[[HttpRequest], HttpResponse]

POLICY = "; ".join(
    (
        "default-src 'self'",
        "img-src 'self' data: blob:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
PERMISSIONS = "camera=(self), geolocation=(self), microphone=()"
LANGUAGES = dict(settings.LANGUAGES)


def content_security_policy(get_response: Handler) -> Handler:
    """Allow nothing from another site and nothing inline."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        return response

    return middleware


def language(get_response: Handler) -> Handler:
    """Speak Chinese unless the visitor chose otherwise.

    The browser's own preference is not asked: many cheap phones are sold with
    English set and Chinese readers.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        code = chosen if chosen in LANGUAGES else settings.LANGUAGE_CODE
        with translation.override(code):
            request.LANGUAGE_CODE = code
            response = get_response(request)
        response.headers.setdefault("Content-Language", code)
        # Language, theme and type size are in cookies: no cache may mix visitors up.
        patch_vary_headers(response, ["Cookie"])
        return response

    return middleware


class CrossSiteRequests(CsrfViewMiddleware):
    """Django's own, which sets its cookie only where the browser's differs.

    Django renews the cookie with every answer that holds a form. An answer begun before
    a sign-in and arriving after it would bring the old one back, and the next form
    would be refused.
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """Leave a cookie alone that the browser has already."""
        held = request.COOKIES.get(settings.CSRF_COOKIE_NAME)
        if held is not None and held == request.META.get("CSRF_COOKIE"):
            request.META["CSRF_COOKIE_NEEDS_UPDATE"] = False
        return super().process_response(request, response)
