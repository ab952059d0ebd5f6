"""Addresses a browser looks for at the root: they hold for the whole site."""

from django.urls import path

from wugeyi.submissions.views import pages

app_name = "offline"
urlpatterns = [
    path("service-worker.js", pages.service_worker, name="service-worker"),
    path("manifest.webmanifest", pages.manifest, name="manifest"),
]
