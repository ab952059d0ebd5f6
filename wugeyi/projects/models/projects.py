"""A project: from a decision or a case to a goal with a measure."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from wugeyi.casework.models import Case
from wugeyi.imports.models import Batch
from wugeyi.organisations.models import Organisation
from wugeyi.projects.rules.states import State

STATE_NAMES = {
    State.PLANNED: _("计划中"),
    State.RUNNING: _("进行中"),
    State.DONE: _("已完成"),
    State.STOPPED: _("已停止"),
    State.FAILED: _("未成功"),
}


class Kind(models.TextChoices):
    """What a project is. What is none of these is named by the dictionary."""

    LINE = "line", _("便民线路")
    LINK = "link", _("通道、桥、梯道")
    TECHNOLOGY = "technology", _("新医疗技术")
    RESEARCH = "research", _("科研立项")
    COMPANY = "company", _("“1+1”公司")
    FUND = "fund", _("专项资金")
    TOURISM = "tourism", _("旅游")
    FARMING = "farming", _("种植养殖")
    OTHER = "other", _("其他")


class Level(models.TextChoices):
    """Who approved a research grant or a key speciality."""

    NATIONAL = "national", _("国家级")
    PROVINCIAL = "provincial", _("省级")
    CITY = "city", _("市级")
    COUNTY = "county", _("区县级")
    OWN = "own", _("本单位")


class OtherKind(models.Model):
    """A kind of one's own, kept by the seat's administrators."""

    code = models.SlugField(_("代码"), max_length=20, unique=True)
    name_zh = models.CharField(_("名称"), max_length=40)
    name_en = models.CharField(_("英文名称"), max_length=80, blank=True)
    # A kind that is offered no longer keeps its projects.
    ended_on = models.DateField(null=True)

    def __str__(self) -> str:
        return self.name_zh


class Project(models.Model):
    """Written only by ``projects.actions``; never deleted, failed ones least of all."""

    # Made by the form or by a row of an import: the same one twice is one project.
    client_id = models.UUIDField(unique=True)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+"
    )
    kind = models.CharField(_("类别"), max_length=12, choices=Kind)
    other_kind = models.ForeignKey(
        OtherKind, null=True, on_delete=models.PROTECT, related_name="+"
    )
    title = models.CharField(_("名称"), max_length=120)
    goal = models.TextField(_("目标"), max_length=2000, blank=True)
    # The number a grant or an approval carries; blank if none.
    number = models.CharField(_("编号"), max_length=60, blank=True)
    level = models.CharField(_("级别"), max_length=12, choices=Level, blank=True)
    # See rules.importing.identity_of: finds what was typed before it was imported.
    identity = models.CharField(max_length=64, blank=True)
    decision = models.ForeignKey(
        "branchwork.Decision",
        null=True,
        on_delete=models.PROTECT,
        related_name="projects",
    )
    started_on = models.DateField(_("开始日期"))
    state = models.CharField(
        _("状态"), max_length=8, choices=[(s.value, STATE_NAMES[s]) for s in State]
    )
    state_on = models.DateField(_("状态日期"))
    state_reason = models.CharField(_("原因"), max_length=500, blank=True)
    # The day it ended, whatever the end; null while it is open.
    ended_on = models.DateField(null=True)
    # What the goal is measured by: a figure's code, or an indicator in own words.
    measure = models.CharField(_("统计指标"), max_length=60, blank=True)
    indicator = models.CharField(_("衡量什么"), max_length=80, blank=True)
    unit = models.CharField(_("单位"), max_length=20, blank=True)
    baseline = models.DecimalField(
        _("现状"), max_digits=18, decimal_places=4, null=True
    )
    baseline_on = models.DateField(_("现状日期"), null=True)
    target = models.DecimalField(
        _("目标值"), max_digits=18, decimal_places=4, null=True
    )
    target_on = models.DateField(_("达到日期"), null=True)
    # What everybody may read; blank until a person publishes it.
    public_goal = models.TextField(max_length=1000, blank=True)
    public_result = models.TextField(max_length=1000, blank=True)
    published_at = models.DateTimeField(null=True)
    batch = models.ForeignKey(
        Batch, null=True, on_delete=models.PROTECT, related_name="+"
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField()
    # Recorded by mistake: counted nowhere, still there.
    withdrawn_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = (
            models.Index(fields=["organisation", "-id"], name="project_organisation"),
            models.Index(fields=["kind", "-id"], name="project_kind"),
            models.Index(fields=["state", "-id"], name="project_state"),
            models.Index(
                fields=["identity"],
                name="project_identity",
                condition=~models.Q(identity=""),
            ),
            models.Index(
                fields=["-published_at", "-id"],
                name="project_public",
                condition=models.Q(published_at__isnull=False),
            ),
        )
        constraints = (
            models.CheckConstraint(
                condition=models.Q(
                    state__in=("planned", "running"), ended_on__isnull=True
                )
                | models.Q(
                    state__in=("done", "stopped", "failed"), ended_on__isnull=False
                ),
                name="project_end_has_a_day",
            ),
            models.CheckConstraint(
                condition=models.Q(other_kind=None) | models.Q(kind="other"),
                name="project_own_kind_is_other",
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def kind_name(self) -> str:
        """What its kind is called."""
        if self.other_kind is not None:
            return str(self.other_kind)
        return str(self.get_kind_display())

    @property
    def is_measured(self) -> bool:
        """Whether there is something to hold a result against."""
        return bool(self.measure or self.indicator)


class ProjectCase(models.Model):
    """A case that led to a project without a decision between them."""

    project = models.ForeignKey(
        Project, on_delete=models.CASCADE, related_name="case_links"
    )
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["project", "case"], name="project_case_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.project_id} ← {self.case_id}"
