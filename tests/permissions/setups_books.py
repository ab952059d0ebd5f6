"""What stands in the community when a row of its books is asked.

The accountant is one of the people of the matrix. Where somebody must review, the
worker of the town does; the supervisor reviews too, but holds the cash besides and so
never may.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.core.files.base import ContentFile

from tests.casework.world import NOW, START, World
from tests.uploads.pictures import photo, saved
from wugeyi.books.actions import drafts, papers, requests, templates
from wugeyi.books.actions.books import add_item, open_book
from wugeyi.books.actions.posting import post
from wugeyi.books.models import Book, Draft, Keeper, Voucher
from wugeyi.books.rules.entries import Entry, Line
from wugeyi.books.rules.months import month_of
from wugeyi.organisations.models import Organisation, Post
from wugeyi.organisations.rules import Role
from wugeyi.uploads.actions import store

Laid = tuple[dict[str, Any], dict[str, Any]]
BEGINS = date(2026, 1, 1)
DAY = date(2026, 1, 10)
LINES = (Line("102", 100, 0, "租金"), Line("501", 0, 100, "租金"))


def _book(world: World) -> Book:
    _appoint(world, "town_worker", Role.REVIEWER, world.town)
    _appoint(world, "supervisor", Role.REVIEWER, world.town)
    _appoint(world, "supervisor", Role.CASHIER, world.community)
    return open_book(
        organisation=world.community,
        keeper=Keeper.COLLECTIVE,
        regime="2023",
        code="JQ",
        name_zh="金桥股份经济合作社",
        begins_on=BEGINS,
        by=world["accountant"],
        at=NOW,
    )


def _appoint(world: World, name: str, role: Role, unit: Organisation) -> None:
    Post.objects.create(
        person=world[name], role=role.value, organisation=unit, valid_from=START
    )


def _draft(world: World) -> Draft:
    return drafts.write(
        book=_book(world), day=DAY, lines=LINES, by=world["accountant"], at=NOW
    )


def _waiting(world: World) -> Draft:
    draft = _draft(world)
    return drafts.submit(
        draft=draft, version=draft.version, by=world["accountant"], at=NOW
    )


def _voucher(world: World) -> Voucher:
    return post(
        book=_book(world),
        entry=Entry(DAY, LINES),
        prepared_by=world["accountant"],
        reviewed_by=world["town_worker"],
        by=world["town_worker"],
        at=NOW,
    )


def asked(world: World) -> Laid:
    made = requests.ask_to_close(
        book=_book(world), month=month_of(BEGINS), by=world["accountant"], at=NOW
    )
    return {"pk": made.pk}, {"version": 1}


def paper(world: World) -> Laid:
    upload = store(file=ContentFile(saved(photo()), "p.jpg"), by=None, at=NOW)
    made = papers.add_paper(
        draft=_draft(world), upload=upload, by=world["accountant"], at=NOW
    )
    return {"pk": made.pk}, {}


def item(world: World) -> Laid:
    made = add_item(
        book=_book(world), kind="project", code="P1", name="研学", by=None, at=NOW
    )
    return {"pk": made.pk}, {}


def template(world: World) -> Laid:
    made = templates.add_template(
        voucher=_voucher(world), name="租金", by=world["accountant"], at=NOW
    )
    return {"pk": made.pk}, {}


def reviewers(world: World) -> Laid:
    _book(world)
    return {}, {}


SETUPS: dict[str, Callable[[World], Laid]] = {
    "vb-book": lambda world: ({"pk": _book(world).pk}, {}),
    "vb-account": lambda world: ({"pk": _book(world).pk, "code": "102"}, {}),
    "vb-project": lambda world: ({"pk": _book(world).pk, "kind": "project"}, {}),
    "vb-income": lambda world: ({"pk": _book(world).pk, "kind": "income"}, {}),
    "vb-draft": lambda world: ({"pk": _draft(world).pk}, {"version": 1}),
    "vb-waiting": lambda world: ({"pk": _waiting(world).pk}, {"version": 2}),
    "vb-voucher": lambda world: ({"pk": _voucher(world).pk}, {}),
    "vb-asked": asked,
    "vb-paper": paper,
    "vb-item": item,
    "vb-template": template,
    "vb-reviewers": reviewers,
}
