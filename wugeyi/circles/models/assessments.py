"""What was found on a day: per category, and per category and place."""

from dataclasses import fields

from django.conf import settings
from django.db import models

from wugeyi.circles.models.circles import PACES, Circle
from wugeyi.circles.rules.counts import Counts
from wugeyi.organisations.models import Organisation
from wugeyi.places.models import FacilityKind, Home, Network


class People(models.Model):
    """Homes, residents and older residents: inside the limit, outside, not known.

    Not known: the home lies farther from any way than people walk to one, or on an
    island of the network from which nothing is reached.
    """

    homes_inside = models.PositiveIntegerField(default=0)
    homes_outside = models.PositiveIntegerField(default=0)
    homes_unknown = models.PositiveIntegerField(default=0)
    residents_inside = models.PositiveIntegerField(default=0)
    residents_outside = models.PositiveIntegerField(default=0)
    residents_unknown = models.PositiveIntegerField(default=0)
    elderly_inside = models.PositiveIntegerField(default=0)
    elderly_outside = models.PositiveIntegerField(default=0)
    elderly_unknown = models.PositiveIntegerField(default=0)

    class Meta:
        abstract = True

    def as_counts(self) -> Counts:
        """Return the row as the rules know it."""
        names = (each.name for each in fields(Counts))
        return Counts(**{name: getattr(self, name) for name in names})

    @property
    def homes(self) -> int:
        """All homes counted."""
        return self.homes_inside + self.homes_outside + self.homes_unknown

    @property
    def residents(self) -> int:
        """All residents counted."""
        return self.residents_inside + self.residents_outside + self.residents_unknown

    @property
    def elderly(self) -> int:
        """All older residents counted."""
        return self.elderly_inside + self.elderly_outside + self.elderly_unknown


class Assessment(models.Model):
    """A circle looked at on a day at one pace. Never changed; a later one supersedes it."""

    circle = models.ForeignKey(
        Circle, on_delete=models.PROTECT, related_name="assessments"
    )
    on = models.DateField(db_column="on_day")
    pace = models.CharField(max_length=10, choices=PACES)
    speed_mm_s = models.PositiveSmallIntegerField()
    slope = models.BooleanField()
    minutes = models.PositiveSmallIntegerField()
    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="+")
    # sha256 over network, homes, facilities, limits and pace: the same inputs again
    # give the same numbers.
    digest = models.CharField(max_length=64)
    # Facilities that lie too far from any way to be walked to.
    facilities_unattached = models.PositiveIntegerField(default=0)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)
    superseded_on = models.DateField(null=True)

    class Meta:
        indexes = (models.Index(fields=["circle", "-id"], name="assessment_circle"),)
        constraints = (
            models.UniqueConstraint(
                fields=["circle", "pace"],
                condition=models.Q(superseded_at=None),
                name="assessment_one_stands",
            ),
        )

    def __str__(self) -> str:
        return f"{self.circle} {self.on}"


class Coverage(People):
    """What an assessment found of one category in the whole circle."""

    assessment = models.ForeignKey(
        Assessment, on_delete=models.CASCADE, related_name="coverages"
    )
    kind = models.ForeignKey(FacilityKind, on_delete=models.PROTECT, related_name="+")
    limit_ms = models.PositiveIntegerField()
    # Facilities near enough to the streets, and of them those that some home reaches
    # within the limit.
    facilities = models.PositiveIntegerField(default=0)
    reached = models.PositiveIntegerField(default=0)
    # Places of those that say how many they have; how many do not say.
    capacity = models.PositiveIntegerField(default=0)
    capacity_unknown = models.PositiveIntegerField(default=0)
    # Where some say how many places they have: people inside, and of them those who
    # find none. One that does not say serves everybody who comes.
    demand = models.PositiveIntegerField(default=0)
    lacking = models.PositiveIntegerField(default=0)
    # The home farthest from its nearest facility; None where nothing is reached.
    worst_home = models.ForeignKey(
        Home, null=True, on_delete=models.PROTECT, related_name="+"
    )
    worst_seconds = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["assessment", "kind"], name="coverage_kind_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.assessment} {self.kind}"


class AreaCoverage(People):
    """What an assessment found among the homes of one organisation.

    Without a kind: inside means that every category is. These are what figures
    count, from ``since`` until another assessment counts the same homes.
    """

    assessment = models.ForeignKey(
        Assessment, on_delete=models.CASCADE, related_name="areas"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+"
    )
    kind = models.ForeignKey(
        FacilityKind, null=True, on_delete=models.PROTECT, related_name="+"
    )
    pace = models.CharField(max_length=10, choices=PACES)
    counts = models.BooleanField()
    since = models.DateField()
    until = models.DateField(null=True)
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = (
            models.Index(
                fields=["organisation", "pace"],
                name="area_coverage_stands",
                condition=models.Q(counts=True, until=None),
            ),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["assessment", "organisation", "kind"],
                name="area_coverage_once",
            ),
            models.UniqueConstraint(
                fields=["assessment", "organisation"],
                condition=models.Q(kind=None),
                name="area_coverage_all_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.organisation} {self.kind or ''}"
