"""What pages show of messages. No page of staff reads an address."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Prefetch, QuerySet
from django.utils.functional import Promise

from wugeyi.accounts.models import User
from wugeyi.notices import phrases, registry
from wugeyi.notices.gateways import WAYS, ready, way
from wugeyi.notices.gateways.base import Way, given
from wugeyi.notices.links import settings_path
from wugeyi.notices.models import Address, Choice, Delivery, Letter, Subscriber
from wugeyi.notices.registry import Event
from wugeyi.notices.rules import masked
from wugeyi.ui.paging import Page, cut

TROUBLED = (Letter.State.FAILED, Letter.State.UNKNOWN, Letter.State.WAITING)


@dataclass(frozen=True, slots=True)
class Followed:
    """Where the holder of a receipt is told already, so that only they know it."""

    where: str
    confirmed: bool
    refused: bool
    url: str


def followed(topic: str, key: int) -> list[Followed]:
    """Return where news of a row go, masked; one query."""
    rows = (
        Address.objects.filter(
            subscriber__topic=topic,
            subscriber__topic_key=key,
            subscriber__ended_at=None,
        )
        .select_related("subscriber")
        .order_by("pk")[:20]
    )
    return [
        Followed(
            masked(row.value) if row.way != "push" else way_name(row.way),
            row.confirmed_at is not None,
            row.refused_at is not None,
            settings_path(row.subscriber) if row.confirmed_at is not None else "",
        )
        for row in rows
    ]


def way_name(code: str) -> str:
    """Return what a way is called."""
    found = way(code)
    return str(found.label) if found is not None else code


def by_secret(secret: str) -> Subscriber | None:
    """Return who chose by a link, if they did not end it."""
    # PostgreSQL refuses to look for a NUL.
    if not secret.isprintable():
        return None
    return Subscriber.objects.filter(secret=secret, ended_at=None).first()


def address_of(user: User, key: int) -> Address | None:
    """Return one of an account's own addresses."""
    return (
        Address.objects.select_related("subscriber__user")
        .filter(pk=key, subscriber__user=user)
        .first()
    )


def events_of(address: Address, letter: int) -> list[Event]:
    """Return what can be heard without the others of a letter to an address; one query."""
    rows = Delivery.objects.filter(letter=letter, letter__address=address)
    codes = set(rows.values_list("notice__event", flat=True)[:100])
    return [event for event in registry.events() if event.code in codes]


@dataclass(frozen=True, slots=True)
class Row:
    """One event with a box for each way."""

    event: Event
    boxes: list[tuple[str, str | Promise, bool]] = field(default_factory=list)


def boxes(
    subscriber: Subscriber | None, events: Iterable[Event], *, ways: list[Way]
) -> list[Row]:
    """Return these events with what was chosen, or what holds without a choice."""
    said: dict[tuple[str, str], bool] = {}
    if subscriber is not None:
        said = {
            (row.event, row.way): row.wanted
            for row in Choice.objects.filter(subscriber=subscriber)
        }
    return [
        Row(
            event,
            [
                (
                    f"{event.code} {way.code}",
                    way.label,
                    said.get((event.code, way.code), way.tells(event)),
                )
                for way in ways
            ],
        )
        for event in events
    ]


@dataclass(frozen=True, slots=True)
class Kind:
    """A way as staff see it: whether it is set up, and what it needs."""

    way: Way
    ready: bool
    missing: list[str]


def kinds() -> list[Kind]:
    """Return every way; no query."""
    return [
        Kind(
            each,
            each.ready(),
            [f"WUGEYI_NOTICE_{name}" for name in each.needs if not given(name)]
            or ([] if each.ready() else [f"WUGEYI_NOTICE_{each.code.upper()}"]),
        )
        for each in WAYS.values()
    ]


@dataclass(frozen=True, slots=True)
class Trouble:
    """A letter that did not surely arrive, without whom it was for."""

    letter: Letter
    way: str
    about: list[str]
    reason: str
    may_repeat: bool


def troubles(*, older: int = 0, newer: int = 0) -> tuple[list[Trouble], Page[Letter]]:
    """Return letters that failed, wait or are unknown; two queries."""
    with_parts: QuerySet[Delivery] = Delivery.objects.select_related("notice")
    rows = Letter.objects.filter(state__in=TROUBLED).prefetch_related(
        Prefetch("deliveries", with_parts)
    )
    page = cut(rows, older=older, newer=newer)
    return [_trouble(letter) for letter in page.rows], page


def _trouble(letter: Letter) -> Trouble:
    events = (registry.known_event(row.notice.event) for row in letter.deliveries.all())
    labels = {str(event.label) for event in events if event is not None}
    ended = letter.state in {Letter.State.FAILED, Letter.State.UNKNOWN}
    return Trouble(
        letter,
        way_name(letter.way),
        sorted(labels),
        phrases.reason(letter.reason),
        ended and letter.address_id is not None,
    )


def own_addresses(user: User) -> list[Address]:
    """Return the addresses of an account other than its mailbox; one query."""
    return list(
        Address.objects.filter(subscriber__user=user)
        .exclude(way="email")
        .order_by("way", "pk")
    )


def reached(user: User, addresses: Iterable[Address]) -> set[str]:
    """Return the ways by which something reaches an account now; no query."""
    rows = list(addresses)
    found = {
        row.way
        for row in rows
        if row.confirmed_at and not row.stopped_at and not row.refused_at
    }
    # A mailbox gets its row with the first letter.
    fresh = bool(user.email) and not any(row.way == "email" for row in rows)
    return found | {"email"} if fresh else found


def usable_ways(*, codes: set[str]) -> list[Way]:
    """Return the ways that are set up, of these codes."""
    return [each for each in ready() if each.code in codes]
