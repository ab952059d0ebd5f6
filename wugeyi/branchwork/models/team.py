"""Secretaries' terms, trainings, posts of party members, heads: counts and dates.

The files of party members have a system of their own and stay there. The one name here
is the secretary's, who is named in public.
"""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wugeyi.audit.rules import new_salt
from wugeyi.branchwork.models.base import Recorded
from wugeyi.branchwork.models.dictionaries import HeadcountKind


class Leads(models.TextChoices):
    """What kind of unit the branch of a secretary is in."""

    CLINICAL = "clinical", _("临床科室")
    TECHNICAL = "medical_technical", _("医技科室")
    ADMINISTRATIVE = "administrative", _("行政后勤")
    OTHER = "other", _("其他")


class SecretaryTerm(Recorded):
    """Somebody is a branch's secretary from a day on.

    Dual leader (双带头人): ``backbone`` says that the secretary is also a professional
    leader; ``role`` says in which way.
    """

    DAY = "valid_from"
    VALUES = ("person", "role", "leads_unit", "backbone", "valid_from")
    SOURCE = "secretary_terms"

    person = models.CharField(_("书记姓名"), max_length=40)
    # Hides the name in the audit.
    salt = models.CharField(max_length=32, default=new_salt, editable=False)
    valid_from = models.DateField(_("从哪天起任书记"))
    # The first day on which it is over.
    valid_to = models.DateField(_("到哪天止"), null=True, blank=True)
    role = models.CharField(_("业务职务或职称"), max_length=80, blank=True)
    backbone = models.BooleanField(_("是业务骨干"), default=False)
    leads_unit = models.CharField(
        _("支部所在"), max_length=20, choices=Leads, default=Leads.OTHER
    )

    class Meta:
        indexes = (
            models.Index(
                fields=["organisation", "valid_from", "id"], name="term_of_unit"
            ),
            models.Index(fields=["valid_from", "id"], name="term_day"),
        )
        constraints = (
            models.CheckConstraint(
                condition=models.Q(valid_to=None)
                | models.Q(valid_to__gt=models.F("valid_from")),
                name="term_dates_in_order",
            ),
        )

    def __str__(self) -> str:
        return self.person

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("branchwork:record", args=["terms", self.pk])


class Training(Recorded):
    """A training and how many went: secretaries and others in person-times (人次)."""

    DAY = "on"
    VALUES = ("topic", "outside", "days", "secretaries", "others", "on")
    SOURCE = "trainings"

    topic = models.CharField(_("学什么"), max_length=120)
    on = models.DateField(_("哪天开始"))
    days = models.PositiveSmallIntegerField(_("几天"), default=1)
    outside = models.BooleanField(_("外出培训"), default=False)
    secretaries = models.PositiveIntegerField(_("书记去了几人次"), default=0)
    others = models.PositiveIntegerField(_("其他人去了几人次"), default=0)

    class Meta:
        indexes = (
            models.Index(fields=["organisation", "on", "id"], name="training_of_unit"),
            models.Index(fields=["on", "id"], name="training_day"),
        )

    def __str__(self) -> str:
        return self.topic

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("branchwork:record", args=["trainings", self.pk])


class VanguardPost(Recorded):
    """A post or place where party members go ahead; a place, not a person."""

    class Kind(models.TextChoices):
        VANGUARD = "vanguard", _("党员先锋岗")
        DEMONSTRATION = "demonstration", _("党员示范岗")

    DAY = "valid_from"
    VALUES = ("name", "kind", "valid_from")
    SOURCE = "vanguard_posts"

    kind = models.CharField(_("哪一种"), max_length=14, choices=Kind)
    name = models.CharField(_("岗位或地点"), max_length=80)
    valid_from = models.DateField(_("从哪天起"))
    # The first day on which it no longer stands.
    valid_to = models.DateField(_("到哪天止"), null=True, blank=True)

    class Meta:
        indexes = (
            models.Index(
                fields=["organisation", "valid_from", "id"], name="vanguard_of_unit"
            ),
            models.Index(fields=["valid_from", "id"], name="vanguard_day"),
        )
        constraints = (
            models.CheckConstraint(
                condition=models.Q(valid_to=None)
                | models.Q(valid_to__gt=models.F("valid_from")),
                name="vanguard_dates_in_order",
            ),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("branchwork:record", args=["posts", self.pk])


class Headcount(Recorded):
    """So many people on a day, of a kind: admitted, promoted. Never who."""

    DAY = "on"
    VALUES = ("kind", "people", "on")
    SOURCE = "headcounts"

    kind = models.ForeignKey(HeadcountKind, on_delete=models.PROTECT, related_name="+")
    on = models.DateField(_("哪天"))
    people = models.PositiveIntegerField(_("几人"))

    class Meta:
        indexes = (
            models.Index(fields=["organisation", "on", "id"], name="headcount_of_unit"),
            models.Index(fields=["on", "id"], name="headcount_day"),
        )

    def __str__(self) -> str:
        return str(self.kind)

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("branchwork:record", args=["headcounts", self.pk])
