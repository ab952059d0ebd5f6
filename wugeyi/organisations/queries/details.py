"""What the page of one organisation shows, at a fixed number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from wugeyi.organisations.models import (
    Area,
    FormerName,
    Organisation,
    Placement,
    Post,
    Succession,
    TreeView,
)
from wugeyi.organisations.queries.posts import in_force
from wugeyi.organisations.queries.trees import lineage
from wugeyi.organisations.rules import STATUTORY, keys

MOST_POSTS = 100


@dataclass(frozen=True, slots=True)
class InView:
    """Where an organisation stands in another view: the units above, from the root."""

    view: TreeView
    since: date | None
    above: Sequence[Organisation]


@dataclass(frozen=True, slots=True)
class Details:
    """An organisation with its history and its places."""

    organisation: Organisation
    lineage: Sequence[Organisation]
    former_names: Sequence[FormerName]
    successions: Sequence[Succession]
    origins: Sequence[Succession]
    views: Sequence[InView]
    moves: Sequence[Placement]
    area: Area | None


def details_of(organisation: Organisation) -> Details:
    """Return what there is to say of an organisation; eight queries at most."""
    placements = list(
        organisation.placements.select_related("view").order_by("-valid_from", "-id")
    )
    elsewhere = [
        each
        for each in placements
        if each.valid_to is None and each.view.code != STATUTORY
    ]
    above = Organisation.objects.in_bulk(
        {key for each in elsewhere for key in keys(each.path)[:-1]}
    )
    return Details(
        organisation=organisation,
        lineage=lineage(organisation),
        former_names=list(organisation.former_names.order_by("-valid_to")),
        successions=list(
            organisation.successions.select_related("successor").order_by("on", "id")
        ),
        origins=list(
            organisation.origins.select_related("predecessor").order_by("on", "id")
        ),
        views=[
            InView(
                each.view,
                each.valid_from,
                [above[key] for key in keys(each.path)[:-1] if key in above],
            )
            for each in elsewhere
        ],
        moves=[
            each
            for each in placements
            if each.valid_to is not None and each.view.code == STATUTORY
        ],
        area=Area.objects.filter(organisation=organisation).defer("geometry").first(),
    )


def posts_at(
    organisation: Organisation, *, on: date, ended: bool = False
) -> list[Post]:
    """Return the posts in force in an organisation, or those that ended; one query."""
    posts = organisation.posts.select_related("person")
    if ended:
        return list(
            posts.filter(valid_to__lte=on).order_by("-valid_to", "-id")[:MOST_POSTS]
        )
    coming = posts.filter(valid_from__gt=on)
    return list(
        (posts.filter(in_force(on)) | coming).order_by("role", "valid_from", "id")[
            :MOST_POSTS
        ]
    )
