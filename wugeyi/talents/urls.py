"""Addresses of this app."""

from django.urls import URLPattern

app_name = "talents"
urlpatterns: list[URLPattern] = []
