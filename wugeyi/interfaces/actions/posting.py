"""A need another program posts becomes a case, once."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid5

from django.db import IntegrityError, transaction
from django.urls import reverse

from wugeyi.audit.rules import Actor
from wugeyi.casework.actions.intake import Need, register
from wugeyi.casework.models.cases import Channel
from wugeyi.interfaces.models import ApiKey, Posted
from wugeyi.interfaces.queries.posted import Report, known
from wugeyi.submissions.actions.conflicts import First, Other, keep_beside
from wugeyi.uploads.models import Upload

KIND = "open311"
NAMESPACE = UUID("7f5a2c1e-9a41-5a0b-8f53-3c1d0e6b7a90")


def post(
    *, key: ApiKey, report: Report, photos: Sequence[Upload], at: datetime
) -> Posted:
    """Make a case, routed as any other; sent again it is the one that is there.

    Raises
    ------
    Refused
        OTHER_CONTENT.
    """
    need = Need(
        client_id=uuid5(NAMESPACE, f"{key.pk}:{report.token}"),
        text=report.text,
        category=report.category,
        place=report.place,
        channel=Channel.API.value,
        spot=report.spot,
        lon=report.lon,
        lat=report.lat,
        asker=report.asker,
    )
    try:
        with transaction.atomic():
            done = register(need=need, photos=photos, by=Actor(key.name), at=at)
            return Posted.objects.create(
                key=key,
                case=done.case,
                token=report.token,
                content=report.content,
                media_url=report.media_url,
                at=at,
            )
    except IntegrityError:
        # The same at the same moment: the other one was first.
        found = known(key=key, report=report, at=at)
        if found is None:
            raise
        return found


def keep_other(
    *,
    key: ApiKey,
    report: Report,
    content: str,
    photos: Sequence[Upload],
    at: datetime,
) -> None:
    """Keep what came under a token that was used, for people to judge beside its case."""
    first = Posted.objects.select_related("case").get(key=key, token=report.token)
    case = first.case
    keep_beside(
        first=First(
            client_id=case.client_id,
            kind=KIND,
            digest=first.content,
            organisation_id=case.place_id,
            staff_url=reverse("desk:case", args=[case.pk]),
            received_at=first.at,
        ),
        other=Other(KIND, report.content, content, photos),
        by=Actor(key.name),
        at=at,
    )
