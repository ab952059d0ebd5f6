"""Finding who hears what was told: one row for each address it goes to."""

from collections.abc import Iterable
from datetime import datetime
from urllib.parse import parse_qsl

from django.db import transaction
from django.utils import timezone

from wugeyi.accounts.models import User
from wugeyi.notices import registry
from wugeyi.notices.gateways import ready
from wugeyi.notices.gateways.base import Way
from wugeyi.notices.models import Address, Choice, Delivery, Notice, Subscriber
from wugeyi.notices.registry import Event
from wugeyi.notices.rules import STALE_AFTER, TO_ONE_ADDRESS, not_before

BATCH = 500
EMAIL = "email"


def spread(*, at: datetime) -> int:
    """Spread what was told and not spread yet; returns how many. Safe to run twice."""
    waiting = Notice.objects.filter(spread_at=None).order_by("pk")[:BATCH]
    return sum(_spread(notice, at=at) for notice in waiting)


@transaction.atomic
def _spread(notice: Notice, *, at: datetime) -> bool:
    won = Notice.objects.filter(pk=notice.pk, spread_at=None).update(spread_at=at)
    event = registry.known_event(notice.event)
    stale = at - notice.told_at > STALE_AFTER
    if not won or event is None or stale:
        return bool(won)
    if event.code in TO_ONE_ADDRESS:
        addresses = list(
            Address.objects.filter(
                pk=dict(parse_qsl(notice.values)).get("address", 0)
            ).select_related("subscriber")
        )
    else:
        addresses = _addresses(event, _subscribers(notice, event, at=at), at=at)
    Delivery.objects.bulk_create(
        (
            Delivery(
                notice=notice,
                address=address,
                due_at=_due(event, address.subscriber, at=at),
            )
            for address in addresses
        ),
        ignore_conflicts=True,
    )
    return True


def _due(event: Event, subscriber: Subscriber, *, at: datetime) -> datetime:
    if event.always or (event.urgent and subscriber.urgent_anytime):
        return at
    return not_before(
        at,
        start=subscriber.quiet_from,
        end=subscriber.quiet_until,
        zone=timezone.get_default_timezone(),
    )


def _subscribers(notice: Notice, event: Event, *, at: datetime) -> list[Subscriber]:
    living = Subscriber.objects.filter(ended_at=None)
    if notice.subscriber_id is not None:
        return list(living.filter(pk=notice.subscriber_id))
    if notice.topic:
        return list(
            living.filter(topic=notice.topic, follows_key=notice.topic_key).order_by(
                "pk"
            )
        )
    if notice.user_id is not None:
        return _accounts([notice.user_id], event, at=at)
    if notice.desk is None:
        return []
    people = registry.people_at(notice.desk, tuple(notice.roles.split()), at)
    return _accounts(people, event, at=at) + (_groups(at) if event.always else [])


def _accounts(people: Iterable[int], event: Event, *, at: datetime) -> list[Subscriber]:
    """Return those who may sign in; for what is told by default all have a row."""
    users = User.objects.filter(pk__in=list(people), is_active=True)
    found = {
        row.user_id: row
        for row in Subscriber.objects.filter(user__in=users, ended_at=None)
    }
    if event.default:
        for user in users:
            if user.pk not in found:
                found[user.pk] = account(user, at=at)
    return sorted(found.values(), key=lambda row: row.pk)


def account(user: User, *, at: datetime) -> Subscriber:
    """Return what an account hears; made when it is first needed."""
    row, _made = Subscriber.objects.get_or_create(
        user=user, defaults={"created_at": at}
    )
    return row


def mailbox(subscriber: Subscriber, *, at: datetime) -> Address | None:
    """Return the e-mail address an account holds now; a changed one begins afresh."""
    user = subscriber.user
    if user is None:
        return None
    row = subscriber.addresses.filter(way=EMAIL).first()
    if row is not None and row.value == user.email:
        return row
    if row is not None:
        row.delete()
    if not user.email:
        return None
    return Address.objects.create(
        subscriber=subscriber,
        way=EMAIL,
        value=user.email,
        created_at=at,
        confirmed_at=at,
        stopped_at=row.stopped_at if row is not None else None,
    )


def _groups(at: datetime) -> list[Subscriber]:
    """Return a row for each group on duty that is set up, each with its address."""
    return [group(way, at=at).subscriber for way in ready(groups=True)]


def group(way: Way, *, at: datetime) -> Address:
    """Return where the group of a way is reached."""
    row, _made = Subscriber.objects.get_or_create(
        group=way.code, defaults={"created_at": at}
    )
    address, _made = Address.objects.get_or_create(
        subscriber=row,
        way=way.code,
        value="",
        defaults={"created_at": at, "confirmed_at": at},
    )
    return address


def _addresses(
    event: Event, subscribers: list[Subscriber], *, at: datetime
) -> list[Address]:
    ways = {way.code: way for way in (*ready(), *ready(groups=True))}
    for subscriber in subscribers:
        mailbox(subscriber, at=at)
    usable = (
        Address.objects.filter(
            subscriber__in=subscribers,
            way__in=ways,
            refused_at=None,
            stopped_at=None,
            confirmed_at__isnull=False,
        )
        .select_related("subscriber")
        .order_by("pk")
    )
    said = {
        (row.subscriber_id, row.way): row.wanted
        for row in Choice.objects.filter(subscriber__in=subscribers, event=event.code)
    }
    return [
        address
        for address in usable
        if said.get(
            (address.subscriber_id, address.way), ways[address.way].tells(event)
        )
    ]
