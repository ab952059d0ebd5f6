"""Suggestions, followed to their end."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wugeyi.branchwork.models.base import Recorded
from wugeyi.branchwork.models.decisions import Decision
from wugeyi.branchwork.rules.suggestions import State
from wugeyi.casework.models import Case

STATE_NAMES = {
    State.OPEN: _("待研究"),
    State.ADOPTED: _("已采纳，待落实"),
    State.DECLINED: _("没有采纳"),
    State.DONE: _("已落实"),
}


class From(models.TextChoices):
    """From whom: a kind of people, never a name."""

    MEMBERS = "members", _("党员")
    STAFF = "staff", _("职工")
    RESIDENTS = "residents", _("居民群众")
    REPRESENTATIVES = "reps", _("居民或村民代表")
    PARTNERS = "partners", _("共建单位")
    RIDERS = "riders", _("新就业群体")
    BRANCH = "branch", _("支部自己")


class Suggestion(Recorded):
    """What somebody suggested, and what came of it."""

    DAY = "made_on"
    VALUES = ("text", "kind", "made_on", "decision", "case")
    SOURCE = "suggestions"

    decision = models.ForeignKey(
        Decision, null=True, on_delete=models.PROTECT, related_name="suggestions"
    )
    case = models.ForeignKey(
        Case, null=True, on_delete=models.PROTECT, related_name="+"
    )
    kind = models.CharField(_("谁提的"), max_length=10, choices=From)
    text = models.TextField(_("建议"), max_length=1000)
    made_on = models.DateField(_("哪天提的"))
    state = models.CharField(
        max_length=10,
        choices=[(s.value, STATE_NAMES[s]) for s in State],
        default=State.OPEN.value,
    )
    # When it was taken up or declined.
    decided_on = models.DateField(null=True)
    result = models.TextField(_("结果"), max_length=1000, blank=True)
    ended_on = models.DateField(null=True)

    class Meta:
        indexes = (
            models.Index(
                fields=["organisation", "made_on", "id"], name="suggestion_of_unit"
            ),
            models.Index(fields=["made_on", "id"], name="suggestion_day"),
            models.Index(
                fields=["made_on", "id"],
                name="suggestion_waiting",
                condition=models.Q(withdrawn_at=None, state__in=("open", "adopted")),
            ),
        )
        constraints = (
            models.CheckConstraint(
                condition=models.Q(state__in=("open", "adopted"), ended_on=None)
                | models.Q(state__in=("declined", "done"), ended_on__isnull=False),
                name="suggestion_end_dated",
            ),
        )

    def __str__(self) -> str:
        return self.text

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("branchwork:suggestion", args=[self.pk])
