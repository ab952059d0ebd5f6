"""Where the next facilities of a category help most: asked, searched, answered."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from wugeyi.circles.models.circles import PACES, Circle
from wugeyi.circles.models.scenarios import Scenario
from wugeyi.jobs.models import Work
from wugeyi.places.models import FacilityKind, Network


class Siting(models.Model):
    """A question: where shall ``sites`` more of a kind stand. Searched as queued work."""

    class For(models.TextChoices):
        """Whose steps are saved."""

        RESIDENTS = "residents", _("所有居民")
        ELDERLY = "elderly", _("老年人")

    client_id = models.UUIDField(unique=True)
    circle = models.ForeignKey(Circle, on_delete=models.PROTECT, related_name="sitings")
    kind = models.ForeignKey(FacilityKind, on_delete=models.PROTECT, related_name="+")
    sites = models.PositiveSmallIntegerField(_("几处"), default=3)
    whom = models.CharField(_("为了谁"), max_length=10, choices=For)
    pace = models.CharField(max_length=10, choices=PACES)
    slope = models.BooleanField()
    minutes = models.PositiveSmallIntegerField()
    # People one new facility serves; None: as many as reach it.
    capacity = models.PositiveIntegerField(_("每处能服务多少人"), null=True)
    # Whether the best is to be proven, which may take minutes.
    prove = models.BooleanField(default=False)
    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="+")
    work = models.ForeignKey(
        Work, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    # People outside today, those the sites bring inside, and the most anybody could.
    outside = models.PositiveIntegerField(null=True)
    gained = models.PositiveIntegerField(null=True)
    bound = models.PositiveIntegerField(null=True)
    proven = models.BooleanField(default=False)
    # Stopped by a person: the best so far.
    cancelled = models.BooleanField(default=False)
    digest = models.CharField(max_length=64, blank=True)

    class Meta:
        indexes = (models.Index(fields=["circle", "-id"], name="siting_circle"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.sites}"

    @property
    def gap(self) -> float | None:
        """How much better another answer could be at most, as a share of the bound."""
        if self.gained is None or not self.bound:
            return None
        return max(0.0, (self.bound - self.gained) / self.bound)


class Site(models.Model):
    """A proposed place, the best first."""

    siting = models.ForeignKey(Siting, on_delete=models.CASCADE, related_name="found")
    position = models.PositiveSmallIntegerField()
    lon = models.FloatField()
    lat = models.FloatField()
    # What this one adds to those before it.
    residents = models.PositiveIntegerField()
    elderly = models.PositiveIntegerField()
    homes = models.PositiveIntegerField()
    # The scenario somebody made of it.
    scenario = models.ForeignKey(
        Scenario, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ("position",)
        constraints = (
            models.UniqueConstraint(
                fields=["siting", "position"], name="site_position_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.lon:.5f} {self.lat:.5f}"
