"""Telling somebody something, once: a row beside the act, and nothing else.

No letter is sent here and no network asked. The worker finds who hears it.
"""

from collections.abc import Mapping
from datetime import datetime
from urllib.parse import urlencode

from django.db import connection
from django.db.transaction import TransactionManagementError

from wugeyi.notices import registry
from wugeyi.notices.models import Choice, Notice, Subscriber
from wugeyi.notices.registry import Event
from wugeyi.notices.rules import Reader


def tell(
    *,
    event: str,
    to: Reader,
    values: Mapping[str, str],
    url: str,
    key: str,
    at: datetime,
) -> None:
    """Tell a reader of an event, in the transaction of the act it tells of.

    Where nobody listens it costs one query and leaves nothing. The same ``key`` tells
    once, however often and from wherever it is called.

    Parameters
    ----------
    event
        The code of a registered :class:`~wugeyi.notices.registry.Event`.
    to
        Whom: ``Reader.person``, ``Reader.holder`` or ``Reader.at_desk``.
    values
        What goes into its sentences; never another person's name or number.
    url
        The page it is about, on this site, as ``reverse`` gives it; at most 300.
    key
        At most 160 characters, beginning with the app's name: ``casework.answered:17:3``.

    Raises
    ------
    KeyError
        No app registered the event.
    TransactionManagementError
        There is no open transaction: the act could fail and the message still go out.
    """
    known = registry.event(event)
    if not connection.in_atomic_block:
        raise TransactionManagementError("tell belongs inside transaction.atomic.")
    if not _heard(known, to):
        return
    row = Notice(
        event=event,
        user_id=to.user,
        topic=to.topic,
        topic_key=to.key,
        desk=to.desk,
        roles=" ".join(to.roles),
        subscriber_id=to.subscriber,
        values=urlencode(values),
        url=url,
        key=key,
        told_at=at,
    )
    # Two at the same moment: the database keeps the first.
    Notice.objects.bulk_create([row], ignore_conflicts=True)


def _heard(event: Event, to: Reader) -> bool:
    if to.subscriber is not None:
        return True
    if to.topic:
        return Subscriber.objects.filter(
            topic=to.topic, follows_key=to.key, ended_at=None
        ).exists()
    if event.default:
        return True
    wanted = Choice.objects.filter(event=event.code, wanted=True)
    if to.user is not None:
        wanted = wanted.filter(subscriber__user=to.user)
    return wanted.exists()
