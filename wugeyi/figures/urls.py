"""Addresses of this app."""

from django.urls import path

from wugeyi.figures import views

app_name = "figures"
urlpatterns = [
    path("<slug:code>/<str:unit>/", views.opened, name="open"),
]
