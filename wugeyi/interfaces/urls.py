"""Addresses of this app."""

from django.urls import path, re_path

from wugeyi.interfaces.views import data, discovery, georeport

app_name = "interfaces"
BASE = r"^311/(?P<base>v2|test)/"
FORM = r"\.(?P<form>[^/]*)$"
urlpatterns = [
    re_path(rf"^311/discovery{FORM}", discovery.discovery, name="discovery"),
    re_path(rf"{BASE}services{FORM}", georeport.services, name="services"),
    re_path(
        rf"{BASE}services/(?P<code>[^/]+){FORM}", georeport.service, name="service"
    ),
    re_path(rf"{BASE}requests{FORM}", georeport.requests, name="requests"),
    # The specification says "requests/…", Open311's own description "request/…".
    re_path(
        rf"{BASE}requests?/(?P<number>[^/]+){FORM}",
        georeport.request_of,
        name="request",
    ),
    re_path(rf"{BASE}tokens/(?P<code>[^/]+){FORM}", georeport.token, name="token"),
    re_path(rf"^data/(?P<code>[^/]+){FORM}", data.data, name="data"),
    path("311/<path:rest>", georeport.unknown, name="unknown"),
]
