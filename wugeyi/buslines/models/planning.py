"""What is tried: scenarios, the plans worked out for them, rosters."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from wugeyi.buslines.models.inputs import FareTable, Vehicle
from wugeyi.buslines.models.lines import Line
from wugeyi.jobs.models import Work


class Scenario(models.Model):
    """What is changed against the line's records; None leaves a rule as it stands."""

    client_id = models.UUIDField(unique=True, editable=False)
    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="scenarios")
    name = models.CharField(_("名称"), max_length=80)
    note = models.TextField(_("说明"), max_length=1000, blank=True)
    # Whose records hold: those of this day.
    on = models.DateField(_("按哪天的数据"), db_column="on_day")
    stops_limit = models.PositiveSmallIntegerField(
        _("每班最多停站"), null=True, blank=True
    )
    ride_limit_minutes = models.PositiveSmallIntegerField(
        _("最长乘车分钟"), null=True, blank=True
    )
    hard_minutes = models.PositiveSmallIntegerField(
        _("与常规车至少错开分钟"), null=True, blank=True
    )
    soft_minutes = models.PositiveSmallIntegerField(
        _("少于此分钟要付代价"), null=True, blank=True
    )
    price_fen = models.PositiveIntegerField(
        _("每少一分钟代价（分）"), null=True, blank=True
    )
    fares = models.ForeignKey(
        FareTable,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("票价"),
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = (models.Index(fields=["line", "-id"], name="scenario_of_line"),)

    def __str__(self) -> str:
        return self.name


class ScenarioFleet(models.Model):
    """How many buses of a type a scenario has, in place of the record's."""

    scenario = models.ForeignKey(
        Scenario, on_delete=models.CASCADE, related_name="fleet"
    )
    vehicle = models.ForeignKey(Vehicle, on_delete=models.PROTECT, related_name="+")
    count = models.PositiveSmallIntegerField(_("辆数"))

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["scenario", "vehicle"], name="scenario_fleet_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.vehicle} {self.count}"


class Plan(models.Model):
    """A plan worked out for a scenario, or moved by hand from another one.

    ``inputs`` are frozen as they were: what was planned can always be looked at with
    what it was planned from.
    """

    client_id = models.UUIDField(unique=True, editable=False)
    scenario = models.ForeignKey(
        Scenario, on_delete=models.PROTECT, related_name="plans"
    )
    # Made of another by hand.
    base = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="variants"
    )
    note = models.CharField(_("说明"), max_length=200, blank=True)
    # The engine's case, and its fares, as JSON; what names them.
    inputs = models.JSONField()
    fares = models.JSONField(null=True)
    digest = models.CharField(max_length=64)
    # Work the search may do: steps, never seconds.
    steps = models.PositiveIntegerField(default=2000)
    work = models.ForeignKey(
        Work, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    # The engine's plan as JSON; what the checker says of it, as findings.
    result = models.JSONField(null=True)
    breaches = models.JSONField(default=list)
    # Of the result, so that lists and comparisons need not read it.
    value_fen = models.BigIntegerField(null=True)
    bound_fen = models.BigIntegerField(null=True)
    proven = models.BooleanField(default=False)
    # Ended by a person: the best so far.
    stopped = models.BooleanField(default=False)
    persons = models.PositiveIntegerField(default=0)
    baskets = models.PositiveIntegerField(default=0)
    persons_left = models.PositiveIntegerField(default=0)
    requests = models.PositiveIntegerField(default=0)
    requests_left = models.PositiveIntegerField(default=0)
    trips = models.PositiveIntegerField(default=0)
    buses = models.PositiveIntegerField(default=0)
    stops = models.PositiveIntegerField(default=0)
    metres = models.PositiveBigIntegerField(default=0)
    cost_fen = models.BigIntegerField(default=0)
    revenue_fen = models.BigIntegerField(default=0)

    class Meta:
        indexes = (models.Index(fields=["scenario", "-id"], name="plan_of_scenario"),)

    def __str__(self) -> str:
        return f"{self.scenario} {self.pk}"

    @property
    def gap(self) -> float | None:
        """How much better a plan could be at most, as a share of the bound."""
        if self.value_fen is None or not self.bound_fen or self.bound_fen <= 0:
            return None
        return max(0.0, (self.bound_fen - self.value_fen) / self.bound_fen)


class LeftOut(models.Model):
    """A request a plan leaves out, and why; the reason was checked again."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="left_out")
    request = models.CharField(max_length=20)
    persons = models.PositiveSmallIntegerField()
    baskets = models.PositiveSmallIntegerField()
    # The engine's finding; None while it is still being worked out.
    reason = models.JSONField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["plan", "request"], name="left_out_once"),
        )

    def __str__(self) -> str:
        return self.request


class Roster(models.Model):
    """Who drives which duty of a plan on which day."""

    client_id = models.UUIDField(unique=True, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="rosters")
    first_day = models.DateField(_("从哪天起"))
    days = models.PositiveSmallIntegerField(_("多少天"), default=28)
    # Drivers, duties and rules as they were, as the engine's records.
    inputs = models.JSONField()
    work = models.ForeignKey(
        Work, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    # The engine's roster as JSON; findings where there can be none.
    result = models.JSONField(null=True)
    findings = models.JSONField(default=list)
    proven = models.BooleanField(default=False)

    class Meta:
        indexes = (models.Index(fields=["plan", "-id"], name="roster_of_plan"),)

    def __str__(self) -> str:
        return f"{self.plan} {self.first_day}"
