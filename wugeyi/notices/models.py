"""Who hears what by which way, what was told, and what became of each letter.

Addresses stand in one table, which no page of staff reads. A letter holds no words:
they are made in the reader's language when it is sent.
"""

import secrets

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from wugeyi.audit.rules import new_salt
from wugeyi.notices.rules import QUIET_FROM, QUIET_UNTIL


def new_secret() -> str:
    """Return what makes a reader's links unguessable: 128 random bits."""
    return secrets.token_urlsafe(16)


class Subscriber(models.Model):
    """Somebody who hears: an account, a receipt's holder, or a group of people on duty."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+"
    )
    topic = models.CharField(max_length=40, blank=True)
    topic_key = models.BigIntegerField(null=True)
    # What is listened to: the row itself, or the one it went into.
    follows_key = models.BigIntegerField(null=True)
    # The way a group on duty is told by; blank for people.
    group = models.CharField(max_length=20, blank=True)
    language = models.CharField(max_length=10, default=settings.LANGUAGE_CODE)
    quiet_from = models.TimeField(_("几点起不打扰"), default=QUIET_FROM)
    quiet_until = models.TimeField(_("到几点"), default=QUIET_UNTIL)
    urgent_anytime = models.BooleanField(_("急事随时告诉我"), default=False)
    secret = models.CharField(max_length=32, unique=True, default=new_secret)
    # Personal values enter the audit as hashes with this salt; erased with them.
    salt = models.CharField(max_length=32, default=new_salt, editable=False)
    created_at = models.DateTimeField()
    # Addresses of a receipt's holder are erased after this day; null while it is open.
    keep_until = models.DateField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(
                fields=["topic", "follows_key"],
                name="subscriber_follows",
                condition=models.Q(ended_at=None, follows_key__isnull=False),
            ),
            models.Index(
                fields=["keep_until"],
                name="subscriber_keep_until",
                condition=models.Q(ended_at=None, keep_until__isnull=False),
            ),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["group"],
                name="subscriber_one_per_group",
                condition=~models.Q(group=""),
            ),
        )

    def __str__(self) -> str:
        return f"subscriber {self.pk}"


class Address(models.Model):
    """Where somebody is reached by one way. Never shown to staff."""

    subscriber = models.ForeignKey(
        Subscriber, on_delete=models.CASCADE, related_name="addresses"
    )
    way = models.CharField(max_length=20)
    value = models.CharField(max_length=500, blank=True)
    # What a browser gave for encrypting what is pushed to it (RFC 8291).
    public_key = models.CharField(max_length=120, blank=True)
    auth = models.CharField(max_length=40, blank=True)
    created_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    # Unsubscribed by somebody with an account, who may take it up again.
    stopped_at = models.DateTimeField(null=True)
    # The other side said that there is no such address: nothing is sent there again.
    refused_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["subscriber", "way", "value"], name="address_once"
            ),
        )
        indexes = (
            models.Index(
                fields=["created_at"],
                name="address_unconfirmed",
                condition=models.Q(confirmed_at=None),
            ),
        )

    def __str__(self) -> str:
        return f"{self.way} {self.pk}"


class Choice(models.Model):
    """What somebody wants to hear by which way, or does not; absent: as the event says."""

    subscriber = models.ForeignKey(
        Subscriber, on_delete=models.CASCADE, related_name="choices"
    )
    event = models.CharField(max_length=60)
    way = models.CharField(max_length=20)
    wanted = models.BooleanField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["subscriber", "event", "way"], name="choice_once"
            ),
        )
        indexes = (
            models.Index(
                fields=["event"],
                name="choice_wanted",
                condition=models.Q(wanted=True),
            ),
        )

    def __str__(self) -> str:
        return f"{self.event} {self.way}"


class Notice(models.Model):
    """Something that was told once; the worker finds who hears it."""

    event = models.CharField(max_length=60)
    # One of these says whom it is for.
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+"
    )
    topic = models.CharField(max_length=40, blank=True)
    topic_key = models.BigIntegerField(null=True)
    desk = models.BigIntegerField(null=True)
    # Codes of roles with spaces between; blank: whoever works there.
    roles = models.CharField(max_length=80, blank=True)
    subscriber = models.ForeignKey(
        Subscriber, null=True, on_delete=models.CASCADE, related_name="+"
    )
    # What goes into its sentences, written as in an address: name=value&name=value.
    values = models.TextField(blank=True)
    url = models.CharField(max_length=300, blank=True)
    key = models.CharField(max_length=160, unique=True)
    told_at = models.DateTimeField()
    spread_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(
                fields=["id"],
                name="notice_waiting",
                condition=models.Q(spread_at=None),
            ),
            models.Index(fields=["told_at"], name="notice_told"),
        )

    def __str__(self) -> str:
        return self.key


class Letter(models.Model):
    """One sending to one address: of one message, or of several that came together."""

    class State(models.TextChoices):
        """What became of it. Only WAITING ones are tried again."""

        SENDING = "sending", _("正在发")
        SENT = "sent", _("已发出")
        WAITING = "waiting", _("等待再试")
        FAILED = "failed", _("没有发成")
        UNKNOWN = "unknown", _("不知道发到没有")

    subscriber = models.ForeignKey(
        Subscriber, on_delete=models.CASCADE, related_name="letters"
    )
    address = models.ForeignKey(
        Address, null=True, on_delete=models.SET_NULL, related_name="letters"
    )
    way = models.CharField(max_length=20)
    # Given to gateways that tell a repeat by it.
    token = models.UUIDField(unique=True)
    state = models.CharField(max_length=8, choices=State, default=State.SENDING)
    attempts = models.PositiveSmallIntegerField(default=0)
    begun_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    # Why it did not arrive: a code of ours or of the other side, no address in it.
    reason = models.CharField(max_length=120, blank=True)

    class Meta:
        indexes = (
            models.Index(
                fields=["due_at"],
                name="letter_waiting",
                condition=models.Q(state="waiting"),
            ),
            models.Index(
                fields=["begun_at"],
                name="letter_sending",
                condition=models.Q(state="sending"),
            ),
            models.Index(
                fields=["id"],
                name="letter_trouble",
                condition=models.Q(state__in=["failed", "unknown", "waiting"]),
            ),
            models.Index(fields=["address", "-begun_at"], name="letter_of_address"),
        )

    def __str__(self) -> str:
        return f"{self.way} {self.pk}"


class Delivery(models.Model):
    """One message for one address; ``letter`` is the sending that took it along."""

    notice = models.ForeignKey(
        Notice, on_delete=models.CASCADE, related_name="deliveries"
    )
    address = models.ForeignKey(
        Address, null=True, on_delete=models.SET_NULL, related_name="deliveries"
    )
    letter = models.ForeignKey(
        Letter, null=True, on_delete=models.CASCADE, related_name="deliveries"
    )
    due_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["notice", "address"], name="delivery_once"),
        )
        indexes = (
            models.Index(
                fields=["due_at"],
                name="delivery_waiting",
                condition=models.Q(letter=None, address__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"{self.notice_id} → {self.address_id}"
