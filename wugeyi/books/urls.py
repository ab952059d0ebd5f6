"""Addresses of the village books."""

from django.urls import path

from wugeyi.books.views import home, totals

app_name = "books"
urlpatterns = [
    path("", home.home, name="home"),
    path("totals", totals.home, name="totals"),
    path("totals/<str:code>", totals.unit, name="totals-of"),
]
