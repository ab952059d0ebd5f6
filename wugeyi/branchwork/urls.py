"""Addresses of this app."""

from django.urls import URLPattern

app_name = "branchwork"
urlpatterns: list[URLPattern] = []
