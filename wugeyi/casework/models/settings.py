"""What an installation decides: categories, duty lists, deadlines, days off, retention.

Every row that was recalled or inferred rather than read in its source carries
``verified = False`` and is shown as unverified.
"""

from django.conf import settings
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from wugeyi.organisations.models import Kind, Organisation


class Category(models.Model):
    """What a need is about; two levels."""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(_("名称"), max_length=40)
    name_en = models.CharField(max_length=80)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    keywords = models.CharField(max_length=300, blank=True)
    public = models.BooleanField(_("可公开"), default=True)
    active = models.BooleanField(default=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position", "id")

    def __str__(self) -> str:
        return self.name_en if get_language() == "en" else self.name


class DutyList(models.Model):
    """One version of what a kind of organisation answers for."""

    kind = models.CharField(max_length=12, choices=Kind)
    version = models.PositiveSmallIntegerField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=200, blank=True)
    verified = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["kind", "version"], name="duty_list_version"
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} v{self.version}"


class Duty(models.Model):
    """A category on a duty list."""

    duty_list = models.ForeignKey(
        DutyList, on_delete=models.CASCADE, related_name="duties"
    )
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["duty_list", "category"], name="duty_once"),
        )

    def __str__(self) -> str:
        return f"{self.duty_list}: {self.category}"


class Responsibility(models.Model):
    """A department answers for a category in the area of the organisation it belongs to."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="responsibilities"
    )
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="+")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.organisation}: {self.category}"


class Urgency(models.TextChoices):
    """How soon: the four steps of the domain's table (danger to life never queues)."""

    URGENT = "urgent", _("紧急")
    TIMELY = "timely", _("及时")
    GENERAL = "general", _("一般")
    COMPLEX = "complex", _("复杂")


class Unit(models.TextChoices):
    """How a deadline counts; the values are those of the deadlines engine."""

    HOURS = "hours", _("小时")
    CALENDAR_DAYS = "calendar_days", _("自然日")
    WORKING_DAYS = "working_days", _("工作日")


class DeadlineRule(models.Model):
    """How long contact and answer may take: the most specific row that fits wins.

    Empty category or kind fit all; a category counts more than a kind of handler.
    """

    urgency = models.CharField(max_length=8, choices=Urgency)
    category = models.ForeignKey(
        Category, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    kind = models.CharField(max_length=12, choices=Kind, blank=True)
    contact_amount = models.PositiveSmallIntegerField()
    contact_unit = models.CharField(max_length=14, choices=Unit)
    answer_amount = models.PositiveSmallIntegerField()
    answer_unit = models.CharField(max_length=14, choices=Unit)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=200, blank=True)
    verified = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.get_urgency_display()}: {self.answer_amount} {self.get_answer_unit_display()}"


class CalendarDay(models.Model):
    """A day off or a make-up working day; of the country, or of one place and all below it."""

    day = models.DateField()
    working = models.BooleanField()
    name = models.CharField(max_length=60, blank=True)
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    source = models.CharField(max_length=200, blank=True)
    verified = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["day", "organisation"],
                name="calendar_day_once",
                nulls_distinct=False,
            ),
        )

    def __str__(self) -> str:
        return f"{self.day} {self.name}"


class Retention(models.Model):
    """Why a field is kept, and for how many days after the case ended."""

    field = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=40)
    name_en = models.CharField(max_length=80)
    purpose = models.CharField(max_length=200)
    purpose_en = models.CharField(max_length=300)
    days = models.PositiveIntegerField()
    basis = models.CharField(max_length=200)
    verified = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.name_en if get_language() == "en" else self.name


class SavedReply(models.Model):
    """A sentence an organisation says often."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="saved_replies"
    )
    title = models.CharField(_("标题"), max_length=40)
    text = models.TextField(_("内容"), max_length=1000)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.title
