"""Whose installation this is, and what a person's posts reach."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

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


AT_A_DESK = (Role.WORKER, Role.DISPATCHER, Role.DEPARTMENT, Role.SUPERVISOR)


def people_at(desk: int, roles: tuple[str, ...], at: datetime) -> list[int]:
    """Return the accounts of who works at an organisation; two queries at most.

    With ``roles``: of whoever holds one of them there or above it.
    """
    posts = Post.objects.filter(in_force(timezone.localdate(at)))
    if not roles:
        posts = posts.filter(organisation=desk, role__in=AT_A_DESK)
    else:
        path = Organisation.objects.filter(pk=desk).values_list("path", flat=True)
        above = [*ancestors(path[0]), path[0]] if path else []
        posts = posts.filter(organisation__path__in=above, role__in=roles)
    return sorted(set(posts.values_list("person_id", flat=True)))


def holds_a_post(request: HttpRequest) -> bool:
    """Tell whether a request comes from who holds any post today."""
    return bool(getattr(request, "reach", NOBODY).holdings)


def keeps_sending(request: HttpRequest) -> bool:
    """Tell whether a request comes from who looks after the whole installation."""
    reach = getattr(request, "reach", NOBODY)
    return keeps_installation(reach)


def held(reach: Reach, roles: Iterable[Role]) -> QuerySet[Organisation]:
    """Return the living organisations at which one of ``roles`` is held."""
    wanted = frozenset(roles)
    keys = {each.organisation_id for each in reach.holdings if each.role in wanted}
    return Organisation.objects.filter(pk__in=keys, valid_to=None).order_by("path")
