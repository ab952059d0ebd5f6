"""Facilities and homes: points on the map, from a day to a day, never deleted."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from wugeyi.imports.models import Batch
from wugeyi.organisations.models import Organisation
from wugeyi.places.models.kinds import FacilityKind

PERSON = settings.AUTH_USER_MODEL


class Source(models.TextChoices):
    """Where a point came from."""

    TYPED = "typed", _("手工登记")
    IMPORTED = "imported", _("表格导入")
    OSM = "osm", _("开放街图(OSM)")


ON_THE_GLOBE = models.Q(lon__gte=-180, lon__lte=180, lat__gte=-90, lat__lte=90)
IN_ORDER = models.Q(valid_from=None) | models.Q(valid_to=None)
IN_ORDER |= models.Q(valid_to__gte=models.F("valid_from"))


class Point(models.Model):
    """What facilities and homes have in common. Coordinates are WGS-84 degrees."""

    # Of the page or the row it came from: sent twice, it is one record.
    client_id = models.UUIDField(unique=True)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+"
    )
    name = models.CharField(_("名称"), max_length=80)
    lon = models.FloatField(_("经度"))
    lat = models.FloatField(_("纬度"))
    source = models.CharField(max_length=8, choices=Source, default=Source.TYPED)
    # Such as "n123" or "w456"; empty unless it came from OpenStreetMap.
    osm_id = models.CharField(max_length=24, blank=True)
    batch = models.ForeignKey(
        Batch, null=True, on_delete=models.PROTECT, related_name="+"
    )
    invented = models.BooleanField(_("虚构"), default=False)
    # There from this day (None: since before anybody wrote it down) …
    valid_from = models.DateField(_("启用日期"), null=True)
    # … and no more from this day on; None: still there.
    valid_to = models.DateField(_("停用日期"), null=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        PERSON, null=True, on_delete=models.PROTECT, related_name="+"
    )
    # Grows with every change: two people who correct at once do not undo each other.
    edition = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name


class Facility(Point):
    """Something residents walk to, of a kind, with a capacity if it has one."""

    kind = models.ForeignKey(FacilityKind, on_delete=models.PROTECT, related_name="+")
    # Places, beds, seats: what the kind counts. None: nobody wrote it down.
    capacity = models.PositiveIntegerField(_("能容纳多少人"), null=True)
    # OpenStreetMap's notation, or the words on the door.
    opening_hours = models.CharField(_("开放时间"), max_length=200, blank=True)
    close_reason = models.CharField(_("停用原因"), max_length=120, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=ON_THE_GLOBE, name="facility_on_globe"),
            models.CheckConstraint(condition=IN_ORDER, name="facility_dates_in_order"),
            models.UniqueConstraint(
                fields=["organisation", "osm_id", "kind"],
                condition=~models.Q(osm_id=""),
                name="facility_osm_once",
            ),
        )
        indexes = (
            models.Index(fields=["organisation", "-id"], name="facility_unit"),
            # What lies inside a network's bounds.
            models.Index(fields=["lat", "lon"], name="facility_place"),
        )


class Home(Point):
    """A building or a compound where people live. Figures only, nobody's name."""

    households = models.PositiveIntegerField(_("户数"), null=True)
    residents = models.PositiveIntegerField(_("居民"), null=True)
    # Sixty and older; at most the residents.
    elderly = models.PositiveIntegerField(_("老人(60 岁以上)"), null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=ON_THE_GLOBE, name="home_on_globe"),
            models.CheckConstraint(condition=IN_ORDER, name="home_dates_in_order"),
            models.CheckConstraint(
                condition=models.Q(elderly=None)
                | models.Q(residents=None)
                | models.Q(elderly__lte=models.F("residents")),
                name="home_elderly_among_residents",
            ),
            models.UniqueConstraint(
                fields=["organisation", "osm_id"],
                condition=~models.Q(osm_id=""),
                name="home_osm_once",
            ),
        )
        indexes = (
            models.Index(fields=["organisation", "-id"], name="home_unit"),
            models.Index(fields=["lat", "lon"], name="home_place"),
        )


class PlaceFile(models.Model):
    """A table of facilities or homes somebody sent: whose it is, what was meant."""

    batch = models.OneToOneField(
        Batch, on_delete=models.CASCADE, related_name="place_file"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+"
    )
    # "wgs84", "gcj02" or "bd09": what the table's coordinates are in.
    system = models.CharField(_("坐标系"), max_length=8, default="wgs84")

    def __str__(self) -> str:
        return self.batch.filename
