"""Addresses of this app, below branch/."""

from django.urls import path

from wugeyi.branchwork.views import (
    approvals,
    decisions,
    dictionaries,
    home,
    imports,
    lists,
    records,
    register,
    suggestions,
)

app_name = "branchwork"
urlpatterns = [
    path("", home.home, name="home"),
    path("duties/", home.duties, name="duties"),
    path("imports/", imports.upload, name="imports"),
    path("imports/<int:pk>/", imports.batch, name="import"),
    path("imports/<slug:kind>.xlsx", imports.template, name="import-template"),
    path("words/", dictionaries.book, name="words"),
    path("words/<slug:name>/", dictionaries.book, name="book"),
    path("words/<slug:name>/new/", dictionaries.entry, name="new-entry"),
    path("words/<slug:name>/install/", dictionaries.install, name="install"),
    path("words/<slug:name>/<int:pk>/", dictionaries.entry, name="entry"),
    path("decisions/new/", decisions.new, name="new-decision"),
    path("decisions/<int:pk>/", decisions.decision, name="decision"),
    path("decisions/<int:pk>/print/", decisions.printed, name="print-decision"),
    path("decisions/<int:pk>/outcome/", decisions.outcome, name="outcome"),
    path("decisions/<int:pk>/cases/", decisions.link, name="link-case"),
    path("decisions/<int:pk>/procedure/", approvals.procedure, name="procedure"),
    path("decisions/<int:pk>/meetings/", approvals.meetings, name="meetings"),
    path(
        "decisions/<int:pk>/meetings/<slug:stage>/", approvals.minutes, name="minutes"
    ),
    path("decisions/<int:pk>/register.pdf", register.register, name="register"),
    path("pictures/<int:pk>/", approvals.picture, name="picture"),
    path("pictures/<int:pk>/thumb/", approvals.thumb, name="thumb"),
    path("pictures/<int:pk>/drop/", approvals.drop, name="drop-picture"),
    path("suggestions/new/", suggestions.new, name="new-suggestion"),
    path("suggestions/<int:pk>/", suggestions.suggestion, name="suggestion"),
    path("suggestions/<int:pk>/follow/", suggestions.follow, name="follow"),
    path("<slug:kind>/", lists.listing, name="records"),
    path("<slug:kind>/new/", records.new, name="new-record"),
    path("<slug:kind>/<int:pk>/", records.record, name="record"),
    path("<slug:kind>/<int:pk>/correct/", records.correct, name="correct"),
    path("<slug:kind>/<int:pk>/withdraw/", records.withdraw, name="withdraw"),
    path("<slug:kind>/<int:pk>/end/", records.end, name="end"),
]
