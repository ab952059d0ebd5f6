"""Sending: claimed first, then handed over, then written down.

Nothing is sent twice. Who sends claims the letter in a transaction of its own before
any word leaves. A process that dies in between leaves a claimed letter that nobody
reports on: after some minutes it counts as *unknown* and is shown to staff, not sent
again, unless the way takes a repeat without the reader seeing two.
"""

import logging
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from uuid import uuid4

from django.db import transaction
from django.db.models import F, Q

from wugeyi.notices import registry
from wugeyi.notices.actions.spreading import spread
from wugeyi.notices.gateways import WAYS, way
from wugeyi.notices.gateways.base import (
    Gone,
    Later,
    Message,
    Refused,
    Target,
    Trouble,
    Unclear,
    Way,
)
from wugeyi.notices.models import Address, Delivery, Letter
from wugeyi.notices.rules import BUNDLE_WITHIN, RETRY_AFTER, UNKNOWN_AFTER
from wugeyi.notices.writing import compose

logger = logging.getLogger("wugeyi")
Clock = Callable[[], datetime]
State = Letter.State
BATCH = 200
MOST_PARTS = 20
# So often a way may fail in one round; then its letters wait for the next.
PATIENCE = 2
# Repeats stay within the hours in which the other side recognises one.
MOST_REPEATS = 4
USABLE = Q(address__refused_at=None, address__stopped_at=None)


def send_waiting(*, clock: Clock, seconds: float = 20.0) -> int:
    """Send what is due, for about so many seconds; returns how many were tried.

    ``clock`` tells the time: sending takes some. Two of these may run side by side.
    """
    began = clock()
    spread(at=began)
    put_away_lost(at=began)
    tried = 0
    tired: Counter[str] = Counter()
    for letter in _due(clock):
        if tired[letter.way] >= PATIENCE:
            _give_back(letter, at=clock())
            continue
        tried += 1
        trouble = _hand_over(letter, clock)
        if isinstance(trouble, Later | Unclear):
            tired[letter.way] += 1
        if (clock() - began).total_seconds() > seconds:
            break
    return tried


def _due(clock: Clock) -> Iterator[Letter]:
    """Yield letters one by one, each claimed for this process just before."""
    again = Letter.objects.filter(state=State.WAITING, due_at__lte=clock())
    for letter in again.order_by("due_at")[:BATCH]:
        if claim(letter=letter, at=clock()):
            yield letter
    addresses = (
        Delivery.objects.filter(
            USABLE, letter=None, address__isnull=False, due_at__lte=clock()
        )
        .order_by("address_id")
        .values_list("address_id", flat=True)
        .distinct()[:BATCH]
    )
    for address in list(addresses):
        begun = begin(address_id=address, at=clock())
        if begun is not None:
            yield begun


@transaction.atomic
def begin(*, address_id: int, at: datetime) -> Letter | None:
    """Make one letter of all that is due to an address and claim it; None: not now."""
    address = Address.objects.select_for_update(of=("self",)).get(pk=address_id)
    rows = list(
        Delivery.objects.filter(address=address, letter=None, due_at__lte=at)
        .select_related("notice")
        .order_by("pk")[:MOST_PARTS]
    )
    if not rows or (not _pressing(rows) and _lately(address, at=at)):
        return None
    letter = Letter.objects.create(
        subscriber_id=address.subscriber_id,
        address=address,
        way=address.way,
        token=uuid4(),
        attempts=1,
        begun_at=at,
    )
    Delivery.objects.filter(pk__in=[row.pk for row in rows]).update(letter=letter)
    return letter


def _pressing(rows: list[Delivery]) -> bool:
    known = (registry.known_event(row.notice.event) for row in rows)
    return any(event.urgent or event.always for event in known if event is not None)


def _lately(address: Address, *, at: datetime) -> bool:
    return Letter.objects.filter(
        address=address, begun_at__gt=at - BUNDLE_WITHIN
    ).exists()


def claim(*, letter: Letter, at: datetime) -> bool:
    """Claim a letter that waits for another try; False: somebody was quicker."""
    won = Letter.objects.filter(pk=letter.pk, state=State.WAITING).update(
        state=State.SENDING, attempts=F("attempts") + 1, begun_at=at, due_at=None
    )
    letter.refresh_from_db()
    return bool(won)


