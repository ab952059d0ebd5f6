"""Addresses of this app."""

from django.urls import path

from wugeyi.figures import views

app_name = "figures"
urlpatterns = [
    path("<slug:code>/<str:unit>/", views.opened, name="open"),
    path("<slug:code>/<str:unit>/csv/", views.as_csv, name="csv"),
    path("<slug:code>/<str:unit>/xlsx/", views.as_xlsx, name="xlsx"),
]
