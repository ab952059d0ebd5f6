"""What came of a project: measured before and after, and seen in pictures."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from wugeyi.projects.models.projects import Project
from wugeyi.uploads.models import Upload


class Result(models.Model):
    """A value before and a value after, and how each was found.

    Computed: a figure over two periods, with its version and the moment as of which
    it was computed, so that it can be computed again. Typed: by which method, and who
    measured.
    """

    class Method(models.TextChoices):
        FIGURE = "figure", _("系统里的记录算出来的")
        COUNTED = "counted", _("现场数的")
        MEASURED = "measured", _("实地测量的")
        SURVEYED = "surveyed", _("问卷、入户问的")
        REPORTED = "reported", _("单位报来的")
        OTHER = "other", _("其他")

    project = models.ForeignKey(
        Project, on_delete=models.CASCADE, related_name="results"
    )
    # Measures the project's goal; otherwise something else that changed.
    of_goal = models.BooleanField(default=True)
    name = models.CharField(_("衡量什么"), max_length=80)
    unit = models.CharField(_("单位"), max_length=20, blank=True)
    method = models.CharField(_("怎么得来的"), max_length=10, choices=Method)
    measured_by = models.CharField(_("谁测的"), max_length=80, blank=True)
    note = models.CharField(_("说明"), max_length=500, blank=True)
    measure = models.CharField(max_length=60, blank=True)
    measure_version = models.PositiveIntegerField(null=True)
    # As of when a figure was computed; null for typed values.
    as_of = models.DateTimeField(null=True)
    before = models.DecimalField(_("之前"), max_digits=18, decimal_places=4, null=True)
    before_first = models.DateField(null=True)
    before_last = models.DateField(null=True)
    before_numerator = models.BigIntegerField(null=True)
    before_denominator = models.BigIntegerField(null=True)
    after = models.DecimalField(_("之后"), max_digits=18, decimal_places=4)
    after_first = models.DateField()
    after_last = models.DateField()
    after_numerator = models.BigIntegerField(null=True)
    after_denominator = models.BigIntegerField(null=True)
    # yes, no, or "" where there was no target.
    reached = models.CharField(max_length=3, blank=True)
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    replaces = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="replaced_by"
    )

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(method="figure", as_of__isnull=False)
                & ~models.Q(measure="")
                | ~models.Q(method="figure") & models.Q(measure="", as_of=None),
                name="result_figure_says_when",
            ),
        )

    def __str__(self) -> str:
        return f"{self.name}: {self.before} → {self.after}"


class Evidence(models.Model):
    """A photograph, re-encoded on arrival. An "after" may name its "before"."""

    class Phase(models.TextChoices):
        BEFORE = "before", _("之前")
        DURING = "during", _("过程中")
        AFTER = "after", _("之后")

    project = models.ForeignKey(
        Project, on_delete=models.CASCADE, related_name="evidence"
    )
    upload = models.ForeignKey(Upload, on_delete=models.PROTECT, related_name="+")
    phase = models.CharField(_("什么时候的"), max_length=8, choices=Phase)
    caption = models.CharField(_("说明"), max_length=120, blank=True)
    taken_on = models.DateField(_("拍摄日期"), null=True)
    pair = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="later"
    )
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "evidence"

    def __str__(self) -> str:
        return self.caption or self.get_phase_display()
