"""What is in force: the timetable of a line from a day on, as it was announced."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from wugeyi.branchwork.models import Decision
from wugeyi.buslines.models.base import Dated, ordered_days
from wugeyi.buslines.models.inputs import FareTable, Spot
from wugeyi.buslines.models.planning import Plan


class Edition(Dated):
    """A timetable with its stops and fares; a change is another one.

    Regulation on urban public transport, articles 20 and 22: what is in force is
    public, and no stop or time changes before it was announced and reported.
    """

    number = models.PositiveIntegerField()
    plan = models.ForeignKey(
        Plan, null=True, on_delete=models.PROTECT, related_name="editions"
    )
    fares = models.ForeignKey(
        FareTable, null=True, on_delete=models.PROTECT, related_name="+"
    )
    # Days of the week it is driven, Monday is 1.
    weekdays = models.CharField(_("星期几开"), max_length=7, default="1234567")
    # What was changed and why, in words for passengers.
    announcement = models.TextField(_("公告"), max_length=2000)
    # Where it was talked over: a meeting under the open sky.
    talked_on = models.DateField(_("坝坝会日期"), null=True, blank=True)
    decision = models.ForeignKey(
        Decision, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    noticed_on = models.DateField(_("公示日期"), null=True, blank=True)
    filed_on = models.DateField(_("报备日期"), null=True, blank=True)
    filed_with = models.CharField(_("报给哪里"), max_length=80, blank=True)
    filing_number = models.CharField(_("报备文号"), max_length=60, blank=True)
    # Why it could not wait for the days of notice (a road closed); then it may be
    # reported afterwards.
    urgent = models.CharField(_("临时变更的原因"), max_length=200, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    published_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["line", "number"], name="edition_number_once"
            ),
            ordered_days("edition_days_ordered"),
        )
        indexes = (
            models.Index(
                fields=["line", "valid_from"],
                name="edition_published",
                condition=models.Q(published_at__isnull=False, withdrawn_at=None),
            ),
        )

    def __str__(self) -> str:
        return f"{self.line} {self.number}"


class Trip(models.Model):
    """A bus from stops to a market, or home from it."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="trips")
    # 1, 2, … by time: what people say, "the second bus".
    number = models.PositiveSmallIntegerField()
    home = models.BooleanField(default=False)
    market = models.ForeignKey(Spot, on_delete=models.PROTECT, related_name="+")
    # At the market; home: when it leaves it.
    market_minute = models.PositiveSmallIntegerField()
    # Which bus of the block, such as "large 1", and what it takes.
    vehicle = models.CharField(max_length=20)
    vehicle_number = models.PositiveSmallIntegerField()
    seats = models.PositiveSmallIntegerField()
    basket_places = models.PositiveSmallIntegerField()
    # Floor both share, and what each takes, square decimetres; 0 where it is not shared.
    floor_dm2 = models.PositiveIntegerField(default=0)
    person_dm2 = models.PositiveSmallIntegerField(default=0)
    basket_dm2 = models.PositiveSmallIntegerField(default=0)
    metres = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(
                fields=["edition", "number"], name="trip_number_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.edition} {self.number}"


class Call(models.Model):
    """A bus at a stop."""

    trip = models.ForeignKey(Trip, on_delete=models.PROTECT, related_name="calls")
    position = models.PositiveSmallIntegerField()
    stop = models.ForeignKey(Spot, on_delete=models.PROTECT, related_name="calls")
    arrive_minute = models.PositiveSmallIntegerField()
    depart_minute = models.PositiveSmallIntegerField()
    # Expected to get on here (home: to get off), and aboard when it leaves.
    persons = models.PositiveSmallIntegerField(default=0)
    baskets = models.PositiveSmallIntegerField(default=0)
    persons_on = models.PositiveSmallIntegerField(default=0)
    baskets_on = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position",)
        constraints = (
            models.UniqueConstraint(
                fields=["trip", "position"], name="call_position_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.stop} {self.depart_minute}"
