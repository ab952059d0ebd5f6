"""Addresses of this app."""

from django.urls import path

from wugeyi.holdings.views import (
    act,
    assets,
    books,
    companies,
    contracts,
    distribution,
    members,
)

app_name = "holdings"
urlpatterns = [
    path("", books.home, name="home"),
    path("books/<int:pk>", books.book, name="book"),
    path("books/<int:pk>/assets", assets.assets, name="assets"),
    path("books/<int:pk>/depreciation", assets.depreciations, name="depreciations"),
    path("books/<int:pk>/contracts", contracts.contracts, name="contracts"),
    path("books/<int:pk>/promises", books.promises, name="promises"),
    path("books/<int:pk>/members", members.members, name="members"),
    path("books/<int:pk>/investments", companies.investments, name="investments"),
    path(
        "books/<int:pk>/distributions", distribution.distributions, name="distributions"
    ),
    path("assets/<int:pk>", assets.asset, name="asset"),
    path("depreciation/<int:pk>", assets.depreciation, name="depreciation"),
    path("contracts/<int:pk>", contracts.contract, name="contract"),
    path("households/<int:pk>", members.household, name="household"),
    path("certificates/<int:pk>", members.certificate, name="certificate"),
    path("companies", companies.companies, name="companies"),
    path("companies/<int:pk>", companies.company, name="company"),
    path("dividends/<int:pk>", companies.dividend, name="dividend"),
    path("investments/<int:pk>", companies.investment, name="investment"),
    path("distributions/<int:pk>", distribution.distribution, name="distribution"),
    path("distributions/<int:pk>/notice", distribution.notice, name="notice"),
    path("act/<slug:noun>/<int:pk>/<slug:slug>", act.act, name="act"),
]
