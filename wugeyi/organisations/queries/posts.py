"""Whose installation this is, and what a person's posts reach."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from wugeyi.accounts.models import User
from wugeyi.organisations.models import Installation, Organisation, Post
from wugeyi.organisations.rules import NOBODY, Holding, Reach, Role, ancestors


def keeps_installation(reach: Reach) -> bool:
    """Tell whether these are administrators of what holds for the whole installation.

    Theirs is the seat, or everything above it; without a seat, a root of the register.
    """
    row = Installation.objects.select_related("seat").first()
    if row is not None and row.seat is not None:
        return reach.covers([Role.ADMINISTRATOR], row.seat.path)
    return any(
        held.role is Role.ADMINISTRATOR and not ancestors(held.path)
        for held in reach.holdings
    )


def in_force(on: date) -> Q:
    """Return the condition that a post is in force on a day."""
    return Q(valid_from__lte=on) & (Q(valid_to=None) | Q(valid_to__gt=on))


def reach_of(person: User, *, on: date) -> Reach:
    """Return what ``person``'s posts in force ``on`` a day reach; one query."""
    if not person.is_active:
        return NOBODY
    posts = (
        Post.objects.filter(in_force(on), person=person)
        .values_list("role", "organisation_id", "organisation__path")
        .order_by("id")
    )
    return Reach(tuple(Holding(Role(role), key, path) for role, key, path in posts))


def held(reach: Reach, roles: Iterable[Role]) -> QuerySet[Organisation]:
    """Return the living organisations at which one of ``roles`` is held."""
    wanted = frozenset(roles)
    keys = {each.organisation_id for each in reach.holdings if each.role in wanted}
    return Organisation.objects.filter(pk__in=keys, valid_to=None).order_by("path")
