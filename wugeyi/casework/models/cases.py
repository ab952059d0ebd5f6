"""A case, who asked (kept apart), and the photographs."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from wugeyi.casework.models.settings import Category, Urgency
from wugeyi.casework.rules.states import Outcome, State
from wugeyi.organisations.models import Organisation
from wugeyi.uploads.models import Upload

STATE_NAMES = {
    State.NEW: _("待派单"),
    State.ASSIGNED: _("待签收"),
    State.OBJECTED: _("退回待定"),
    State.WORKING: _("办理中"),
    State.ANSWERED: _("已答复，待回访"),
    State.CLOSED: _("已办结"),
    State.MERGED: _("已合并"),
}
OUTCOME_NAMES = {
    Outcome.RESOLVED: _("已解决"),
    Outcome.UNREACHED: _("未联系上"),
    Outcome.REFERRED: _("已告知法定途径"),
    Outcome.WITHDRAWN: _("诉求人撤回"),
}
OPEN_STATES = ("new", "assigned", "objected", "working", "answered")


class Channel(models.TextChoices):
    """Where a need came in."""

    WEB = "web", _("网页")
    PHONE = "phone", _("电话")
    DOOR = "door", _("上门")
    CHAT = "chat", _("群消息")
    HOTLINE = "hotline", _("12345 转来")
    API = "api", _("开放接口")


class Satisfaction(models.TextChoices):
    """What who asked says of the handling."""

    YES = "yes", _("满意")
    MOSTLY = "mostly", _("基本满意")
    NO = "no", _("不满意")


class Case(models.Model):
    """One need, from report to result. Written only by ``casework.actions``."""

    # The reporting device made it: the same report sent twice is one case.
    client_id = models.UUIDField(unique=True)
    receipt = models.CharField(max_length=12, unique=True)
    text = models.TextField(_("诉求"), max_length=4000)
    # Personal values enter the audit as hashes with this salt; erased with them.
    salt = models.CharField(max_length=32)
    # What the public may read: masked, looked at by a person, blank until then.
    public_text = models.TextField(_("公开内容"), max_length=4000, blank=True)
    published_at = models.DateTimeField(null=True)
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="+")
    urgency = models.CharField(max_length=8, choices=Urgency, default=Urgency.GENERAL)
    danger = models.BooleanField(_("危及人身安全"), default=False)
    channel = models.CharField(max_length=8, choices=Channel)
    # The number another system knows it by (a 12345 order); blank if none.
    source_number = models.CharField(max_length=60, blank=True)
    place = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    spot = models.CharField(_("具体位置"), max_length=120, blank=True)
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    # h3 cell (resolution 10, edge some 75 m) of the point; null without a point.
    cell = models.BigIntegerField(null=True)
    state = models.CharField(
        max_length=8, choices=[(s.value, STATE_NAMES[s]) for s in State]
    )
    outcome = models.CharField(
        max_length=10,
        blank=True,
        choices=[(o.value, OUTCOME_NAMES[o]) for o in Outcome],
    )
    satisfaction = models.CharField(max_length=6, choices=Satisfaction, blank=True)
    # First receiver: stays responsible whoever handles it (Beijing 2021, art. 14).
    receiver = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+"
    )
    handler = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+"
    )
    worker = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    reported_party = models.ForeignKey(
        Organisation, null=True, on_delete=models.PROTECT, related_name="+"
    )
    merged_into = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="merged"
    )
    split_from = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="parts"
    )
    registered_at = models.DateTimeField()
    registered_on = models.DateField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    # When the clock of the present round began: registration, or the last reopening.
    counting_from = models.DateTimeField()
    contact_due_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    contacted_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_on = models.DateField(null=True)
    reopened = models.PositiveSmallIntegerField(default=0)
    excluded = models.BooleanField(default=False)
    # Counts every write, so that a stale page cannot overwrite a newer case.
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = (
            models.Index(
                fields=["handler", "due_at", "id"],
                name="case_desk",
                condition=models.Q(state__in=OPEN_STATES),
            ),
            models.Index(
                fields=["due_at", "id"],
                name="case_due",
                condition=models.Q(state__in=OPEN_STATES),
            ),
            models.Index(
                fields=["place", "due_at", "id"],
                name="case_place_open",
                condition=models.Q(state__in=OPEN_STATES),
            ),
            # At a million cases a filter by category looked at ten thousand rows.
            models.Index(
                fields=["category", "due_at", "id"],
                name="case_category_open",
                condition=models.Q(state__in=OPEN_STATES),
            ),
            models.Index(
                fields=["due_at", "id"],
                name="case_answered",
                condition=models.Q(state=State.ANSWERED.value),
            ),
            # Whose term for the first contact passes next: counted when it does.
            models.Index(
                fields=["contact_due_at"],
                name="case_contact_due",
                condition=models.Q(contacted_at=None, contact_due_at__isnull=False),
            ),
            models.Index(fields=["handler", "id"], name="case_handler"),
            models.Index(
                fields=["cell", "category"],
                name="case_cell",
                condition=models.Q(cell__isnull=False),
            ),
            models.Index(
                fields=["published_at", "id"],
                name="case_public",
                condition=models.Q(published_at__isnull=False),
            ),
            # A community's public page: the general one above would be read through.
            models.Index(
                fields=["place", "published_at", "id"],
                name="case_place_public",
                condition=models.Q(published_at__isnull=False),
            ),
            models.Index(fields=["closed_on"], name="case_closed_day"),
            # What recurs in a quarter is counted from this index alone: at a million
            # cases that took twice as long from the table.
            models.Index(
                fields=["registered_on", "place", "category", "published_at"],
                name="case_recurring",
            ),
            # The same below a unit; and what was registered at a place on some days.
            models.Index(
                fields=["place", "registered_on", "category", "published_at"],
                name="case_place_recurring",
            ),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["channel", "source_number"],
                name="case_source_number_once",
                condition=~models.Q(source_number=""),
            ),
            models.CheckConstraint(
                condition=models.Q(state="closed", closed_at__isnull=False)
                & ~models.Q(outcome="")
                | ~models.Q(state="closed") & models.Q(outcome="", closed_at=None),
                name="case_closed_has_outcome",
            ),
            models.CheckConstraint(
                condition=models.Q(state="merged", merged_into__isnull=False)
                | ~models.Q(state="merged") & models.Q(merged_into=None),
                name="case_merged_names_the_other",
            ),
        )

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """What people call it by: the day it came in and its key, ``20261122-4711``."""
        return f"{self.registered_on:%Y%m%d}-{self.pk}"


class Reporter(models.Model):
    """Who asked. Apart from the case, so that reading a case never reads a person."""

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="reporter")
    name = models.CharField(_("称呼"), max_length=40, blank=True)
    phone = models.CharField(_("联系电话"), max_length=30, blank=True)
    address = models.CharField(_("住址"), max_length=120, blank=True)
    salt = models.CharField(max_length=32)
    # Set when the case ends; a command erases what is past it.
    keep_until = models.DateField(null=True)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=["keep_until"], name="reporter_keep_until"),)

    def __str__(self) -> str:
        return f"reporter of {self.case_id}"


class CasePhoto(models.Model):
    """A photograph of a case; only ``public`` ones show on public pages."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="photos")
    upload = models.ForeignKey(Upload, on_delete=models.PROTECT, related_name="+")
    public = models.BooleanField(default=False)
    by_staff = models.BooleanField(default=False)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.case_id}: {self.upload_id}"
