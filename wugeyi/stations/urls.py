"""Addresses of this app. Codes of stations are capitals: words never are."""

from django.urls import path

from wugeyi.stations.views import (
    broken,
    checklists,
    desk,
    gaps,
    public,
    running,
    tables,
)

app_name = "stations"
urlpatterns = [
    path("", public.listed, name="list"),
    path("rows", public.rows, name="rows"),
    path("broken", broken.broken, name="broken"),
    path("stations.json", public.as_json, name="json"),
    path("stations.geojson", public.as_geojson, name="geojson"),
    path("at/<slug:code>", public.station, name="station"),
    path("at/<slug:code>/sign.pdf", public.sign, name="sign"),
    path("desk/", desk.listed, name="desk"),
    path("desk/new", desk.new, name="new"),
    path("desk/<int:pk>", desk.station, name="desk-station"),
    path("desk/<int:pk>/history", desk.history, name="history"),
    path("desk/<int:pk>/edit", desk.edit, name="edit"),
    path("desk/<int:pk>/hours", running.hours, name="hours"),
    path("desk/<int:pk>/days-off", running.days_off, name="days-off"),
    path("desk/<int:pk>/check", running.check, name="check"),
    path("desk/<int:pk>/close", running.close, name="close"),
    path("desk/<int:pk>/reopen", running.reopen, name="reopen"),
    path("desk/<int:pk>/end", running.end, name="end"),
    path("desk/<int:pk>/visits", running.counted, name="visits"),
    path("desk/<int:pk>/tap", running.tap, name="tap"),
    path("desk/checklist", checklists.checklist, name="checklist"),
    path("desk/dictionaries", checklists.dictionaries, name="dictionaries"),
    path("desk/dictionaries/defaults", checklists.defaults, name="defaults"),
    path("desk/dictionaries/<slug:what>/new", checklists.word, name="word-new"),
    path("desk/dictionaries/<slug:what>/<int:pk>", checklists.word, name="word"),
    path("desk/lists/<int:pk>", checklists.wanted, name="wanted"),
    path("desk/imports", tables.imports, name="imports"),
    path("desk/imports/<int:pk>", tables.batch, name="import"),
    path("desk/blank/<slug:sort>.xlsx", tables.blank, name="blank"),
    path("desk/export/<slug:kind>", tables.export, name="export"),
    path("desk/gaps", gaps.gaps, name="gaps"),
    path("desk/gaps/take", gaps.take, name="take-points"),
    path("desk/gaps/drop", gaps.drop, name="drop-points"),
    path("desk/gaps/<int:pk>", gaps.gap, name="gap"),
]
