"""One-time codes (RFC 6238) and the backup codes for a lost phone.

django-otp holds the secrets. Codes are compared here rather than by its ``verify_token``:
that one reads the clock itself and has its own second lockout, while here the time is
given, a code is used up by one conditional update, and failures count towards the one
lock of the account. Backup codes are stored as keyed hashes, never in clear.
"""

import secrets
from base64 import b32encode
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.crypto import salted_hmac
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice, default_key

from wugeyi.accounts import queries
from wugeyi.accounts.actions.proof import failed, give_back, reserve
from wugeyi.accounts.models import User
from wugeyi.accounts.rules import (
    BACKUP_CODE_LENGTH,
    BACKUP_CODES,
    CODE_DIGITS,
    CODE_STEP_SECONDS,
    CODE_TOLERANCE_STEPS,
    READABLE,
    AlreadyOnError,
    NotAskedError,
    normal_code,
    spaced_code,
)
from wugeyi.audit.actions import record


@transaction.atomic
def enrol_codes(*, user: User, by: User | None, at: datetime) -> TOTPDevice:
    """Begin to set up one-time codes; nothing is asked of the person until confirmed.

    Beginning again replaces a secret that was never confirmed.

    Raises
    ------
    AlreadyOnError
        Codes are in use; disable them first.
    """
    User.objects.select_for_update().get(pk=user.pk)
    if queries.codes_of(user) is not None:
        raise AlreadyOnError
    TOTPDevice.objects.filter(user=user).delete()
    device = TOTPDevice.objects.create(
        user=user,
        name="totp",
        confirmed=False,
        key=default_key(),
        digits=CODE_DIGITS,
        step=CODE_STEP_SECONDS,
        tolerance=CODE_TOLERANCE_STEPS,
    )
    record(action="accounts.enrol_codes", subject=user, by=by, at=at)
    return device


def confirm_codes(
    *, user: User, password: str, code: str, address: str = "", at: datetime
) -> list[str] | None:
    """Finish setting up: from now on a code is asked at every sign-in.

    Every other session of the person ends. Returns the backup codes, which are
    readable this once; None when password or code was wrong (counted as a failure).

    Raises
    ------
    NotAskedError
        Setting up was not begun, or is already finished.
    """
    if queries.unconfirmed_codes_of(user) is None:
        raise NotAskedError
    if not _prove(
        user=user, password=password, code=code, confirmed=False, address=address, at=at
    ):
        return None
    with transaction.atomic():
        if not TOTPDevice.objects.filter(user=user, confirmed=False).update(
            confirmed=True
        ):
            raise NotAskedError
        codes = _new_backup_codes(user)
        _end_sessions(user)
        record(
            action="accounts.confirm_codes",
            subject=user,
            by=user,
            at=at,
            after={"backup_codes": len(codes)},
        )
    return codes


def renew_backup_codes(
    *, user: User, password: str, code: str, address: str = "", at: datetime
) -> list[str] | None:
    """Replace all backup codes; None when password or code was wrong.

    Raises
    ------
    NotAskedError
        The person does not use one-time codes.
    """
    if queries.codes_of(user) is None:
        raise NotAskedError
    if not _prove(user=user, password=password, code=code, address=address, at=at):
        return None
    with transaction.atomic():
        codes = _new_backup_codes(user)
        record(
            action="accounts.renew_backup_codes",
            subject=user,
            by=user,
            at=at,
            after={"backup_codes": len(codes)},
        )
    return codes


def disable_own_codes(
    *, user: User, password: str, code: str, address: str = "", at: datetime
) -> bool:
    """Stop asking for codes, after password and code; False when one was wrong.

    Raises
    ------
    NotAskedError
        The person does not use one-time codes.
    """
    if queries.codes_of(user) is None:
        raise NotAskedError
    if not _prove(user=user, password=password, code=code, address=address, at=at):
        return False
    disable_codes(user=user, by=user, at=at)
    return True


@transaction.atomic
def disable_codes(*, user: User, by: User | None, at: datetime) -> None:
    """Forget someone's codes, as an administrator does when phone and paper are lost.

    Every session of the person ends. Whether ``by`` may do this is for the caller.
    """
    TOTPDevice.objects.filter(user=user).delete()
    StaticDevice.objects.filter(user=user).delete()
    _end_sessions(user)
    record(action="accounts.disable_codes", subject=user, by=by, at=at)


def use_code(
    *,
    user: User,
    code: str,
    by: User | None,
    at: datetime,
    confirmed: bool = True,
) -> str:
    """Use up a code; return ``totp`` or ``backup``, or nothing when it was not right.

    Call inside a transaction. A time step is used up by a conditional update and a
    backup code by its deletion, so of two uses at once only one succeeds.
    """
    typed = normal_code(code)
    if len(typed) == CODE_DIGITS and typed.isascii() and typed.isdigit():
        used = _use_step(user=user, typed=int(typed), confirmed=confirmed, at=at)
        return "totp" if used else ""
    if not confirmed or len(typed) != BACKUP_CODE_LENGTH:
        return ""
    deleted, _by_model = StaticToken.objects.filter(
        device__user=user, token=_backup_digest(user, typed)
    ).delete()
    if not deleted:
        return ""
    record(
        action="accounts.use_backup_code",
        subject=user,
        by=by,
        at=at,
        after={"left": queries.backup_codes_left(user)},
    )
    return "backup"


def _use_step(*, user: User, typed: int, confirmed: bool, at: datetime) -> bool:
    device = TOTPDevice.objects.filter(user=user, confirmed=confirmed).first()
    if device is None:
        return False
    clock = TOTP(device.bin_key, device.step, device.t0, device.digits, device.drift)
    clock.time = at.timestamp()
    if not clock.verify(typed, device.tolerance, device.last_t + 1):
        return False
    step = clock.t()
    used: int = TOTPDevice.objects.filter(pk=device.pk, last_t__lt=step).update(
        last_t=step, last_used_at=at
    )
    return used == 1


def _prove(
    *,
    user: User,
    password: str,
    code: str,
    address: str,
    at: datetime,
    confirmed: bool = True,
) -> bool:
    reservation = reserve(user=user, at=at)
    if reservation.granted:
        reason = "code"
        if not user.check_password(password):
            reason = "password"
        else:
            with transaction.atomic():
                if use_code(user=user, code=code, by=user, at=at, confirmed=confirmed):
                    give_back(user=user)
                    return True
    else:
        reason = "locked"
    failed(
        user=user,
        reason=reason,
        locks=reservation.locks,
        tried=user.username,
        address=address,
        at=at,
    )
    return False


def _new_backup_codes(user: User) -> list[str]:
    StaticDevice.objects.filter(user=user).delete()
    device = StaticDevice.objects.create(user=user, name="backup")
    codes = [
        "".join(secrets.choice(READABLE) for _place in range(BACKUP_CODE_LENGTH))
        for _code in range(BACKUP_CODES)
    ]
    StaticToken.objects.bulk_create(
        StaticToken(device=device, token=_backup_digest(user, code)) for code in codes
    )
    return [spaced_code(code) for code in codes]


def _backup_digest(user: User, code: str) -> str:
    """Return what is stored of a backup code: 80 bits, keyed by the installation."""
    digest = salted_hmac(
        "wugeyi.accounts.backup_code", f"{user.pk}:{code}", algorithm="sha256"
    ).digest()
    return b32encode(digest)[:16].decode().lower()


def _end_sessions(user: User) -> None:
    User.objects.filter(pk=user.pk).update(session_epoch=F("session_epoch") + 1)
    user.refresh_from_db(fields=["session_epoch"])
