"""Addresses of the one-stop desk."""

from django.urls import path

from wugeyi.services.views import (
    catalogue,
    matters,
    public,
    queue,
    statistics,
    window,
)

app_name = "services"
urlpatterns = [
    path("", public.home, name="home"),
    path("at/<str:code>/", public.catalogue, name="catalogue"),
    path("at/<str:code>/waiting/", public.waiting, name="waiting"),
    path("at/<str:code>/<int:pk>/", public.service, name="service"),
    path("desk/", queue.desks, name="desks"),
    path("desk/<str:code>/", queue.queue, name="queue"),
    path("desk/<str:code>/arrive/", queue.arrive, name="arrive"),
    path("desk/<str:code>/register/", window.register, name="register"),
    path("desk/<str:code>/again/", window.again, name="again"),
    path("desk/<str:code>/matters/", matters.matters, name="matters"),
    path("desk/<str:code>/figures/", statistics.statistics, name="statistics"),
    path("desk/<str:code>/list/", catalogue.entries, name="entries"),
    path("desk/<str:code>/list/new/", catalogue.new_entry, name="new-entry"),
    path("desk/<str:code>/list/examples/", catalogue.examples, name="examples"),
    path("list/<int:pk>/", catalogue.entry, name="entry"),
    path("list/<int:pk>/materials/", catalogue.add_material, name="add-material"),
    path("list/<int:pk>/steps/", catalogue.add_step, name="add-step"),
    path("materials/<int:pk>/", catalogue.material, name="material"),
    path("materials/<int:pk>/end/", catalogue.end_material, name="end-material"),
    path("steps/<int:pk>/end/", catalogue.end_step, name="end-step"),
    path("matters/<int:pk>/", matters.matter, name="matter"),
    path("matters/<int:pk>/trip/", window.trip, name="trip"),
    path("visits/<int:pk>/slip/", window.slip, name="slip"),
    path("visits/<int:pk>/<slug:slug>/", queue.act, name="act"),
]
