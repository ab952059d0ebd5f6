"""Addresses of this app: pages for everybody first, the desk below its prefix."""

from django.urls import path

from wugeyi.sharing.views import act, booking, desk, public

app_name = "sharing"
urlpatterns = [
    path("", public.home, name="home"),
    path("at/<str:code>", public.catalogue, name="catalogue"),
    path("at/<str:code>/thanks", public.wall, name="wall"),
    path("things/<int:pk>", public.thing, name="public-thing"),
    path("things/<int:pk>/calendar.ics", public.feed, name="feed"),
    path("things/<int:pk>/book", booking.book, name="book"),
    path("find", booking.find, name="find"),
    path("booking/<str:code>", booking.receipt, name="receipt"),
    path("desk/", desk.desk, name="desk"),
    path("desk/words", desk.words, name="words"),
    path("desk/words/new", desk.word, name="word-new"),
    path("desk/words/defaults", desk.defaults, name="defaults"),
    path("desk/words/<int:pk>", desk.word, name="word"),
    path("desk/at/<str:code>", desk.day, name="day"),
    path("desk/at/<str:code>/partners", desk.partners, name="partners"),
    path("desk/at/<str:code>/things", desk.things, name="things"),
    path("desk/at/<str:code>/thanks", desk.thanks, name="thanks"),
    path("desk/partners/<int:pk>", desk.partner, name="partner"),
    path("desk/things/<int:pk>", desk.thing, name="thing"),
    path("desk/bookings/<int:pk>", desk.booking, name="booking"),
    path("desk/act/<slug:noun>/<int:pk>/<slug:slug>", act.act, name="act"),
]
