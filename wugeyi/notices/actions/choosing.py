"""What people choose: which events by which ways, when, in which language."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, time

from django.db import transaction
from django.utils.crypto import constant_time_compare, salted_hmac

from wugeyi.accounts.models import User
from wugeyi.audit.actions import changes, record
from wugeyi.audit.rules import Private
from wugeyi.notices.actions.following import HOLDER, PUSH
from wugeyi.notices.actions.following import end as end_following
from wugeyi.notices.actions.spreading import account
from wugeyi.notices.actions.telling import tell
from wugeyi.notices.models import Address, Choice, Delivery, Letter, Subscriber
from wugeyi.notices.rules import CODE, CONFIRM_WITHIN, TRIAL, Reader

TIMES = ("language", "quiet_from", "quiet_until", "urgent_anytime")
DIGITS = 6


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a page of choices sends; ``wanted`` by event and way."""

    language: str
    quiet_from: time
    quiet_until: time
    urgent_anytime: bool
    wanted: Mapping[tuple[str, str], bool]


@transaction.atomic
def choose(*, subscriber: Subscriber, wishes: Wishes, at: datetime) -> Subscriber:
    """Write down what somebody wants to hear."""
    row = Subscriber.objects.select_for_update(of=("self",)).get(pk=subscriber.pk)
    before = changes(row, TIMES)
    row.language = wishes.language
    row.quiet_from, row.quiet_until = wishes.quiet_from, wishes.quiet_until
    row.urgent_anytime = wishes.urgent_anytime
    row.save(update_fields=TIMES)
    had = {(each.event, each.way): each.wanted for each in row.choices.all()}
    changed = {
        pair: wanted
        for pair, wanted in wishes.wanted.items()
        if had.get(pair) != wanted
    }
    for (event, way), wanted in changed.items():
        Choice.objects.update_or_create(
            subscriber=row, event=event, way=way, defaults={"wanted": wanted}
        )
    record(
        action="notices.choose",
        subject=row,
        by=row.user if row.user is not None else HOLDER,
        at=at,
        before=before,
        after=changes(row, TIMES)
        | {
            "wanted": sorted(" ".join(pair) for pair, yes in changed.items() if yes),
            "unwanted": sorted(
                " ".join(pair) for pair, yes in changed.items() if not yes
            ),
        },
    )
    return row


@transaction.atomic
def stop(*, address: Address, at: datetime) -> bool:
    """End the letters to an address: one click, no question. False: they had ended."""
    subscriber = address.subscriber
    if subscriber.group:
        return False
    if subscriber.user_id is None:
        return end_following(subscriber=subscriber, at=at)
    won = Address.objects.filter(pk=address.pk, stopped_at=None).update(stopped_at=at)
    Delivery.objects.filter(address=address, letter=None).update(address=None)
    if won:
        record(
            action="notices.unsubscribe",
            subject=subscriber,
            by=subscriber.user,
            at=at,
            after={"way": address.way},
        )
    return bool(won)


@transaction.atomic
def decline(*, address: Address, events: Collection[str], at: datetime) -> None:
    """End one sort of letters to an account's address; others still come."""
    subscriber = address.subscriber
    for event in events:
        Choice.objects.update_or_create(
            subscriber=subscriber,
            event=event,
            way=address.way,
            defaults={"wanted": False},
        )
    Delivery.objects.filter(
        address=address, letter=None, notice__event__in=events
    ).update(address=None)
    record(
        action="notices.choose",
        subject=subscriber,
        by=subscriber.user,
        at=at,
        after={"unwanted": sorted(f"{event} {address.way}" for event in events)},
    )


@transaction.atomic
def take_up(*, address: Address, at: datetime) -> None:
    """Let letters come to a stopped or refused address of an account again."""
    Address.objects.filter(pk=address.pk).update(
        stopped_at=None, refused_at=None, reason=""
    )
    record(
        action="notices.take_up",
        subject=address.subscriber,
        by=address.subscriber.user,
        at=at,
        after={"way": address.way},
    )


