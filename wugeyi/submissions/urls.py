"""Addresses below /send/."""

from django.urls import path

from wugeyi.submissions.views import conflicts, pages, sending

app_name = "submissions"
urlpatterns = [
    path("queue", pages.queue, name="queue"),
    path("copy", pages.copy, name="copy"),
    path("who", sending.who, name="who"),
    path("photos/<uuid:key>", sending.photo, name="photo"),
    path("conflicts", conflicts.conflicts, name="conflicts"),
    path("conflicts/<int:pk>", conflicts.conflict, name="conflict"),
    path("conflicts/photo/<int:pk>", conflicts.conflict_photo, name="conflict-photo"),
    path("<slug:code>", sending.take, name="take"),
]
