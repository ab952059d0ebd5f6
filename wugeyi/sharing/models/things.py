"""What is shared, when, and how many pieces of it there are."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wugeyi.organisations.models import Organisation
from wugeyi.sharing.models.base import Recorded
from wugeyi.sharing.models.partners import Partner
from wugeyi.sharing.models.words import Word
from wugeyi.sharing.rules.times import PARTS, By


class Thing(Recorded):
    """A room, a tool, a skill, hours: shared free of charge."""

    class Who(models.TextChoices):
        EVERYBODY = "everybody", _("谁都可以")
        RESIDENTS = "residents", _("本社区居民")
        GROUPS = "groups", _("单位和团队")

    class Taken(models.TextChoices):
        HOUR = By.HOUR.value, _("按时段（半小时起）")
        DAY = By.DAY.value, _("按天借")

    partner = models.ForeignKey(
        Partner, on_delete=models.PROTECT, related_name="things"
    )
    # The partner's, kept here for the index of the catalogue.
    community = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    kind = models.ForeignKey(Word, on_delete=models.PROTECT, related_name="things")
    sharing = models.ForeignKey(
        Word, null=True, on_delete=models.PROTECT, related_name="+"
    )
    title = models.CharField(_("名称"), max_length=60)
    about = models.CharField(_("说明"), max_length=400, blank=True)
    place = models.CharField(_("在哪里"), max_length=100, blank=True)
    conditions = models.CharField(_("使用约定"), max_length=300, blank=True)
    by = models.CharField(_("怎么约"), max_length=4, choices=Taken)
    who = models.CharField(_("谁可以约"), max_length=10, choices=Who)
    accepts_itself = models.BooleanField(_("约了就算同意"), default=False)
    # Half hours, or days, that one booking may take.
    most = models.PositiveSmallIntegerField(_("一次最长"))
    ahead_days = models.PositiveSmallIntegerField(_("最多提前几天"))
    since_on = models.DateField(_("从哪天起共享"))
    until_on = models.DateField(_("到哪天"), null=True)

    class Meta:
        indexes = (
            models.Index(
                fields=["community", "-id"],
                name="sharing_catalogue",
                condition=models.Q(until_on=None),
            ),
            models.Index(fields=["community", "id"], name="sharing_thing_list"),
        )
        constraints = (
            models.CheckConstraint(
                name="sharing_thing_sound",
                condition=models.Q(most__gt=0)
                & (
                    models.Q(until_on=None)
                    | models.Q(until_on__gte=models.F("since_on"))
                ),
            ),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the address of its card."""
        return reverse("sharing:thing", args=[self.pk])

    @property
    def way(self) -> By:
        """Whether it is taken by the half hour or by the day."""
        return By(self.by)


class Piece(models.Model):
    """One of the pieces there are of a thing.

    A hold refers to one, so that more than there are cannot be promised, whatever the
    application does.
    """

    thing = models.ForeignKey(Thing, on_delete=models.CASCADE, related_name="pieces")
    number = models.PositiveSmallIntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["thing", "number"], name="sharing_piece_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.thing_id} #{self.number}"


_SPAN = models.Q(begin__lt=models.F("end"), end__lte=PARTS)


class Opening(models.Model):
    """Hours of a weekday, 0 being Monday."""

    thing = models.ForeignKey(Thing, on_delete=models.CASCADE, related_name="openings")
    weekday = models.PositiveSmallIntegerField()
    begin = models.PositiveSmallIntegerField()
    end = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("weekday", "begin")
        constraints = (
            models.UniqueConstraint(
                fields=["thing", "weekday", "begin"], name="sharing_opening_once"
            ),
            models.CheckConstraint(
                name="sharing_opening_sound",
                condition=_SPAN & models.Q(weekday__lte=6),
            ),
        )

    def __str__(self) -> str:
        return f"{self.thing_id}: {self.weekday} {self.begin}-{self.end}"


class OtherDay(models.Model):
    """A day that is otherwise: closed, or open for one span."""

    thing = models.ForeignKey(
        Thing, on_delete=models.CASCADE, related_name="other_days"
    )
    on = models.DateField(_("哪天"), db_column="on_day")
    begin = models.PositiveSmallIntegerField(null=True)
    end = models.PositiveSmallIntegerField(null=True)
    why = models.CharField(_("为什么"), max_length=60, blank=True)

    class Meta:
        ordering = ("on",)
        constraints = (
            models.UniqueConstraint(
                fields=["thing", "on"], name="sharing_other_day_once"
            ),
            models.CheckConstraint(
                name="sharing_other_day_sound",
                condition=models.Q(begin=None, end=None) | _SPAN,
            ),
        )

    def __str__(self) -> str:
        return f"{self.thing_id}: {self.on}"
