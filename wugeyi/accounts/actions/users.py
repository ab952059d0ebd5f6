"""People: taken on, changed, let go. Who may do this to whom is for the caller."""

from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.db.models import F

from wugeyi.accounts.models import User
from wugeyi.accounts.rules import NameTakenError, normal_email, normal_username
from wugeyi.audit.actions import record
from wugeyi.audit.rules import Private


def create_user(
    *,
    username: str,
    name: str,
    by: User | None,
    at: datetime,
    email: str = "",
    password: str | None = None,
) -> User:
    """Take somebody on; without a password they choose one by a reset link.

    Raises
    ------
    NameTakenError
        Somebody else has the sign-in name.
    """
    user = User(
        username=normal_username(username),
        name=name.strip(),
        email=normal_email(email),
        created_at=at,
        password=make_password(password),  # outside the transaction: it takes long
    )
    try:
        with transaction.atomic():
            user.save(force_insert=True)
            record(
                action="accounts.create_user",
                subject=user,
                by=by,
                at=at,
                after=_personal(user),
            )
    except IntegrityError as error:
        if User.objects.filter(username=user.username).exists():
            raise NameTakenError(user.username) from error
        raise
    return user


@transaction.atomic
def change_user(
    *, user: User, name: str, email: str, by: User | None, at: datetime
) -> None:
    """Correct somebody's name or e-mail; nothing is written when nothing changed."""
    stored = User.objects.select_for_update().get(pk=user.pk)
    before = _personal(stored)
    stored.name, stored.email = name.strip(), normal_email(email)
    after = _personal(stored)
    user.name, user.email = stored.name, stored.email
    changed = [field for field in after if after[field] != before[field]]
    if not changed:
        return
    stored.save(update_fields=changed)
    record(
        action="accounts.change_user",
        subject=stored,
        by=by,
        at=at,
        before={field: before[field] for field in changed},
        after={field: after[field] for field in changed},
    )


@transaction.atomic
def deactivate(*, user: User, by: User | None, at: datetime) -> None:
    """Let somebody in no longer: their sessions and reset links end at once."""
    if User.objects.filter(pk=user.pk, is_active=True).update(
        is_active=False, session_epoch=F("session_epoch") + 1
    ):
        record(
            action="accounts.deactivate",
            subject=user,
            by=by,
            at=at,
            before={"is_active": True},
            after={"is_active": False},
        )
    user.refresh_from_db(fields=["is_active", "session_epoch"])


@transaction.atomic
def reactivate(*, user: User, by: User | None, at: datetime) -> None:
    """Let somebody in again, with the password they had."""
    if User.objects.filter(pk=user.pk, is_active=False).update(is_active=True):
        record(
            action="accounts.reactivate",
            subject=user,
            by=by,
            at=at,
            before={"is_active": False},
            after={"is_active": True},
        )
    user.refresh_from_db(fields=["is_active"])


@transaction.atomic
def unlock(*, user: User, by: User | None, at: datetime) -> None:
    """Lift a lockout before its time."""
    stored = User.objects.select_for_update().get(pk=user.pk)
    User.objects.filter(pk=user.pk).update(
        failed_sign_ins=0, failed_at=None, locked_until=None
    )
    record(
        action="accounts.unlock",
        subject=user,
        by=by,
        at=at,
        before={"locked_until": stored.locked_until},
        after={"locked_until": None},
    )
    user.refresh_from_db(fields=["failed_sign_ins", "failed_at", "locked_until"])


@transaction.atomic
def end_sessions(*, user: User, by: User | None, at: datetime) -> None:
    """End every session and reset link of somebody, wherever they are signed in."""
    User.objects.filter(pk=user.pk).update(session_epoch=F("session_epoch") + 1)
    user.refresh_from_db(fields=["session_epoch"])
    record(action="accounts.end_sessions", subject=user, by=by, at=at)


def _personal(user: User) -> dict[str, Private]:
    return {
        field: Private(getattr(user, field), user.audit_salt)
        for field in ("username", "name", "email")
    }
