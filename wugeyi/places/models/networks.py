"""Walking networks, the files they were read from, and what was noticed in them."""

from django.conf import settings
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from wugeyi.imports.models import Batch
from wugeyi.organisations.models import Organisation
from wugeyi.places.models.kinds import Template

PERSON = settings.AUTH_USER_MODEL


class Network(models.Model):
    """A version of the ways one can walk, for an organisation and all below it.

    The arrays lie in a file of the data folder (``gateway.network_path``), named by
    their digest; rows never change once ``accepted_at`` is set, but for
    ``replaced_by``. Before that, a row is a preview that may be thrown away.
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+"
    )
    # Counts from 1 for each organisation; None until accepted.
    version = models.PositiveIntegerField(null=True)
    name = models.CharField(_("名称"), max_length=80)
    source = models.CharField(_("来源"), max_length=200)
    licence = models.CharField(_("许可"), max_length=80, blank=True)
    # Must stand beside every map drawn from it.
    attribution = models.CharField(_("署名"), max_length=200, blank=True)
    # The day the data shows.
    data_on = models.DateField(_("数据日期"), null=True)
    digest = models.CharField(max_length=64, db_index=True)
    # Below this app's folder (``gateway.data_folder``).
    file = models.CharField(max_length=160)
    size_bytes = models.BigIntegerField()
    nodes = models.PositiveIntegerField()
    edges = models.PositiveIntegerField()
    # Parts that cannot be reached from each other; the largest counts.
    components = models.PositiveIntegerField()
    length_m = models.PositiveBigIntegerField()
    # Tells whether heights along the ways are known.
    has_rise = models.BooleanField(default=False)
    west = models.FloatField()
    south = models.FloatField()
    east = models.FloatField()
    north = models.FloatField()
    # Drawn or altered by hand for a demonstration.
    invented = models.BooleanField(_("虚构"), default=False)
    read_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(
        PERSON, null=True, on_delete=models.PROTECT, related_name="+"
    )
    # From and to which day it is the organisation's network; to is not included.
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    replaced_by = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="replaces"
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["organisation", "version"], name="network_version_once"
            ),
            models.UniqueConstraint(
                fields=["organisation"],
                condition=models.Q(accepted_at__isnull=False, valid_to=None),
                name="network_one_current",
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def kilometres(self) -> int:
        """How long all its ways are together."""
        return self.length_m // 1_000

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east, north in degrees (WGS-84)."""
        return self.west, self.south, self.east, self.north


class NetworkFinding(models.Model):
    """Something noticed in a network: an island, a gap, points that look shifted."""

    class Severity(models.TextChoices):
        ERROR = "error", _("错误")
        WARNING = "warning", _("提醒")
        NOTE = "note", _("说明")

    network = models.ForeignKey(
        Network, on_delete=models.CASCADE, related_name="findings", db_index=False
    )
    severity = models.CharField(max_length=8, choices=Severity)
    code = models.CharField(max_length=40)
    # What it is about, such as an OSM way.
    subject = models.CharField(max_length=80, blank=True)
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    text_zh = models.CharField(max_length=400)
    text_en = models.CharField(max_length=400)

    class Meta:
        indexes = (
            models.Index(
                fields=["network", "severity", "id"], name="network_finding_severity"
            ),
        )

    def __str__(self) -> str:
        return self.text_en if get_language() == "en" else self.text_zh


class OsmFile(models.Model):
    """An OpenStreetMap file somebody sent: where it lies, and what came of reading it.

    ``network`` is its preview, then what was accepted; None: not read yet, or refused
    (the batch's findings say why).
    """

    batch = models.OneToOneField(
        Batch, on_delete=models.CASCADE, related_name="osm_file"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+"
    )
    template = models.ForeignKey(Template, on_delete=models.PROTECT, related_name="+")
    # Below this app's folder, with what was read of it beside; empty once decided.
    file = models.CharField(max_length=160, blank=True)
    source = models.CharField(_("来源"), max_length=200)
    data_on = models.DateField(_("数据日期"), null=True)
    network = models.OneToOneField(
        Network, null=True, on_delete=models.SET_NULL, related_name="osm_file"
    )
    # What was found, before anybody decides what to take.
    facilities_found = models.PositiveIntegerField(default=0)
    homes_found = models.PositiveIntegerField(default=0)
    # Buildings whose use nobody said: homes, perhaps.
    buildings_found = models.PositiveIntegerField(default=0)
    facilities_taken = models.PositiveIntegerField(default=0)
    homes_taken = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return self.batch.filename
