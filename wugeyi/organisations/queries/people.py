"""People as administrators see them, at a fixed number of queries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django_otp.plugins.otp_totp.models import TOTPDevice

from wugeyi.accounts.models import User
from wugeyi.accounts.rules import normal_username
from wugeyi.organisations.models import Organisation, Post
from wugeyi.organisations.queries.trees import lineages, within
from wugeyi.organisations.rules import Reach, Role, inside, people

PAGE = 50


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person of a list with the posts the reader may know of."""

    user: User
    posts: Sequence[Post]
    codes: bool


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """People by sign-in name; ``older`` is the key of the next page or ""."""

    rows: Sequence[PersonRow]
    older: str


@dataclass(frozen=True, slots=True)
class PostRow:
    """A post, and what stands above its organisation."""

    post: Post
    above: Sequence[Organisation]
    over: bool


@dataclass(frozen=True, slots=True)
class PersonDetails:
    """A person's page. ``elsewhere``: posts are held that the reader may not know of."""

    user: User
    posts: Sequence[PostRow]
    elsewhere: bool
    visible: bool
    managed: bool
    codes: bool


def not_over(on: date) -> Q:
    """Return the condition that a post is held on a day or later."""
    return Q(valid_to=None) | Q(valid_to__gt=on)


def people_page(
    roots: Iterable[str],
    *,
    on: date,
    without_post: bool = False,
    text: str = "",
    after: str = "",
    size: int = PAGE,
) -> PeoplePage:
    """Return people with a post in the subtrees, or those with none anywhere.

    Three queries however many there are.

    Parameters
    ----------
    text
        Part of a name or of a sign-in name; "" asks for nothing.
    after
        The sign-in name the page before ended with.
    """
    below = within("organisation__path", list(roots))
    held = Post.objects.filter(not_over(on), person=OuterRef("pk"))
    found = User.objects.filter(
        ~Exists(held) if without_post else Exists(held.filter(below))
    )
    if text:
        found = found.filter(
            Q(name__icontains=text) | Q(username__contains=normal_username(text))
        )
    if after:
        found = found.filter(username__gt=after)
    shown = Post.objects.filter(not_over(on) & below).select_related("organisation")
    users = list(
        found.order_by("username").prefetch_related(
            Prefetch("posts", shown.order_by("valid_from", "id"), to_attr="shown")
        )[: size + 1]
    )
    more = len(users) > size
    users = users[:size]
    codes = _with_codes(users)
    rows = [PersonRow(u, getattr(u, "shown", []), u.pk in codes) for u in users]
    return PeoplePage(rows, users[-1].username if more else "")


def person_details(user: User, reach: Reach, *, on: date) -> PersonDetails:
    """Return what this reader may know of a person; three queries."""
    posts = list(
        user.posts.select_related("organisation").order_by("-valid_from", "-id")
    )
    held = [p.organisation.path for p in posts if _held(p, on)]
    roots = reach.roots([Role.ADMINISTRATOR])
    known = [
        each
        for each in posts
        if any(inside(each.organisation.path, root) for root in roots)
    ]
    above = lineages(each.organisation for each in known)
    return PersonDetails(
        user=user,
        posts=[
            PostRow(each, above[each.organisation_id], not _held(each, on))
            for each in known
        ],
        elsewhere=len(held) > sum(_held(each, on) for each in known),
        visible=people.may_see(reach, held, (p.organisation.path for p in posts)),
        managed=people.may_manage(reach, held),
        codes=bool(_with_codes([user])),
    )


def _held(post: Post, on: date) -> bool:
    return post.valid_to is None or post.valid_to > on


def _with_codes(users: Iterable[User]) -> set[int]:
    devices: QuerySet[TOTPDevice] = TOTPDevice.objects.filter(
        user__in=[user.pk for user in users], confirmed=True
    )
    return set(devices.values_list("user_id", flat=True))
