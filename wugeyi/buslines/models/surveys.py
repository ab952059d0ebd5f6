"""Looking at the road and the stops, and what growers suggested of the line."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from wugeyi.branchwork.models import Suggestion
from wugeyi.buslines.models.inputs import Spot
from wugeyi.buslines.models.lines import Line
from wugeyi.casework.models import Case
from wugeyi.uploads.models import Upload


class Survey(models.Model):
    """An inspection of the line on the spot."""

    client_id = models.UUIDField(unique=True, editable=False)
    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="surveys")
    surveyed_on = models.DateField(_("哪天勘验"))
    # Kinds of people, never names: 党员 4 人、驾驶员 2 人.
    people = models.CharField(_("谁去的"), max_length=100, blank=True)
    note = models.TextField(_("说明"), max_length=1000, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = (
            models.Index(fields=["line", "-surveyed_on", "-id"], name="survey_of_line"),
        )

    def __str__(self) -> str:
        return f"{self.line} {self.surveyed_on}"


class SurveyFinding(models.Model):
    """Something seen at a stop or on a section of the road."""

    class What(models.TextChoices):
        """What is the matter."""

        ROAD = "road", _("路面破损")
        SIGN = "sign", _("站牌、标志")
        SHELTER = "shelter", _("雨棚、候车处")
        SIGHT = "sight", _("视线、会车")
        TURN = "turn", _("转弯、掉头")
        CROSSING = "crossing", _("过街安全")
        OTHER = "other", _("其他")
        FINE = "fine", _("看过，没有问题")

    survey = models.ForeignKey(
        Survey, on_delete=models.PROTECT, related_name="findings"
    )
    client_id = models.UUIDField(unique=True, editable=False)
    what = models.CharField(_("什么问题"), max_length=8, choices=What)
    spot = models.ForeignKey(
        Spot, on_delete=models.PROTECT, related_name="findings", verbose_name=_("站点")
    )
    # A section of the road from ``spot`` to here; None: at the stop itself.
    to_spot = models.ForeignKey(
        Spot,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("到哪个站点（路段）"),
    )
    text = models.CharField(_("具体情况"), max_length=500, blank=True)
    lat = models.FloatField(null=True, blank=True)
    lon = models.FloatField(null=True, blank=True)
    photo = models.ForeignKey(
        Upload, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # Opened for it; whether it is mended is what the case says.
    case = models.ForeignKey(
        Case, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(fields=["survey", "id"], name="finding_of_survey"),
            models.Index(fields=["case"], name="finding_of_case"),
        )

    def __str__(self) -> str:
        return f"{self.get_what_display()} {self.text}"


class LineSuggestion(models.Model):
    """A suggestion, recorded with branch work, that concerns a line."""

    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="suggestions")
    suggestion = models.OneToOneField(
        Suggestion, on_delete=models.PROTECT, related_name="+"
    )
    spot = models.ForeignKey(
        Spot, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    def __str__(self) -> str:
        return f"{self.line} {self.suggestion_id}"
