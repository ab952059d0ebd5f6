"""Addresses of the register's staff pages: people, and the trail for auditors."""

from django.urls import path

from wugeyi.organisations.views import people, trail

urlpatterns = [
    path("people", people.people, name="people"),
    path("people/new", people.take_on, name="take-on"),
    path("people/<int:pk>", people.person_page, name="person"),
    path("people/<int:pk>/contact", people.contact, name="contact"),
    path("people/<int:pk>/post", people.give_post, name="give-post"),
    path("people/<int:pk>/reset", people.reset, name="person-reset"),
    path("people/<int:pk>/<slug:slug>", people.act, name="person-act"),
    path("trail", trail.trail, name="trail"),
]
