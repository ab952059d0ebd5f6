"""Counting attempts to prove who one is, so that guessing stops.

An attempt is reserved *before* the secret is looked at and given back when it was
right. So of any number of guesses that arrive together, no more than the limit are
ever compared. Passwords are hashed outside transactions: a hash takes longer than all
the writes of a request, and SQLite has one writer at a time.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Case, DateTimeField, F, Q, Value, When
from django.utils.crypto import salted_hmac

from wugeyi.accounts.models import User
from wugeyi.accounts.rules import FAILURES_FORGOTTEN_AFTER, LOCKED_FOR, MAX_FAILURES
from wugeyi.audit.actions import record
from wugeyi.audit.rules import SALT_BYTES, Private


@dataclass(frozen=True, slots=True)
class Reservation:
    """Whether an attempt may be made, and whether its failure locks the account."""

    granted: bool
    locks: bool = False


@transaction.atomic
def reserve(*, user: User, at: datetime) -> Reservation:
    """Count an attempt before it is made; refuse it while the account is locked.

    As in the policy the numbers come from, the count starts again once 15 minutes
    have passed since the *last* failure; the fifth attempt locks from its start and
    unlocks again if it was right.
    """
    going_on = Q(failed_at__gt=at - FAILURES_FORGOTTEN_AFTER, locked_until=None)
    counted = (
        User.objects.filter(pk=user.pk, is_active=True)
        .filter(Q(locked_until=None) | Q(locked_until__lte=at))
        .update(
            failed_sign_ins=Case(
                When(going_on, then=F("failed_sign_ins") + 1), default=1
            ),
            locked_until=Case(
                When(
                    going_on & Q(failed_sign_ins__gte=MAX_FAILURES - 1),
                    then=Value(at + LOCKED_FOR, output_field=DateTimeField()),
                ),
                default=None,
                output_field=DateTimeField(),
            ),
            failed_at=at,
        )
    )
    if not counted:
        return Reservation(granted=False)
    locked_until = User.objects.values_list("locked_until", flat=True).get(pk=user.pk)
    return Reservation(granted=True, locks=locked_until is not None)


def give_back(*, user: User) -> None:
    """Take a reserved attempt back: what was shown was right."""
    User.objects.filter(pk=user.pk, failed_sign_ins__gt=0).update(
        failed_sign_ins=F("failed_sign_ins") - 1, locked_until=None
    )


@transaction.atomic
def failed(
    *,
    user: User | None,
    reason: str,
    locks: bool,
    tried: str,
    address: str,
    at: datetime,
) -> None:
    """Write down that an attempt failed, and the lock if it caused one.

    Parameters
    ----------
    user
        Whose account was tried; None: nobody has the name.
    reason
        ``unknown``, ``inactive``, ``locked``, ``password`` or ``code``.
    tried
        The name that was typed, of which only a hash is kept.
    """
    salt = salt_of_day(at)
    record(
        action="accounts.sign_in_failed",
        subject=user,
        by=None,
        at=at,
        after={
            "reason": reason,
            "tried": Private(tried, salt),
            "address": Private(address, salt),
        },
    )
    if user is not None and locks:
        record(
            action="accounts.lock",
            subject=user,
            by=None,
            at=at,
            after={"locked_until": at + LOCKED_FOR},
        )


def prove_password(
    *, user: User, password: str, address: str = "", at: datetime
) -> bool:
    """Say whether someone already signed in knows the password; guesses are counted."""
    reservation = reserve(user=user, at=at)
    if reservation.granted and user.check_password(password):
        give_back(user=user)
        return True
    failed(
        user=user,
        reason="password" if reservation.granted else "locked",
        locks=reservation.locks,
        tried=user.username,
        address=address,
        at=at,
    )
    return False


def salt_of_day(at: datetime) -> str:
    """Return the salt for hashes of strangers: equal within a day, apart across days.

    Within a day an auditor sees that one name or address was tried many times; over
    longer no profile of an address can be put together.
    """
    digest = salted_hmac(
        "wugeyi.accounts.strangers", f"{at:%Y-%m-%d}", algorithm="sha256"
    )
    return digest.hexdigest()[: SALT_BYTES * 2]
