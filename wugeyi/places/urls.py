"""Addresses of streets, facilities and homes."""

from django.urls import path

from wugeyi.places.views import facilities, homes, networks, osm, tables, units

app_name = "places"
urlpatterns = [
    path("", units.start, name="start"),
    path("templates/", units.install, name="install-templates"),
    path("at/<str:code>/", units.unit, name="unit"),
    path("at/<str:code>/facilities/", facilities.listed, name="facilities"),
    path("at/<str:code>/facilities/new/", facilities.new, name="new-facility"),
    path("facilities/<int:pk>/", facilities.facility, name="facility"),
    path("facilities/<int:pk>/edit/", facilities.edit, name="edit-facility"),
    path("facilities/<int:pk>/close/", facilities.close, name="close-facility"),
    path("facilities/<int:pk>/reopen/", facilities.reopen, name="reopen-facility"),
    path("at/<str:code>/homes/", homes.listed, name="homes"),
    path("at/<str:code>/homes/new/", homes.new, name="new-home"),
    path("homes/<int:pk>/", homes.home, name="home"),
    path("homes/<int:pk>/edit/", homes.edit, name="edit-home"),
    path("homes/<int:pk>/close/", homes.close, name="close-home"),
    path("homes/<int:pk>/reopen/", homes.reopen, name="reopen-home"),
    path("at/<str:code>/networks/", networks.listed, name="networks"),
    path("networks/<int:pk>/", networks.network, name="network"),
    path("networks/<int:pk>/ground", networks.ground, name="ground"),
    path("at/<str:code>/imports/", tables.imports, name="imports"),
    path("at/<str:code>/imports/table/", tables.send, name="send-table"),
    path("at/<str:code>/imports/osm/", osm.send, name="send-osm"),
    path("imports/blank/<str:sort>.xlsx", tables.blank, name="blank"),
    path("imports/<int:pk>/", tables.batch, name="import"),
    path("imports/<int:pk>/osm/", osm.batch, name="osm"),
]
