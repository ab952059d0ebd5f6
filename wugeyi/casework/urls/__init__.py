"""Addresses of casework: the public pages at the root, the desk below its prefix."""

from django.urls import include, path

from wugeyi.casework.views import public

urlpatterns = [
    path("", public.home, name="home"),
    path("", include("wugeyi.casework.urls.public")),
    path("desk/", include("wugeyi.casework.urls.desk")),
]
