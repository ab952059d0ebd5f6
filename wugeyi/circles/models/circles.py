"""A circle: whose homes, on which streets, by which template, at which paces."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from wugeyi.circles.rules.paces import DEFAULT_MINUTES, DEFAULT_MM_S, Pace, Setting
from wugeyi.organisations.models import Organisation
from wugeyi.places.models import Network, Template

PACE_NAMES = {
    Pace.ADULT: _("成年人"),
    Pace.ELDER: _("老年人"),
    Pace.PLANNERS: _("规划常用（每分钟 60 米）"),
}
PACES = [(pace.value, name) for pace, name in PACE_NAMES.items()]


class Circle(models.Model):
    """The homes of an organisation and of all below it, and what they can walk to."""

    client_id = models.UUIDField(unique=True)
    # What residents' page is found by.
    code = models.CharField(max_length=12, unique=True)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="circles"
    )
    name = models.CharField(_("名称"), max_length=80)
    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="+")
    template = models.ForeignKey(Template, on_delete=models.PROTECT, related_name="+")
    minutes = models.PositiveSmallIntegerField(_("多少分钟"), default=DEFAULT_MINUTES)
    # Millimetres a second on the flat.
    adult_mm_s = models.PositiveSmallIntegerField(default=DEFAULT_MM_S[Pace.ADULT])
    elder_mm_s = models.PositiveSmallIntegerField(default=DEFAULT_MM_S[Pace.ELDER])
    planners_mm_s = models.PositiveSmallIntegerField(
        default=DEFAULT_MM_S[Pace.PLANNERS]
    )
    # Whether climbs are counted, where the network knows heights.
    slope = models.BooleanField(_("算上坡度"), default=False)
    # Whether its assessments are counted in figures; one circle of an organisation is.
    counts = models.BooleanField(_("计入统计"), default=True)
    # When somebody opened the residents' page to everybody.
    published_at = models.DateTimeField(null=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField()
    begun_on = models.DateField()
    closed_at = models.DateTimeField(null=True)
    closed_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = (
            models.Index(fields=["organisation", "-id"], name="circle_organisation"),
            models.Index(
                fields=["-id"],
                name="circle_published",
                condition=models.Q(published_at__isnull=False, closed_at=None),
            ),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["organisation"],
                condition=models.Q(counts=True, closed_at=None),
                name="circle_one_counts",
            ),
        )

    def __str__(self) -> str:
        return self.name

    def setting(
        self, pace: Pace, *, slope: bool | None = None, minutes: int | None = None
    ) -> Setting:
        """Return how one walks at a pace here; None: as the circle says."""
        speeds = {
            Pace.ADULT: self.adult_mm_s,
            Pace.ELDER: self.elder_mm_s,
            Pace.PLANNERS: self.planners_mm_s,
        }
        return Setting(
            pace=pace,
            speed_mm_s=speeds[pace],
            slope=self.slope if slope is None else slope,
            minutes=self.minutes if minutes is None else minutes,
        )
