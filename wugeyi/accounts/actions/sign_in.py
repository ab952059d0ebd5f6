"""Signing in and out.

Nobody is signed in before all they were asked for was right: after a right password
an account with one-time codes is *not* signed in, it may only try a code.
"""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.db import transaction

from wugeyi.accounts import queries
from wugeyi.accounts.actions.codes import use_code
from wugeyi.accounts.actions.proof import failed, give_back, reserve
from wugeyi.accounts.models import User
from wugeyi.audit.actions import record


@dataclass(frozen=True, slots=True)
class Passed:
    """The password was right. With ``needs_code`` a code is still to be shown."""

    user: User
    needs_code: bool


def try_password(
    *, username: str, password: str, address: str, at: datetime
) -> Passed | None:
    """Try a name and a password; None: refused, and the caller must not learn why.

    Unknown, inactive and locked accounts cost one hash like any other, so that the
    time of an answer does not tell them apart either.
    """
    user = queries.by_username(username)
    locks = False
    if user is None:
        reason = "unknown"
    elif not user.is_active:
        reason = "inactive"
    else:
        reservation = reserve(user=user, at=at)
        reason = "" if reservation.granted else "locked"
        locks = reservation.locks
    if user is None or reason:
        make_password(password)
    elif user.check_password(password):
        return _password_right(user=user, at=at)
    failed(
        user=user,
        reason=reason or "password",
        locks=locks,
        tried=username,
        address=address,
        at=at,
    )
    return None


def try_code(*, user: User, code: str, address: str, at: datetime) -> bool:
    """Try the second step for someone whose password was right a moment ago.

    A wrong code counts like a wrong password. The same code is never taken twice.
    """
    reservation = reserve(user=user, at=at)
    if reservation.granted:
        with transaction.atomic():
            used = use_code(user=user, code=code, by=user, at=at)
            if used:
                _signed_in(user=user, factors=f"password+{used}", at=at)
        if used:
            return True
    failed(
        user=user,
        reason="code" if reservation.granted else "locked",
        locks=reservation.locks,
        tried=user.username,
        address=address,
        at=at,
    )
    return False


@transaction.atomic
def sign_out(*, user: User, at: datetime) -> None:
    """Write down that someone signed out."""
    record(action="accounts.sign_out", subject=user, by=user, at=at)


@transaction.atomic
def _password_right(*, user: User, at: datetime) -> Passed:
    if queries.codes_of(user) is not None:
        give_back(user=user)
        return Passed(user, needs_code=True)
    _signed_in(user=user, factors="password", at=at)
    return Passed(user, needs_code=False)


def _signed_in(*, user: User, factors: str, at: datetime) -> None:
    user.failed_sign_ins = 0
    user.failed_at = user.locked_until = None
    user.signed_in_at = at
    user.save(
        update_fields=["failed_sign_ins", "failed_at", "locked_until", "signed_in_at"]
    )
    record(
        action="accounts.sign_in",
        subject=user,
        by=user,
        at=at,
        after={"factors": factors},
    )
