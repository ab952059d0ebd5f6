"""What is to be done by when, and what may go wrong."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from wugeyi.projects.models.projects import Project


class Milestone(models.Model):
    """Something that is done by a day."""

    project = models.ForeignKey(
        Project, on_delete=models.CASCADE, related_name="milestones"
    )
    name = models.CharField(_("做什么"), max_length=120)
    due_on = models.DateField(_("计划日期"))
    done_on = models.DateField(_("完成日期"), null=True)
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=["project", "due_on"], name="milestone_due"),)

    def __str__(self) -> str:
        return self.name


class MilestoneMove(models.Model):
    """A planned day that was moved: from, to and why."""

    milestone = models.ForeignKey(
        Milestone, on_delete=models.CASCADE, related_name="moves"
    )
    from_on = models.DateField()
    to_on = models.DateField(_("改到"))
    reason = models.CharField(_("为什么改"), max_length=300)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.from_on} → {self.to_on}"


class Risk(models.Model):
    """What may go wrong, or did, and what came of it."""

    class Kind(models.TextChoices):
        MARKET = "market", _("销路、价格")
        NATURE = "nature", _("天气、病虫害")
        MONEY = "money", _("资金")
        TECHNICAL = "technical", _("技术、质量")
        LEGAL = "legal", _("手续、合同")
        PEOPLE = "people", _("人手")
        OTHER = "other", _("其他")

    class State(models.TextChoices):
        OPEN = "open", _("在看着")
        AVERTED = "averted", _("没有发生")
        HAPPENED = "happened", _("发生了")

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="risks")
    kind = models.CharField(_("哪一类"), max_length=10, choices=Kind)
    text = models.CharField(_("可能出什么问题"), max_length=500)
    seen_on = models.DateField(_("哪天看到的"))
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    outcome = models.CharField(_("后来怎样"), max_length=500, blank=True)
    outcome_on = models.DateField(null=True)
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(state="open", outcome_on=None)
                | ~models.Q(state="open") & models.Q(outcome_on__isnull=False),
                name="risk_end_has_a_day",
            ),
        )

    def __str__(self) -> str:
        return self.text