def _give_back(letter: Letter, *, at: datetime) -> None:
    """Put back a letter that was claimed and certainly not handed over."""
    Letter.objects.filter(pk=letter.pk, state=State.SENDING).update(
        state=State.WAITING,
        attempts=F("attempts") - 1,
        due_at=at + RETRY_AFTER[0],
        reason="way-down",
    )


def _hand_over(letter: Letter, clock: Clock) -> Trouble | None:
    """Send a claimed letter and write down what became of it."""
    used = way(letter.way)
    address = letter.address
    trouble: Trouble | None = None
    try:
        if used is None or not used.ready():
            raise Later("not-set-up")
        if address is None or address.refused_at or address.stopped_at:
            raise Refused("unsubscribed")
        target = Target(address.value, address.public_key, address.auth)
        used.send(target, _words(letter), at=clock())
    except Trouble as found:
        trouble = found
    except Exception:
        # A fault of ours while handing over: nobody knows how far it got.
        logger.exception("Letter %s could not be sent.", letter.pk)
        trouble = Unclear("fault")
    finish(letter=letter, used=used, trouble=trouble, at=clock())
    return trouble


def _words(letter: Letter) -> Message:
    try:
        message = compose(letter)
    except (KeyError, TypeError, ValueError):
        # A sentence asks for a value that was not given.
        logger.exception("Letter %s has no words.", letter.pk)
        raise Refused("words") from None
    if not message.parts:
        raise Refused("no-event")
    return message


@transaction.atomic
def finish(
    *, letter: Letter, used: Way | None, trouble: Trouble | None, at: datetime
) -> None:
    """Write down what became of a claimed letter; nothing if that stands already."""
    mine = Letter.objects.filter(
        pk=letter.pk, state=State.SENDING, attempts=letter.attempts
    )
    if trouble is None:
        mine.update(state=State.SENT, ended_at=at, reason="")
        return
    wait = _wait(letter, used, trouble)
    if wait is not None:
        mine.update(state=State.WAITING, due_at=at + wait, reason=trouble.code)
        return
    unclear = isinstance(trouble, Unclear)
    mine.update(
        state=State.UNKNOWN if unclear else State.FAILED,
        ended_at=at,
        reason=trouble.code,
    )
    if isinstance(trouble, Gone) and letter.address_id is not None:
        refuse(address_id=letter.address_id, reason=trouble.code, at=at)


def _wait(letter: Letter, used: Way | None, trouble: Trouble) -> timedelta | None:
    """Return how long to wait for another try; None: there is none."""
    if isinstance(trouble, Gone | Refused) or letter.attempts > len(RETRY_AFTER):
        return None
    if isinstance(trouble, Unclear):
        repeats = used is not None and used.repeatable
        if not repeats or letter.attempts > MOST_REPEATS:
            return None
    wait = RETRY_AFTER[letter.attempts - 1]
    asked = trouble.seconds if isinstance(trouble, Later) else None
    return max(wait, timedelta(seconds=asked or 0))


def refuse(*, address_id: int, reason: str, at: datetime) -> None:
    """Never send there again: a browser's endpoint is dropped, others are marked."""
    Delivery.objects.filter(address_id=address_id, letter=None).update(address=None)
    rows = Address.objects.filter(pk=address_id)
    if not rows.filter(way="push").delete()[0]:
        rows.update(refused_at=at, reason=reason[:60])


def put_away_lost(*, at: datetime) -> int:
    """Put away letters whose process is gone: unknown, or tried again where that is safe."""
    lost = Letter.objects.filter(state=State.SENDING, begun_at__lt=at - UNKNOWN_AFTER)
    if not lost.exists():
        # Asked every few seconds: writers of SQLite shall not wait for nothing.
        return 0
    safe = [code for code, used in WAYS.items() if used.repeatable]
    again = lost.filter(way__in=safe, attempts__lte=MOST_REPEATS).update(
        state=State.WAITING, due_at=at, reason="lost"
    )
    return again + lost.update(state=State.UNKNOWN, ended_at=at, reason="lost")
