"""Reads of the register: ranges of the tree, and what a person may reach."""

from collections.abc import Iterable
from datetime import date
from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from wugeyi.accounts.models import User
from wugeyi.organisations.models import Installation, Organisation, Post
from wugeyi.organisations.rules import NOBODY, Holding, Reach, Role, after, ancestors

Row = TypeVar("Row", bound=Model)


def installation() -> Installation | None:
    """Return the one row that names this installation, if it is set up."""
    return Installation.objects.first()


def reach_of(person: User, *, on: date) -> Reach:
    """Return what ``person``'s posts in force ``on`` a day reach; one query."""
    if not person.is_active:
        return NOBODY
    posts = (
        Post.objects.filter(person=person, valid_from__lte=on)
        .filter(Q(valid_to=None) | Q(valid_to__gt=on))
        .values_list("role", "organisation_id", "organisation__path")
        .order_by("id")
    )
    return Reach(tuple(Holding(Role(role), key, path) for role, key, path in posts))


def within(field: str, roots: Iterable[str]) -> Q:
    """Return the condition that ``field`` (a path) lies in one of the subtrees.

    No roots match nothing.
    """
    condition = Q(pk__in=[])
    for root in roots:
        condition |= Q(**{f"{field}__gte": root, f"{field}__lt": after(root)})
    return condition


def subtree(root: Organisation) -> QuerySet[Organisation]:
    """Return ``root`` and all below it today, in tree order: one indexed range."""
    return Organisation.objects.filter(within("path", [root.path])).order_by("path")


def lineage(organisation: Organisation) -> list[Organisation]:
    """Return the organisations above and itself, from the root down; one query."""
    paths = [*ancestors(organisation.path), organisation.path]
    return list(Organisation.objects.filter(path__in=paths).order_by("path"))
