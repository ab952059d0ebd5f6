"""Decisions a branch takes part in, the cases that caused them, and how they were taken."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wugeyi.branchwork.models.base import Recorded
from wugeyi.branchwork.models.dictionaries import Topic
from wugeyi.branchwork.rules.meetings import Body, Stage
from wugeyi.casework.models import Case

STAGE_NAMES = {
    Stage.PROPOSE: _("村党组织提议"),
    Stage.CONSULT: _("村“两委”商议"),
    Stage.REVIEW: _("党员大会审议"),
    Stage.RESOLVE: _("会议决议"),
    Stage.PUBLISH: _("决议公开"),
    Stage.PUBLISH_RESULT: _("实施结果公开"),
}
BODY_NAMES = {
    Body.MEMBERS: _("党员大会"),
    Body.VILLAGERS: _("村民会议（18 周岁以上村民）"),
    Body.HOUSEHOLDS: _("村民会议（户的代表）"),
    Body.REPRESENTATIVES: _("村民代表会议"),
    Body.COLLECTIVE: _("集体经济组织成员大会"),
    Body.COLLECTIVE_REPRESENTATIVES: _("集体经济组织成员代表大会"),
    Body.COUNCIL: _("集体经济组织理事会"),
}


class Adopted(models.TextChoices):
    """What became of the branch's opinion."""

    YES = "yes", _("采纳")
    PARTLY = "partly", _("部分采纳")
    NO = "no", _("没有采纳")
    PENDING = "pending", _("还没有定")


class Decision(Recorded):
    """A matter a branch took part in deciding, its opinion, and what came of it."""

    DAY = "held_on"
    VALUES = ("matter", "topic", "opinion", "adopted", "held_on")
    SOURCE = "decisions"

    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="+")
    held_on = models.DateField(_("哪天议的"))
    matter = models.TextField(_("议什么事"), max_length=1000)
    opinion = models.TextField(_("支部的意见"), max_length=1000, blank=True)
    adopted = models.CharField(
        _("意见采纳了吗"), max_length=8, choices=Adopted, default=Adopted.PENDING
    )
    outcome = models.TextField(_("后来怎样"), max_length=1000, blank=True)
    outcome_on = models.DateField(_("结果的日期"), null=True, blank=True)
    outcome_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        indexes = (
            models.Index(
                fields=["organisation", "held_on", "id"], name="decision_of_unit"
            ),
            models.Index(fields=["held_on", "id"], name="decision_day"),
            # What waits for its outcome is a short list; the index holds only that.
            models.Index(
                fields=["held_on", "id"],
                name="decision_waiting",
                condition=models.Q(
                    outcome="", withdrawn_at=None, adopted__in=("yes", "partly")
                ),
            ),
        )

    def __str__(self) -> str:
        return self.matter

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("branchwork:decision", args=[self.pk])


class DecisionCase(models.Model):
    """A case that caused a decision."""

    decision = models.ForeignKey(
        Decision, on_delete=models.CASCADE, related_name="causes"
    )
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="decisions")
    linked_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["decision", "case"], name="decision_case_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.decision_id}: {self.case_id}"


class Meeting(models.Model):
    """One step of 四议两公开 for a decision: when, who met, with what numbers.

    ``due`` is how many make up the body. Numbers may be missing: the check then says
    not recorded.
    """

    decision = models.ForeignKey(
        Decision, on_delete=models.CASCADE, related_name="meetings"
    )
    stage = models.CharField(
        max_length=14, choices=[(s.value, STAGE_NAMES[s]) for s in Stage]
    )
    body = models.CharField(
        max_length=16,
        blank=True,
        choices=[(b.value, BODY_NAMES[b]) for b in Body],
    )
    held_on = models.DateField(null=True)
    due = models.PositiveIntegerField(null=True)
    attended = models.PositiveIntegerField(null=True)
    in_favour = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["decision", "stage"], name="meeting_stage_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.decision_id}: {self.stage}"
