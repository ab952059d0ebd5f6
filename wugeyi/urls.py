"""Addresses of the whole product; each app names its own below a prefix."""

from django.urls import include, path

urlpatterns = [
    path("", include("wugeyi.ui.urls")),
    path("account/", include("wugeyi.accounts.urls")),
    path("register/", include("wugeyi.organisations.urls")),
    path("audit/", include("wugeyi.audit.urls")),
    path("", include("wugeyi.casework.urls")),
]
handler400 = "wugeyi.ui.views.bad_request"
handler403 = "wugeyi.ui.views.forbidden"
handler404 = "wugeyi.ui.views.not_found"
handler500 = "wugeyi.ui.views.server_error"
