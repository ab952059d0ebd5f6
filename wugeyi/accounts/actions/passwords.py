"""Passwords: changed, forgotten, set anew by a link."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction

from wugeyi.accounts import queries, throttle
from wugeyi.accounts.actions.letters import send_reset_letter
from wugeyi.accounts.actions.proof import salt_of_day
from wugeyi.accounts.models import User
from wugeyi.accounts.rules import (
    RESET_LETTERS_PER_PERSON,
    RESET_REQUESTS_IN,
    LinkUsedError,
)
from wugeyi.audit.actions import record
from wugeyi.audit.rules import Private

# The columns a new password touches: it lifts a lockout too, for whoever may set a
# password need not wait for one.
CHANGED = ["password", "failed_sign_ins", "failed_at", "locked_until"]


def set_password(*, user: User, password: str, by: User | None, at: datetime) -> None:
    """Give somebody a password; all their sessions and reset links end.

    Whoever changes their own keeps the session in hand by
    ``django.contrib.auth.update_session_auth_hash``.
    """
    encoded = make_password(password)  # outside the transaction: it takes long
    with transaction.atomic():
        stored = User.objects.select_for_update().get(pk=user.pk)
        _store(stored, encoded)
        record(
            action="accounts.set_password",
            subject=stored,
            by=by,
            at=at,
            after={"through": "command" if by is None else "password"},
        )
    user.refresh_from_db(fields=CHANGED)


@transaction.atomic
def reset_link(*, user: User, by: User | None, at: datetime) -> queries.ResetLink:
    """Make a link by which somebody without e-mail chooses a password, once.

    It holds for ``settings.PASSWORD_RESET_TIMEOUT`` seconds (24 hours). It is stored
    nowhere: show it now, as a page to print. Whether ``by`` may make it is for the
    caller; that it was made is written down, so nobody can quietly take an account.
    """
    link = _link(user, at)
    record(
        action="accounts.make_reset_link",
        subject=user,
        by=by,
        at=at,
        after={"expires_at": link.expires_at},
    )
    return link


def request_reset(
    *, typed: str, address_of: Callable[[queries.ResetLink], str], at: datetime
) -> None:
    """Send reset letters to whoever this sign-in name or e-mail stands for.

    The caller gives the same answer in every case: nothing tells whether the name
    exists. Letters leave in the background, so the time does not tell it either. At
    most three letters an hour go to one person.

    Parameters
    ----------
    typed
        What the visitor typed, of which only a hash is kept.
    address_of
        Makes the full address of a link.
    """
    people = [
        user
        for user in queries.reachable_by_letter(typed)
        if throttle.allow(
            throttle.key_of("reset-letter", str(user.pk)),
            limit=RESET_LETTERS_PER_PERSON,
            per=RESET_REQUESTS_IN,
            at=at,
        )
    ]
    with transaction.atomic():
        for user in people:
            link = _link(user, at)
            send_reset_letter(link=link, address=address_of(link))
            record(action="accounts.request_reset", subject=user, by=None, at=at)
        if not people:
            record(
                action="accounts.request_reset",
                subject=None,
                by=None,
                at=at,
                after={"tried": Private(typed, salt_of_day(at))},
            )


def use_reset_link(*, uid: str, token: str, password: str, at: datetime) -> User:
    """Set the password a link allows to set; the link is spent by it.

    One-time codes stay in force: a letter alone does not get past them.

    Raises
    ------
    LinkUsedError
        The link is spent, too old, or was never made.
    """
    encoded = make_password(password)
    with transaction.atomic():
        user = queries.person_of_link(uid=uid, token=token, at=at)
        if user is None:
            raise LinkUsedError
        User.objects.select_for_update().get(pk=user.pk)
        # Looked at again under the lock: of two uses at once the second finds it spent.
        user = queries.person_of_link(uid=uid, token=token, at=at)
        if user is None:
            raise LinkUsedError
        _store(user, encoded)
        record(
            action="accounts.set_password",
            subject=user,
            by=user,
            at=at,
            after={"through": "link"},
        )
    return user


def _link(user: User, at: datetime) -> queries.ResetLink:
    # The columns a token is made of, as they are now and not when the page was opened.
    fresh = User.objects.get(pk=user.pk)
    return queries.ResetLink(
        user=fresh,
        uid=queries.uid_of(fresh),
        token=queries.ResetTokens(at).make_token(fresh),
        expires_at=at + timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT),
    )


def _store(user: User, encoded: str) -> None:
    user.password = encoded
    user.failed_sign_ins = 0
    user.failed_at = user.locked_until = None
    user.save(update_fields=CHANGED)