@transaction.atomic
def add_address(*, user: User, way: str, value: str, at: datetime) -> Address:
    """Give an account a telephone or a chat account; it gets a code to prove itself.

    One of each way: another one takes the place of the first.
    """
    subscriber = account(user, at=at)
    address = subscriber.addresses.filter(way=way, value=value).first()
    if address is None:
        subscriber.addresses.filter(way=way).delete()
        address = Address.objects.create(
            subscriber=subscriber, way=way, value=value, created_at=at
        )
        record(
            action="notices.add_address",
            subject=subscriber,
            by=user,
            at=at,
            after={"way": way, "address": Private(value, subscriber.salt)},
        )
    if address.confirmed_at is None:
        tell(
            event=CODE,
            to=Reader.follower(subscriber.pk),
            values={"address": str(address.pk), "code": code_of(address)},
            url="",
            key=f"{CODE}:{address.pk}:{at:%Y%m%d%H%M}",
            at=at,
        )
    return address


def code_of(address: Address) -> str:
    """Return the six digits that prove an address; they follow from it and our secret."""
    digest = salted_hmac(
        "wugeyi.notices.code",
        f"{address.pk}:{address.value}:{address.created_at.timestamp()}",
        algorithm="sha256",
    ).digest()
    return f"{int.from_bytes(digest[:8], 'big') % 10**DIGITS:0{DIGITS}d}"


@transaction.atomic
def prove(*, address: Address, code: str, at: datetime) -> bool:
    """Take the code that came to an address; the caller counts the tries."""
    if address.confirmed_at is not None:
        return True
    if at > address.created_at + CONFIRM_WITHIN:
        return False
    if not constant_time_compare(code, code_of(address)):
        return False
    Address.objects.filter(pk=address.pk).update(confirmed_at=at)
    record(
        action="notices.confirm",
        subject=address.subscriber,
        by=address.subscriber.user,
        at=at,
        after={
            "way": address.way,
            "address": Private(address.value, address.subscriber.salt),
        },
    )
    return True


@transaction.atomic
def add_browser(
    *, user: User, endpoint: str, public_key: str, auth: str, at: datetime
) -> Address:
    """Tell an account's person on this device, too."""
    subscriber = account(user, at=at)
    address, made = Address.objects.get_or_create(
        subscriber=subscriber,
        way=PUSH,
        value=endpoint,
        defaults={
            "public_key": public_key,
            "auth": auth,
            "created_at": at,
            "confirmed_at": at,
        },
    )
    if made:
        record(
            action="notices.add_address",
            subject=subscriber,
            by=user,
            at=at,
            after={"way": PUSH, "address": Private(endpoint, subscriber.salt)},
        )
    return address


@transaction.atomic
def drop_address(*, address: Address, at: datetime) -> None:
    """Take an address from an account."""
    Delivery.objects.filter(address=address, letter=None).delete()
    subscriber, way = address.subscriber, address.way
    address.delete()
    record(
        action="notices.drop_address",
        subject=subscriber,
        by=subscriber.user,
        at=at,
        after={"way": way},
    )


# Whoever looks after sending


@transaction.atomic
def send_trial(*, address: Address, by: User, at: datetime) -> None:
    """Send a message to see whether a way works."""
    local = f"{at:%Y%m%d%H%M%S}"
    tell(
        event=TRIAL,
        to=Reader.follower(address.subscriber_id),
        values={"address": str(address.pk), "number": local},
        url="",
        key=f"{TRIAL}:{address.pk}:{local}",
        at=at,
    )
    record(
        action="notices.send_trial",
        subject=address.subscriber,
        by=by,
        at=at,
        after={"way": address.way},
    )


@transaction.atomic
def send_again(*, letter: Letter, by: User, at: datetime) -> bool:
    """Let a letter that failed or of which nothing is known be tried once more."""
    won = Letter.objects.filter(
        pk=letter.pk,
        state__in=[Letter.State.UNKNOWN, Letter.State.FAILED],
        address__isnull=False,
    ).update(state=Letter.State.WAITING, attempts=0, due_at=at, ended_at=None)
    if won:
        record(
            action="notices.send_again",
            subject=letter,
            by=by,
            at=at,
            before={"state": letter.state},
            after={"state": Letter.State.WAITING},
        )
    return bool(won)
