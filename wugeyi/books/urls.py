"""Addresses of the village books."""

from django.urls import path

from wugeyi.books.views import home

app_name = "books"
urlpatterns = [
    path("", home.home, name="home"),
]
