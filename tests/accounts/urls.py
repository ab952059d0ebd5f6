from datetime import timedelta

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.utils import timezone

from wugeyi.accounts import actions
from wugeyi.accounts.throttle import throttled
from wugeyi.accounts.views.passwords import reset_sheet


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


@login_required
def sheet(request: HttpRequest) -> HttpResponse:
    """Stand for a higher app's page, whose administrator may do this."""
    link = actions.reset_link(user=request.user, by=request.user, at=timezone.now())
    return reset_sheet(request, link=link, back_url="/home")


urlpatterns = [
    path("sheet", sheet),
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
