"""Bookings, the time they hold, who made them, and thanks."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wugeyi.sharing.models.things import Piece, Thing
from wugeyi.sharing.rules.names import NOTE_LENGTH, PURPOSE_LENGTH, THANKS_LENGTH
from wugeyi.sharing.rules.states import State
from wugeyi.sharing.rules.times import When

STATE_NAMES = {
    State.ASKED: _("等答复"),
    State.ACCEPTED: _("同意了"),
    State.USED: _("正在用"),
    State.RETURNED: _("还了"),
    State.THANKED: _("还了，道了谢"),
    State.REFUSED: _("没有同意"),
    State.CANCELLED: _("取消了"),
    State.MISSED: _("没有来"),
    State.LAPSED: _("过期没有答复"),
}


class Booking(models.Model):
    """A time somebody asked for. Who it was is kept apart, and not for long."""

    class Asker(models.TextChoices):
        RESIDENT = "resident", _("本社区居民")
        GROUP = "group", _("单位或团队")
        OTHER = "other", _("住在别处")

    thing = models.ForeignKey(
        Thing, on_delete=models.PROTECT, related_name="bookings", db_index=False
    )
    client_id = models.UUIDField(unique=True, editable=False)
    # The secret of the receipt's address.
    code = models.CharField(max_length=16, unique=True)
    asker = models.CharField(_("谁约"), max_length=8, choices=Asker)
    group_name = models.CharField(_("单位或团队名称"), max_length=40, blank=True)
    first_on = models.DateField(_("哪天"))
    last_on = models.DateField(_("到哪天"))
    begin = models.PositiveSmallIntegerField(_("从几点"))
    end = models.PositiveSmallIntegerField(_("到几点"))
    pieces = models.PositiveSmallIntegerField(_("几件"), default=1)
    purpose = models.CharField(_("做什么用"), max_length=PURPOSE_LENGTH, blank=True)
    # What it adds to figures once used: minutes where taken by the hour, else days.
    minutes = models.PositiveIntegerField(default=0)
    days = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(
        _("状态"),
        max_length=10,
        choices=[(code.value, name) for code, name in STATE_NAMES.items()],
    )
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answer = models.CharField(_("答复"), max_length=NOTE_LENGTH, blank=True)
    used_at = models.DateTimeField(null=True)
    returned_at = models.DateTimeField(null=True)
    return_note = models.CharField(_("归还情况"), max_length=NOTE_LENGTH, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = (
            models.Index(fields=["thing", "first_on"], name="sharing_booking_thing"),
            models.Index(
                fields=["first_on", "id"],
                name="sharing_booking_asked",
                condition=models.Q(state="asked"),
            ),
            models.Index(
                fields=["last_on", "id"],
                name="sharing_booking_out",
                condition=models.Q(state="used"),
            ),
        )
        constraints = (
            models.CheckConstraint(
                name="sharing_booking_sound",
                condition=models.Q(
                    last_on__gte=models.F("first_on"),
                    end__gt=models.F("begin"),
                    pieces__gt=0,
                ),
            ),
        )

    def __str__(self) -> str:
        return f"{self.thing_id}: {self.first_on}"

    def get_absolute_url(self) -> str:
        """Return the address staff know it by."""
        return reverse("sharing:booking", args=[self.pk])

    @property
    def when(self) -> When:
        """The time it is for."""
        return When(self.first_on, self.last_on, self.begin, self.end)


class Hold(models.Model):
    """A half hour, or a day, of a piece: promised once, which the database sees to."""

    piece = models.ForeignKey(Piece, on_delete=models.PROTECT, related_name="holds")
    on = models.DateField(db_column="on_day")
    part = models.PositiveSmallIntegerField()
    booking = models.ForeignKey(Booking, on_delete=models.CASCADE, related_name="holds")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["piece", "on", "part"], name="sharing_hold_once"
            ),
        )
        indexes = (models.Index(fields=["on"], name="sharing_hold_day"),)

    def __str__(self) -> str:
        return f"{self.piece_id}: {self.on} {self.part}"


class Booker(models.Model):
    """Who asked, so that somebody can ring back; erased when the time is over."""

    booking = models.OneToOneField(
        Booking, on_delete=models.CASCADE, related_name="booker"
    )
    name = models.CharField(_("怎么称呼"), max_length=40, blank=True)
    phone = models.CharField(_("联系电话"), max_length=30, blank=True)
    salt = models.CharField(max_length=32, blank=True)
    keep_until = models.DateField(null=True)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=["keep_until"], name="sharing_booker_until"),)

    def __str__(self) -> str:
        return f"booker of {self.booking_id}"


class Thanks(models.Model):
    """A word of thanks: read by the community first, then public or not."""

    class State(models.TextChoices):
        WAITING = "waiting", _("等社区看")
        PUBLIC = "public", _("上了感谢墙")
        KEPT = "kept", _("没有公开")

    booking = models.OneToOneField(
        Booking, on_delete=models.CASCADE, related_name="thanks"
    )
    community = models.ForeignKey(
        "organisations.Organisation",
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    text = models.CharField(_("原话"), max_length=THANKS_LENGTH, blank=True)
    shown_name = models.CharField(max_length=40)
    public_text = models.CharField(
        _("公开的话"), max_length=THANKS_LENGTH + 100, blank=True
    )
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    sent_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    salt = models.CharField(max_length=32, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = (
            models.Index(
                fields=["community", "state", "-id"], name="sharing_thanks_by_state"
            ),
        )

    def __str__(self) -> str:
        return f"thanks for {self.booking_id}"
