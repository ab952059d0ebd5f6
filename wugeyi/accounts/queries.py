"""Reads about people who sign in."""

from base64 import b32encode
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import quote, urlencode

import segno
from django.conf import settings
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from wugeyi.accounts.models import User
from wugeyi.accounts.rules import normal_email, normal_username

RESET_LETTERS_AT_MOST = 5


def by_username(username: str) -> User | None:
    """Return the person of this sign-in name, however it was typed; None: nobody."""
    return User.objects.filter(username=normal_username(username)).first()


def reachable_by_letter(typed: str) -> list[User]:
    """Return active people with an e-mail whose sign-in name or e-mail was typed.

    Several people of one office may share a mailbox: each gets a letter of their own,
    at most five.
    """
    active = User.objects.filter(is_active=True).exclude(email="")
    people = {user.pk: user for user in active.filter(username=normal_username(typed))}
    for user in active.filter(email=normal_email(typed)).order_by("pk")[
        :RESET_LETTERS_AT_MOST
    ]:
        people.setdefault(user.pk, user)
    return list(people.values())[:RESET_LETTERS_AT_MOST]


class ResetTokens(PasswordResetTokenGenerator):
    """Django's reset tokens at a given time, ended as well by anything that ends sessions.

    A token holds for ``settings.PASSWORD_RESET_TIMEOUT`` seconds and until the person
    signs in, changes the password or the e-mail, or is deactivated.
    """

    key_salt = "wugeyi.accounts.reset"

    def __init__(self, at: datetime) -> None:
        super().__init__()
        self.at = at

    def _now(self) -> datetime:
        return self.at.astimezone(UTC).replace(tzinfo=None)

    def _make_hash_value(self, user: User, timestamp: int) -> str:
        signed_in = user.signed_in_at.isoformat() if user.signed_in_at else ""
        return (
            f"{user.pk}:{user.password}:{user.session_epoch}:{user.is_active}"
            f":{signed_in}:{timestamp}:{user.email}"
        )


@dataclass(frozen=True, slots=True)
class ResetLink:
    """What opens the page on which a new password is chosen, once, until a time."""

    user: User
    uid: str
    token: str
    expires_at: datetime


def uid_of(user: User) -> str:
    """Return how a reset link names a person."""
    return urlsafe_base64_encode(force_bytes(user.pk))


def person_of_link(*, uid: str, token: str, at: datetime) -> User | None:
    """Return whose new password this link may set at this time; None: no longer."""
    try:
        key = int(urlsafe_base64_decode(uid).decode())
    except (ValueError, UnicodeDecodeError):
        return None
    if not 0 < key < 2**63:
        return None
    user = User.objects.filter(pk=key, is_active=True).first()
    if user is None or not ResetTokens(at).check_token(user, token):
        return None
    return user


def codes_of(user: User) -> TOTPDevice | None:
    """Return the confirmed source of this person's one-time codes; None: not in use."""
    return TOTPDevice.objects.filter(user=user, confirmed=True).first()


def unconfirmed_codes_of(user: User) -> TOTPDevice | None:
    """Return the source whose setting up was begun and not finished."""
    return TOTPDevice.objects.filter(user=user, confirmed=False).first()


def backup_codes_left(user: User) -> int:
    """Return how many backup codes are unused."""
    left: int = StaticToken.objects.filter(device__user=user).count()
    return left


def enrolment_address(device: TOTPDevice, username: str) -> str:
    """Return what a phone's code app reads (Key Uri Format, as Google documents it)."""
    issuer = str(settings.OTP_TOTP_ISSUER).replace(":", "")
    values = {
        "secret": b32encode(device.bin_key).decode().rstrip("="),
        "issuer": issuer,
        "algorithm": "SHA1",
        "digits": device.digits,
        "period": device.step,
    }
    label = quote(f"{issuer}:{username}")
    return f"otpauth://totp/{label}?{urlencode(values, quote_via=quote)}"


def secret_in_groups(device: TOTPDevice) -> str:
    """Return the secret for typing by hand, in groups of four."""
    text = b32encode(device.bin_key).decode().rstrip("=")
    return " ".join(text[i : i + 4] for i in range(0, len(text), 4))


def qr_image(text: str) -> str:
    """Return a QR code as a ``data:`` address for an ``img``: black on white, quiet zone."""
    code = segno.make(text, error="m", micro=False)
    return code.svg_data_uri(scale=4, border=4, light="#fff", dark="#000")
