"""Addresses of the pages for everybody."""

from django.urls import path

from wugeyi.casework.views import public, receipt, report

app_name = "public"
urlpatterns = [
    path("report", report.report, name="report"),
    path("report/hints", report.hints, name="hints"),
    path("report/places", report.places, name="places"),
    path("report/photo/<str:token>", report.kept_photo, name="kept-photo"),
    path("receipt/<int:pk>", receipt.receipt, name="receipt"),
    path("follow", receipt.follow, name="follow"),
    path("follow/<int:pk>", receipt.case, name="case"),
    path("follow/<int:pk>/answer", receipt.answer, name="answer"),
    path("follow/<int:pk>/withdraw", receipt.withdraw, name="withdraw"),
    path("follow/<int:pk>/erase", receipt.erase, name="erase"),
    path("follow/<int:pk>/drop", receipt.drop, name="drop"),
    path("follow/photo/<str:token>", receipt.picture, name="picture"),
    path("community", public.community, name="community"),
    path("areas.geojson", public.areas, name="areas"),
    path("public", public.everything, name="all"),
    path("public/photo/<int:pk>", public.photo, name="photo"),
    path("public/<str:code>", public.of_place, name="place"),
    path("privacy", receipt.privacy, name="privacy"),
    path("about", public.about, name="about"),
]
