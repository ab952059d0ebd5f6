"""People who sign in. Residents do not: they follow a case by its receipt."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager["User"]):
    """Looks people up by sign-in name."""


class User(AbstractBaseUser):
    """A member of staff. What one may do follows from posts, never from this row."""

    username = models.CharField(_("登录名"), max_length=60, unique=True)
    name = models.CharField(_("姓名"), max_length=40)
    email = models.EmailField(_("电子邮箱"), blank=True)
    is_active = models.BooleanField(_("可登录"), default=True)
    created_at = models.DateTimeField()
    failed_sign_ins = models.PositiveSmallIntegerField(default=0)
    locked_until = models.DateTimeField(null=True, blank=True)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects = UserManager()

    def __str__(self) -> str:
        return self.name


class Throttle(models.Model):
    """How often one key (an address, a receipt prefix) was used in one window."""

    key = models.CharField(max_length=120)
    window = models.DateTimeField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["key", "window"], name="throttle_key_once"),
        )

    def __str__(self) -> str:
        return f"{self.key} {self.window:%F %T}: {self.count}"
