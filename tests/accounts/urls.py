from datetime import timedelta

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from wugeyi.accounts.throttle import throttled


@login_required
def whoami(request: HttpRequest) -> HttpResponse:
    return HttpResponse(request.user.name)


@throttled(limit=2, per=timedelta(hours=1), scope="plain")
def plain(request: HttpRequest) -> HttpResponse:
    return HttpResponse("taken")


@throttled(
    limit=1,
    per=timedelta(hours=1),
    scope="own",
    refuse=lambda request, retry_at: HttpResponse(f"kept {request.POST['text']}"),
)
def own(request: HttpRequest) -> HttpResponse:
    return HttpResponse("taken")


urlpatterns = [
    path("", include("wugeyi.ui.urls")),
    path("account/", include("wugeyi.accounts.urls")),
    path("home", whoami, name="home"),
    path("plain", plain),
    path("own", own),
]
handler400 = "wugeyi.ui.views.bad_request"
handler403 = "wugeyi.ui.views.forbidden"
handler404 = "wugeyi.ui.views.not_found"
handler500 = "wugeyi.ui.views.server_error"
