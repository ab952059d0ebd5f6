"""闪帮: a neighbour asks for a hand, somebody takes it freely."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from wugeyi.organisations.models import Organisation
from wugeyi.volunteering.models.people import Volunteer

PERSON = settings.AUTH_USER_MODEL
LIVING = ("new", "open", "taken", "done")


class Help(models.Model):
    """One request. Where exactly and who asks: only to whoever took it, and to call."""

    class Kind(models.TextChoices):
        CARRY = "carry", _("搬一下、拎一下")
        BUY = "buy", _("代买、代取")
        VISIT = "visit", _("去看看老人")
        OTHER = "other", _("别的小忙")

    class State(models.TextChoices):
        NEW = "new", _("等社区看过")
        OPEN = "open", _("等人来帮")
        TAKEN = "taken", _("有人去帮")
        DONE = "done", _("帮好了，等您确认")
        CONFIRMED = "confirmed", _("已确认帮好")
        DECLINED = "declined", _("社区没有公布")
        WITHDRAWN = "withdrawn", _("本人撤回")
        EXPIRED = "expired", _("过了时间")

    client_id = models.UUIDField(unique=True)
    # Who asked follows it by this.
    code = models.CharField(max_length=12, unique=True)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+"
    )
    kind = models.CharField(max_length=6, choices=Kind)
    # Personal: blank once erased.
    text = models.CharField(_("要帮什么"), max_length=500, blank=True)
    address = models.CharField(_("详细地址"), max_length=120, blank=True)
    name = models.CharField(_("怎么称呼"), max_length=40, blank=True)
    phone = models.CharField(_("联系电话"), max_length=30, blank=True)
    salt = models.CharField(max_length=32, blank=True)
    # What every volunteer may read: roughly where, and what the community wrote.
    near = models.CharField(_("大概在哪里"), max_length=60)
    notice = models.CharField(_("给志愿者看的话"), max_length=120, blank=True)
    until = models.DateTimeField(_("什么时候以前"))
    risk = models.BooleanField(_("可能有人身危险"), default=False)
    insurer = models.CharField(_("保险"), max_length=80, blank=True)
    insured_until = models.DateField(_("保到哪天"), null=True)
    state = models.CharField(max_length=9, choices=State, default=State.NEW)
    reason = models.CharField(max_length=200, blank=True)
    asked_at = models.DateTimeField()
    asked_on = models.DateField()
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(
        PERSON, null=True, on_delete=models.PROTECT, related_name="+"
    )
    done_at = models.DateTimeField(null=True)
    confirmed_on = models.DateField(null=True)
    ended_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)
    written_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(fields=["organisation", "-id"], name="help_unit"),
            models.Index(fields=["asked_on", "organisation"], name="help_day"),
            models.Index(
                fields=["until"],
                name="help_until",
                condition=models.Q(state__in=["new", "open"]),
            ),
            models.Index(
                fields=["-id"], name="help_open", condition=models.Q(state="open")
            ),
            models.Index(
                fields=["ended_at"],
                name="help_ended",
                condition=models.Q(ended_at__isnull=False, erased_at=None),
            ),
        )
        constraints = (
            models.CheckConstraint(
                condition=models.Q(state__in=LIVING, ended_at=None)
                | ~models.Q(state__in=LIVING) & models.Q(ended_at__isnull=False),
                name="help_ended_or_living",
            ),
        )

    def __str__(self) -> str:
        return f"help {self.pk}"


class Take(models.Model):
    """Who took a request, when, and whether they gave it back; one at a time."""

    help = models.ForeignKey(Help, on_delete=models.PROTECT, related_name="takes")
    volunteer = models.ForeignKey(
        Volunteer, on_delete=models.PROTECT, related_name="takes"
    )
    taken_at = models.DateTimeField()
    given_back_at = models.DateTimeField(null=True)
    # Why the community took it out of their hands; blank: they gave it back themselves.
    reason = models.CharField(_("为什么收回"), max_length=200, blank=True)
    recalled_by = models.ForeignKey(
        PERSON, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["help"],
                name="help_taken_once",
                condition=models.Q(given_back_at=None),
            ),
        )
        indexes = (models.Index(fields=["volunteer", "-id"], name="take_volunteer"),)

    def __str__(self) -> str:
        return f"{self.help_id} {self.taken_at}"
