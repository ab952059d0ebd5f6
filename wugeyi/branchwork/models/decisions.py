"""Decisions a branch takes part in, the cases that caused them, and how they were taken."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wugeyi.branchwork.models.base import Recorded
from wugeyi.branchwork.models.dictionaries import Topic
from wugeyi.branchwork.rules.matters import Matter, matter_of
from wugeyi.branchwork.rules.meetings import BODIES, Body, Stage
from wugeyi.casework.models import Case
from wugeyi.uploads.models import Upload

STAGE_NAMES = {
    Stage.PROPOSE: _("村党组织提议"),
    Stage.CONSULT: _("村“两委”商议"),
    Stage.REVIEW: _("党员大会审议"),
    Stage.RESOLVE: _("村民会议或村民代表会议决议"),
    Stage.PARTY: _("乡镇党委或村党组织研究讨论"),
    Stage.DRAFT: _("理事会起草方案"),
    Stage.ASSEMBLY: _("成员大会或成员代表大会表决"),
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


class Course(models.TextChoices):
    """Which procedure a decision takes: ``rules.meetings.Track`` in words."""

    NONE = "", _("没有登记")
    VILLAGE = "village", _("四议两公开")
    COLLECTIVE = "collective", _("集体经济组织成员大会")
    BOTH = "both", _("先四议两公开，再成员大会")


class Origin(models.TextChoices):
    """Where a matter came from (动议事由)."""

    RESIDENTS = "residents", _("群众建议")
    OFFICIALS = "officials", _("村干部提议")
    SUPERIORS = "superiors", _("上级安排")


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
    track = models.CharField(
        _("走什么程序"), max_length=10, choices=Course, blank=True, default=""
    )
    # What it is to the collective: a code of ``rules.matters``.
    collective_matter = models.CharField(
        _("属于集体经济组织的哪类事项"), max_length=20, blank=True, default=""
    )
    origin = models.CharField(
        _("动议事由"), max_length=10, choices=Origin, blank=True, default=""
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

    @property
    def collective_kind(self) -> Matter | None:
        """Return what it is to the collective, None if that was not said."""
        return matter_of(self.collective_matter)

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


def _ballots() -> models.Q:
    """Return who may vote in which stage."""
    allowed = models.Q(body="")
    for stage, bodies in BODIES.items():
        allowed |= models.Q(stage=stage.value, body__in=[b.value for b in bodies])
    return allowed


class Meeting(models.Model):
    """One step of a decision's procedure: when, who met, with what numbers.

    ``due`` is how many make up the body. Numbers may be missing: the check then says
    not recorded. Villagers and members of the collective vote in stages of their own;
    the database keeps their ballots apart.
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
    # When members were told of the assembly, and how many households there are.
    notice_on = models.DateField(null=True)
    households = models.PositiveIntegerField(null=True)
    minutes = models.TextField(_("会议内容"), max_length=4000, blank=True)
    signed = models.PositiveIntegerField(_("签字人数"), null=True)
    # Who came from the township.
    township = models.CharField(_("乡镇参会人"), max_length=120, blank=True)
    # What the supervision committee said; of publications.
    supervision = models.CharField(_("监督意见"), max_length=500, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["decision", "stage"], name="meeting_stage_once"
            ),
            models.CheckConstraint(name="meeting_ballots_apart", condition=_ballots()),
        )

    def __str__(self) -> str:
        return f"{self.decision_id}: {self.stage}"


class MeetingPicture(models.Model):
    """A picture of a meeting, of a signed page or of a notice on the wall."""

    meeting = models.ForeignKey(
        Meeting, on_delete=models.CASCADE, related_name="pictures"
    )
    upload = models.ForeignKey(Upload, on_delete=models.PROTECT, related_name="+")
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    added_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.upload)
