"""Following something by its receipt: asked for, confirmed, ended, erased.

Each address of a holder is a subscriber of its own, so that two people who hold one
receipt never learn of each other.
"""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from wugeyi.audit.actions import record
from wugeyi.audit.rules import Actor, Private, new_salt
from wugeyi.notices import registry
from wugeyi.notices.actions.telling import tell
from wugeyi.notices.links import confirm_path
from wugeyi.notices.models import Address, Delivery, Subscriber
from wugeyi.notices.rules import CONFIRM, CONFIRM_WITHIN, Reader

HOLDER = Actor("诉求人")
BATCH = 500
EMAIL, PUSH = "email", "push"


def _found(topic: str, key: int, way: str, value: str) -> Address | None:
    return (
        Address.objects.filter(
            subscriber__topic=topic,
            subscriber__topic_key=key,
            subscriber__ended_at=None,
            way=way,
            value=value,
        )
        .select_related("subscriber")
        .first()
    )


def _begin(
    topic: str, key: int, way: str, language: str, at: datetime, **fields: object
) -> Address:
    known = registry.topic(topic)
    follows, until = known.standing(key) if known is not None else (key, None)
    subscriber = Subscriber.objects.create(
        topic=topic,
        topic_key=key,
        follows_key=follows,
        keep_until=until,
        language=language,
        created_at=at,
    )
    address = Address.objects.create(
        subscriber=subscriber, way=way, created_at=at, **fields
    )
    record(
        action="notices.subscribe",
        subject=subscriber,
        by=HOLDER,
        at=at,
        after={
            "topic": topic,
            "key": key,
            "way": way,
            "address": Private(address.value, subscriber.salt),
        },
    )
    return address


@transaction.atomic
def follow_by_email(
    *, topic: str, key: int, email: str, language: str, at: datetime
) -> Address:
    """Ask for news by e-mail. Nothing but a link to confirm it goes there before that.

    Asking again sends that link again, unless it was confirmed. Whether this request
    may follow the row is for the caller.
    """
    address = _found(topic, key, EMAIL, email) or _begin(
        topic, key, EMAIL, language, at, value=email
    )
    if address.confirmed_at is None:
        tell(
            event=CONFIRM,
            to=Reader.follower(address.subscriber_id),
            values={"address": str(address.pk)},
            url=confirm_path(address),
            key=f"{CONFIRM}:{address.pk}:{at:%Y%m%d%H%M}",
            at=at,
        )
    return address


@transaction.atomic
def follow_by_push(
    *,
    topic: str,
    key: int,
    endpoint: str,
    public_key: str,
    auth: str,
    language: str,
    at: datetime,
) -> Address:
    """Tell a browser of news. It asked its person itself, so nothing is to confirm."""
    address = _found(topic, key, PUSH, endpoint)
    if address is None:
        address = _begin(
            *(topic, key, PUSH, language, at),
            value=endpoint,
            public_key=public_key,
            auth=auth,
            confirmed_at=at,
        )
        _welcome(address.subscriber, at=at)
    return address


@transaction.atomic
def confirm(*, address: Address, at: datetime) -> bool:
    """Note that whoever reads an e-mail address wants this; False: it stands already."""
    row = (
        Address.objects.select_for_update(of=("self",))
        .select_related("subscriber")
        .filter(pk=address.pk)
        .first()
    )
    if row is None or row.confirmed_at is not None:
        return False
    row.confirmed_at = at
    row.save(update_fields=["confirmed_at"])
    record(
        action="notices.confirm",
        subject=row.subscriber,
        by=HOLDER,
        at=at,
        after={"way": row.way, "address": Private(row.value, row.subscriber.salt)},
    )
    _welcome(row.subscriber, at=at)
    return True


def _welcome(subscriber: Subscriber, *, at: datetime) -> None:
    topic = registry.topic(subscriber.topic)
    if topic is not None and subscriber.topic_key is not None:
        topic.welcome(Reader.follower(subscriber.pk), subscriber.topic_key, at)


@transaction.atomic
def end(*, subscriber: Subscriber, at: datetime, erased: bool = False) -> bool:
    """End what a holder hears and erase where they were reached; False: it had ended."""
    row = Subscriber.objects.select_for_update().get(pk=subscriber.pk)
    if row.ended_at is not None or row.user_id is not None:
        return False
    ways = sorted(set(row.addresses.values_list("way", flat=True)))
    Delivery.objects.filter(address__subscriber=row, letter=None).delete()
    row.addresses.all().delete()
    row.choices.all().delete()
    # With a fresh salt nobody can try addresses against the old hashes any more.
    row.ended_at, row.salt = at, new_salt()
    row.save(update_fields=["ended_at", "salt"])
    record(
        action="notices.erase" if erased else "notices.unsubscribe",
        subject=row,
        by=None if erased else HOLDER,
        at=at,
        after={"ways": ways},
    )
    return True


# What the app that owns the topic says


def follow_into(*, topic: str, key: int, into: int) -> None:
    """Let those who follow a row hear of another one, into which it went."""
    Subscriber.objects.filter(topic=topic, topic_key=key, ended_at=None).update(
        follows_key=into
    )


def keep(*, topic: str, keys: list[int], until: date | None) -> None:
    """Say until which day addresses are kept; None: it is not known yet."""
    Subscriber.objects.filter(topic=topic, topic_key__in=keys, ended_at=None).update(
        keep_until=until
    )


def erase(*, topic: str, key: int, at: datetime) -> int:
    """Erase the addresses of everybody who follows a row; returns how many."""
    rows = Subscriber.objects.filter(topic=topic, topic_key=key, ended_at=None)
    return sum(end(subscriber=row, at=at, erased=True) for row in rows)


def erase_old(*, today: date, at: datetime) -> int:
    """Erase addresses past their day, and those nobody confirmed; returns how many.

    Each is an act of its own: it may be stopped and repeated at any time.
    """
    past = Subscriber.objects.filter(ended_at=None, keep_until__lt=today)
    unconfirmed = Subscriber.objects.filter(
        Q(addresses__confirmed_at=None)
        & Q(addresses__created_at__lt=at - CONFIRM_WITHIN),
        ended_at=None,
        user=None,
        group="",
    )
    rows = [*past[:BATCH], *unconfirmed[:BATCH]]
    return sum(end(subscriber=row, at=at, erased=True) for row in rows)
