"""Addresses of this app."""

from django.urls import URLPattern

app_name = "buslines"
urlpatterns: list[URLPattern] = []
