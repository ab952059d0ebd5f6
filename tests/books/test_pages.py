"""Pages of the books: who sees what, what is kept, how many queries they take."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.books.collective import AT, Collective, rent, year_of_rent
from wugeyi.books.actions import drafts
from wugeyi.books.actions.posting import post_many
from wugeyi.books.models import Draft, Voucher

DAY = date(2024, 3, 5)


def client_of(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def accountant(collective: Collective) -> Client:
    return client_of(collective.accountant)


@pytest.fixture
def reviewer(collective: Collective) -> Client:
    return client_of(collective.reviewer)


def addresses(collective: Collective) -> list[str]:
    book = collective.book
    voucher = Voucher.objects.filter(book=book).first()
    draft = Draft.objects.filter(book=book).first()
    kinds = ("balance-sheet", "income", "notes", "trial-balance", "equity")
    return [
        reverse("books:home"),
        reverse("books:book", args=[book.pk]),
        reverse("books:accounts", args=[book.pk]),
        reverse("books:ledger", args=[book.pk, "102"]),
        reverse("books:items", args=[book.pk, "project"]),
        reverse("books:items", args=[book.pk, "household"]),
        reverse("books:drafts", args=[book.pk]),
        reverse("books:draft", args=[draft.pk]),
        reverse("books:vouchers", args=[book.pk]),
        reverse("books:voucher", args=[voucher.pk]),
        reverse("books:voucher-print", args=[voucher.pk]),
        reverse("books:templates", args=[book.pk]),
        reverse("books:months", args=[book.pk]),
        *(reverse("books:statement", args=[book.pk, kind]) for kind in kinds),
    ]


def filled(collective: Collective) -> Draft:
    """Books with a year, and a draft that waits."""
    post_many(book=collective.book, entries=list(year_of_rent()), **collective.people)
    draft = drafts.write(
        book=collective.book, day=date(2025, 1, 5), lines=rent(DAY).lines,
        by=collective.accountant, at=AT,
    )  # fmt: skip
    return drafts.submit(draft=draft, version=1, by=collective.accountant, at=AT)


def test_every_page_is_shown_to_who_may_read(collective: Collective) -> None:
    filled(collective)
    for user in (collective.accountant, collective.reviewer, collective.cashier):
        client = client_of(user)
        for address in addresses(collective):
            assert client.get(address).status_code == 200, address
    outsider = client_of(collective.world["outsider"])
    for address in addresses(collective)[1:]:
        assert outsider.get(address).status_code == 404, address


def test_pages_of_who_writes(collective: Collective, accountant: Client) -> None:
    draft = filled(collective)
    voucher = Voucher.objects.first()
    book = collective.book
    for address in (
        reverse("books:new"),
        reverse("books:edit", args=[book.pk]),
        reverse("books:enter", args=[book.pk]),
        reverse("books:enter", args=[book.pk]) + "?template=lease",
        reverse("books:enter", args=[book.pk]) + f"?copy={voucher.pk}",
        reverse("books:draft-change", args=[draft.pk]),
        reverse("books:sub-account", args=[book.pk]),
        reverse("books:item-new", args=[book.pk, "project"]),
        reverse("books:voucher-reverse", args=[voucher.pk]),
        reverse("books:template-new", args=[voucher.pk]),
    ):
        assert accountant.get(address).status_code == 200, address
        assert client_of(collective.reviewer).get(address).status_code == 403, address


def test_pages_of_who_reviews(collective: Collective, reviewer: Client) -> None:
    draft = filled(collective)
    for address in (
        reverse("books:review"),
        reverse("books:review-one", args=[draft.pk]),
    ):
        assert reviewer.get(address).status_code == 200, address
        assert client_of(collective.accountant).get(address).status_code == 403
