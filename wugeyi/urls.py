"""Addresses of the whole product; each app names its own below a prefix."""

from django.urls import include, path

urlpatterns = [
    path("", include("wugeyi.ui.urls")),
    path("account/", include("wugeyi.accounts.urls")),
    path("register/", include("wugeyi.organisations.urls")),
    path("audit/", include("wugeyi.audit.urls")),
    path("work/", include("wugeyi.jobs.urls")),
    path("places/", include("wugeyi.places.urls")),
    path("figures/", include("wugeyi.figures.urls")),
    path("services/", include("wugeyi.services.urls")),
    path("talents/", include("wugeyi.talents.urls")),
    path("branch/", include("wugeyi.branchwork.urls")),
    path("projects/", include("wugeyi.projects.urls")),
    path("circles/", include("wugeyi.circles.urls")),
    path("bus/", include("wugeyi.buslines.urls")),
    path("books/", include("wugeyi.books.urls")),
    path("holdings/", include("wugeyi.holdings.urls")),
    path("notices/", include("wugeyi.notices.urls")),
    path("send/", include("wugeyi.submissions.urls")),
    path("", include("wugeyi.submissions.root_urls")),
    path("stations/", include("wugeyi.stations.urls")),
    path("volunteering/", include("wugeyi.volunteering.urls")),
    path("sharing/", include("wugeyi.sharing.urls")),
    path("open/", include("wugeyi.interfaces.urls")),
    path("reports/", include("wugeyi.reports.urls")),
    path("overview/", include("wugeyi.dashboards.urls")),
    path("", include("wugeyi.casework.urls")),
]
handler400 = "wugeyi.ui.views.bad_request"
handler403 = "wugeyi.ui.views.forbidden"
handler404 = "wugeyi.ui.views.not_found"
handler500 = "wugeyi.ui.views.server_error"
