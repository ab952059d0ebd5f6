from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path
from django.views.decorators.csrf import csrf_protect

AREAS = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature",
            "properties": {"name": "金元社区"},
            "geometry": {
                "type": "Polygon",
                "coordinates": [
                    [[106.6, 26.5], [106.8, 26.5], [106.8, 26.7], [106.6, 26.7]],
                    [
                        [106.69, 26.59],
                        [106.71, 26.59],
                        [106.71, 26.61],
                        [106.69, 26.61],
                    ],
                ],
            },
        }
    ],
}


def point(lon: float, title: str) -> dict[str, object]:
    return {
        "type": "Feature",
        "properties": {"title": title, "url": "javascript:alert(1)"},
        "geometry": {"type": "Point", "coordinates": [lon, 26.6]},
    }


POINTS = {
    "type": "FeatureCollection",
    "features": [
        point(106.7, "<b>甲</b>"),
        point(106.700001, "乙"),
        point(106.8, "丙"),
    ],
}


def refuse(_request: HttpRequest) -> HttpResponse:
    raise PermissionDenied("这件事已转给路灯管理所。")


def fail(_request: HttpRequest) -> HttpResponse:
    raise RuntimeError("the database is gone")


@csrf_protect
def sheet(request: HttpRequest) -> HttpResponse:
    """A page with what scripts enhance; a POST is refused, or accepted with ?ok."""
    return render(
        request,
        "ui_tests/sheet.html",
        {
            "areas": AREAS,
            "points": POINTS,
            "accepted": "ok" in request.GET,
            "sent": request.FILES.getlist("photos"),
        },
    )


urlpatterns = [
    path("", include("wugeyi.ui.urls")),
    path("", sheet, name="home"),
    path("refuse", refuse),
    path("fail", fail),
]
handler400 = "wugeyi.ui.views.bad_request"
handler403 = "wugeyi.ui.views.forbidden"
handler404 = "wugeyi.ui.views.not_found"
handler500 = "wugeyi.ui.views.server_error"
