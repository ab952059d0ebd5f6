"""Visits, only counted: a number for a station, a day and an hour, never who."""

from django.db import models

from wugeyi.stations.models.stations import Station


class VisitDay(models.Model):
    """How many came on a day."""

    station = models.ForeignKey(
        Station, on_delete=models.PROTECT, related_name="visits", db_index=False
    )
    on = models.DateField()
    many = models.PositiveIntegerField()
    # Written as the day's number; taps of that day no longer change it.
    written = models.BooleanField(default=False)
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ("on",)
        constraints = (
            models.UniqueConstraint(fields=["station", "on"], name="visit_day_once"),
        )

    def __str__(self) -> str:
        return f"{self.on} {self.many}"


class VisitHour(models.Model):
    """How many were tapped in an hour of a day, 0 to 23."""

    day = models.ForeignKey(
        VisitDay, on_delete=models.PROTECT, related_name="hours", db_index=False
    )
    hour = models.PositiveSmallIntegerField()
    many = models.PositiveIntegerField()

    class Meta:
        ordering = ("hour",)
        constraints = (
            models.UniqueConstraint(fields=["day", "hour"], name="visit_hour_once"),
            models.CheckConstraint(
                condition=models.Q(hour__lte=23), name="visit_hour_of_day"
            ),
        )

    def __str__(self) -> str:
        return f"{self.hour} {self.many}"
