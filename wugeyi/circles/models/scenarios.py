"""What if: changes under a name, what they would do, and what they answer."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from wugeyi.branchwork.models import Decision
from wugeyi.casework.models import Case
from wugeyi.circles.models.circles import PACES, Circle
from wugeyi.circles.rules import changes
from wugeyi.circles.rules.changes import Link, What
from wugeyi.places.models import Facility, FacilityKind, Network
from wugeyi.projects.models import Project

WHAT_NAMES = {
    What.OPEN_LINK: _("加一条路"),
    What.CLOSE_LINK: _("封一段路"),
    What.OPEN_FACILITY: _("加一处设施"),
    What.CLOSE_FACILITY: _("关一处设施"),
}
LINK_NAMES = {
    Link.BRIDGE: _("桥"),
    Link.GATE: _("门"),
    Link.STAIRS: _("梯道"),
    Link.LIFT: _("电梯"),
    Link.CROSSING: _("过街"),
    Link.PATH: _("小路"),
}


class Scenario(models.Model):
    """Several changes together, on the streets as they were known when it was drawn."""

    client_id = models.UUIDField(unique=True)
    circle = models.ForeignKey(
        Circle, on_delete=models.PROTECT, related_name="scenarios"
    )
    name = models.CharField(_("名称"), max_length=80)
    note = models.TextField(_("说明"), max_length=2000, blank=True)
    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="+")
    # Drawn to try the software, or for a demonstration: nothing that is planned.
    invented = models.BooleanField(_("虚构"), default=False)
    made_on = models.DateField()
    # When what it draws stood: the bridge was opened, the clinic moved in.
    built_on = models.DateField(_("建成日期"), null=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = (models.Index(fields=["circle", "-id"], name="scenario_circle"),)

    def __str__(self) -> str:
        return self.name


class Change(models.Model):
    """One line of a scenario; see ``rules.changes.Change`` for what each sort needs."""

    scenario = models.ForeignKey(
        Scenario, on_delete=models.CASCADE, related_name="changes"
    )
    position = models.PositiveSmallIntegerField()
    what = models.CharField(
        max_length=16, choices=[(w.value, WHAT_NAMES[w]) for w in What]
    )
    link = models.CharField(
        max_length=10,
        choices=[(each.value, LINK_NAMES[each]) for each in Link],
        blank=True,
    )
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    to_lon = models.FloatField(null=True)
    to_lat = models.FloatField(null=True)
    length_mm = models.PositiveIntegerField(null=True)
    seconds = models.PositiveIntegerField(null=True)
    kind = models.ForeignKey(
        FacilityKind, null=True, on_delete=models.PROTECT, related_name="+"
    )
    facility = models.ForeignKey(
        Facility, null=True, on_delete=models.PROTECT, related_name="+"
    )
    capacity = models.PositiveIntegerField(null=True)
    name = models.CharField(_("叫什么"), max_length=80, blank=True)

    class Meta:
        ordering = ("position",)
        constraints = (
            models.UniqueConstraint(
                fields=["scenario", "position"], name="change_position_once"
            ),
        )

    def __str__(self) -> str:
        return self.name or str(self.get_what_display())

    def said(self) -> changes.Change:
        """Return the row as the rules know it."""
        return changes.Change(
            what=What(self.what),
            link=Link(self.link) if self.link else None,
            lon=self.lon,
            lat=self.lat,
            to_lon=self.to_lon,
            to_lat=self.to_lat,
            length_mm=self.length_mm,
            seconds=self.seconds,
            kind_id=self.kind_id,
            facility_id=self.facility_id,
            capacity=self.capacity,
            name=self.name,
        )


class Outcome(models.Model):
    """Whom a scenario brings inside one category's limit, and whom it takes out."""

    scenario = models.ForeignKey(
        Scenario, on_delete=models.CASCADE, related_name="outcomes"
    )
    kind = models.ForeignKey(FacilityKind, on_delete=models.PROTECT, related_name="+")
    pace = models.CharField(max_length=10, choices=PACES)
    slope = models.BooleanField()
    minutes = models.PositiveSmallIntegerField()
    homes_gained = models.PositiveIntegerField(default=0)
    homes_lost = models.PositiveIntegerField(default=0)
    residents_gained = models.PositiveIntegerField(default=0)
    residents_lost = models.PositiveIntegerField(default=0)
    elderly_gained = models.PositiveIntegerField(default=0)
    elderly_lost = models.PositiveIntegerField(default=0)
    # Homes whose way became shorter or longer, whether or not they cross the limit.
    homes_nearer = models.PositiveIntegerField(default=0)
    homes_farther = models.PositiveIntegerField(default=0)
    residents_inside = models.PositiveIntegerField(default=0)
    # Of the inputs, as in an assessment.
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["scenario", "pace", "kind"], name="outcome_kind_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.scenario} {self.kind}"


class Attachment(models.Model):
    """A scenario that answers a case, stands behind a decision, or is built as a project."""

    scenario = models.ForeignKey(
        Scenario, on_delete=models.CASCADE, related_name="attachments"
    )
    case = models.ForeignKey(
        Case, null=True, on_delete=models.PROTECT, related_name="+"
    )
    decision = models.ForeignKey(
        Decision, null=True, on_delete=models.PROTECT, related_name="+"
    )
    project = models.ForeignKey(
        Project, null=True, on_delete=models.PROTECT, related_name="+"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(
                    case__isnull=False, decision__isnull=True, project__isnull=True
                )
                | models.Q(
                    case__isnull=True, decision__isnull=False, project__isnull=True
                )
                | models.Q(
                    case__isnull=True, decision__isnull=True, project__isnull=False
                ),
                name="attachment_to_one",
            ),
            *(
                models.UniqueConstraint(
                    fields=["scenario", to],
                    condition=models.Q(removed_at=None),
                    name=f"attachment_{to}_once",
                )
                for to in ("case", "decision", "project")
            ),
        )

    def __str__(self) -> str:
        return str(self.scenario)
