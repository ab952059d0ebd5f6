"""People who sign in. Residents do not: they follow a case by its receipt."""

from collections.abc import Iterator
from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from wugeyi.accounts.rules import normal_username
from wugeyi.audit.rules import new_salt


class UserManager(BaseUserManager["User"]):
    """Looks people up by sign-in name."""

    def get_by_natural_key(self, username: str | None) -> "User":
        """Return the person of this sign-in name, however it was typed.

        Raises
        ------
        User.DoesNotExist
            When nobody has the name.
        """
        return self.get(username=normal_username(username or ""))


class User(AbstractBaseUser):
    """A member of staff. What one may do follows from posts, never from this row."""

    # signed_in_at takes its place: written by the action, with the action's time.
    last_login = None

    username = models.CharField(_("登录名"), max_length=60, unique=True)
    name = models.CharField(_("姓名"), max_length=40)
    email = models.EmailField(_("电子邮箱"), blank=True, db_index=True)
    is_active = models.BooleanField(_("可登录"), default=True)
    created_at = models.DateTimeField()
    signed_in_at = models.DateTimeField(null=True, blank=True)
    failed_sign_ins = models.PositiveSmallIntegerField(default=0)
    failed_at = models.DateTimeField(null=True, blank=True)
    locked_until = models.DateTimeField(null=True, blank=True)
    # Hides name, sign-in name and e-mail in the audit; erased with them.
    audit_salt = models.CharField(max_length=32, default=new_salt, editable=False)
    # Raised to end every session and every reset link of this person at once.
    session_epoch = models.PositiveIntegerField(default=0)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects = UserManager()

    def __str__(self) -> str:
        return self.name

    def get_session_auth_hash(self) -> str:
        """Return what a session must carry to be this person's: password and epoch."""
        return self._session_hash(None)

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        """Yield the same under secrets that are being retired."""
        for secret in settings.SECRET_KEY_FALLBACKS:
            yield self._session_hash(secret)

    def _session_hash(self, secret: str | bytes | None) -> str:
        return salted_hmac(
            "wugeyi.accounts.session",
            f"{self.session_epoch}:{self.password}",
            secret=secret,
            algorithm="sha256",
        ).hexdigest()

    def is_locked(self, at: datetime) -> bool:
        """Say whether too many failures keep this person out at this time."""
        return self.locked_until is not None and at < self.locked_until


class Throttle(models.Model):
    """How often one key was used in one window of time.

    The key names what is counted and holds a salted hash of whom it is counted for,
    never an address or a name.
    """

    key = models.CharField(max_length=120)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(db_index=True)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["key", "starts_at"], name="throttle_key_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.key} {self.starts_at:%F %T}: {self.count}"
