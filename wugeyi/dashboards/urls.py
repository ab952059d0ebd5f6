"""Addresses of this app."""

from django.urls import path

from wugeyi.dashboards.views import areas, board, profile, quoted

app_name = "dashboards"
urlpatterns = [
    path("", board.home, name="home"),
    path("quoted/", quoted.quoted, name="quoted"),
    path("<str:code>/", profile.profile, name="profile"),
    path("<str:code>/board/", board.board, name="board"),
    path("<str:code>/areas.json", areas.areas, name="areas"),
]
