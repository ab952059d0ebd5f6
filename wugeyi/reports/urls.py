"""Addresses of this app."""

from django.urls import include, path

app_name = "reports"
urlpatterns = [
    path("paragraph/", include("wugeyi.reports.paragraphs.urls")),
]
