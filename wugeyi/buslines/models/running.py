"""What happens on a day: places asked for, runs driven, who got on."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from wugeyi.buslines.models.editions import Call, Trip
from wugeyi.buslines.models.inputs import Driver


class Booking(models.Model):
    """Somebody will be at a stop; no account, no name."""

    client_id = models.UUIDField(unique=True, editable=False)
    # Finds and cancels it; known to whoever booked.
    code = models.CharField(max_length=12, unique=True, editable=False)
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="bookings")
    on = models.DateField(_("哪天"), db_column="on_day")
    persons = models.PositiveSmallIntegerField(_("人数"), default=1)
    baskets = models.PositiveSmallIntegerField(_("筐数"), default=0)
    # A word by which the driver knows them, such as the last digits of a telephone.
    # Taken away when the day is past.
    word = models.CharField(_("上车时报什么"), max_length=12, blank=True)
    booked_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(persons__gte=1), name="booking_somebody"
            ),
        )
        indexes = (
            models.Index(
                fields=["call", "on"],
                name="booking_of_call",
                condition=models.Q(cancelled_at=None),
            ),
            models.Index(fields=["on", "id"], name="booking_day"),
            models.Index(
                fields=["on", "id"],
                name="booking_word",
                condition=~models.Q(word=""),
            ),
        )

    def __str__(self) -> str:
        return self.code


class Run(models.Model):
    """A trip as it was driven on a day, recorded by its driver."""

    trip = models.ForeignKey(Trip, on_delete=models.PROTECT, related_name="runs")
    on = models.DateField(db_column="on_day")
    driver = models.ForeignKey(
        Driver, null=True, on_delete=models.PROTECT, related_name="runs"
    )
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    # Minutes behind the timetable at the end, negative before it.
    late_minutes = models.SmallIntegerField(null=True)
    # Why it did not run, or what happened.
    note = models.CharField(_("说明"), max_length=200, blank=True)
    cancelled = models.BooleanField(default=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["trip", "on"], name="run_once_a_day"),
        )
        indexes = (models.Index(fields=["on", "id"], name="run_day"),)

    def __str__(self) -> str:
        return f"{self.trip} {self.on}"


class Boarding(models.Model):
    """Who got on at a stop (home: at the market), by how many baskets each carried."""

    client_id = models.UUIDField(unique=True, editable=False)
    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="boardings")
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="+")
    without = models.PositiveSmallIntegerField(_("不带筐"), default=0)
    with_one = models.PositiveSmallIntegerField(_("带一筐"), default=0)
    with_more = models.PositiveSmallIntegerField(_("带两筐以上"), default=0)
    baskets = models.PositiveSmallIntegerField(_("共几筐"), default=0)
    # By the fares in force that day.
    fare_fen = models.PositiveIntegerField(default=0)
    recorded_at = models.DateTimeField()
    # Counted again: this one stands in its place.
    replaced_by = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="replaces"
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["run", "call"],
                condition=models.Q(replaced_by=None),
                name="boarding_stands_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.run} {self.call_id}"

    @property
    def persons(self) -> int:
        """Everybody who got on."""
        return self.without + self.with_one + self.with_more
