"""Addresses of this app."""

from django.urls import path, re_path

from wugeyi.interfaces.views import (
    calendars,
    data,
    discovery,
    georeport,
    home,
    hooks,
    keys,
)

app_name = "interfaces"
BASE = r"^311/(?P<base>v2|test)/"
FORM = r"\.(?P<form>[^/]*)$"
urlpatterns = [
    path("", home.home, name="home"),
    path("openapi.json", home.openapi, name="openapi"),
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
    path("311/<path:rest>", georeport.unknown, name="unknown"),
    re_path(rf"^data/(?P<code>[^/]+){FORM}", data.data, name="data"),
    path("calendar", calendars.calendar, name="calendar"),
    path("calendar/<str:secret>.ics", calendars.feed, name="feed"),
    path("keys", keys.keys, name="keys"),
    path("keys/new", keys.new, name="key-new"),
    path("keys/<int:pk>/revoke", keys.revoke, name="key-revoke"),
    path("terms", keys.terms, name="terms"),
    path("webhooks", hooks.targets, name="targets"),
    path("webhooks/new", hooks.new, name="target-new"),
    path("webhooks/<int:pk>", hooks.target, name="target"),
    path("webhooks/<int:pk>/<slug:slug>", hooks.act, name="target-act"),
]
