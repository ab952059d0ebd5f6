"""Points of work, and searches for where no station is near them."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from wugeyi.imports.models import Batch
from wugeyi.jobs.models import Work
from wugeyi.organisations.models import Organisation
from wugeyi.places.models import Facility, Network
from wugeyi.stations.models.stations import ON_THE_GLOBE, Station

PERSON = settings.AUTH_USER_MODEL


class WorkPoint(models.Model):
    """A place where food and parcel work gathers; nobody who works there."""

    class Kind(models.TextChoices):
        FOOD = "food", _("饭店餐饮")
        SHOP = "shop", _("商店超市")
        DEPOT = "depot", _("快递网点")
        OTHER = "other", _("其他取送点")

    class From(models.TextChoices):
        TABLE = "table", _("表格导入")
        OSM = "osm", _("开放街图(OSM)")
        PLACES = "places", _("设施登记")

    client_id = models.UUIDField(unique=True)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    kind = models.CharField(_("是什么"), max_length=6, choices=Kind)
    name = models.CharField(_("名称"), max_length=80)
    lon = models.FloatField(_("经度"))
    lat = models.FloatField(_("纬度"))
    origin = models.CharField(max_length=6, choices=From)
    # Who gathered it, and the day it shows.
    source = models.CharField(_("来源"), max_length=200)
    data_on = models.DateField(_("数据日期"))
    facility = models.ForeignKey(
        Facility, null=True, on_delete=models.PROTECT, related_name="+"
    )
    batch = models.ForeignKey(
        Batch, null=True, on_delete=models.PROTECT, related_name="+"
    )
    invented = models.BooleanField(_("虚构"), default=False)
    recorded_at = models.DateTimeField()
    # Replaced by newer data, or gone.
    dropped_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=ON_THE_GLOBE, name="workpoint_on_globe"),
        )
        indexes = (
            models.Index(
                fields=["organisation", "id"],
                name="workpoint_unit",
                condition=models.Q(dropped_at=None),
            ),
        )

    def __str__(self) -> str:
        return self.name


class GapSearch(models.Model):
    """What somebody asked: from where no open station is near; and the answer."""

    class Pace(models.TextChoices):
        WALK = "walk", _("走路")
        RIDE = "ride", _("骑车")

    client_id = models.UUIDField(unique=True, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+"
    )
    pace = models.CharField(_("怎么去"), max_length=4, choices=Pace)
    minutes = models.PositiveSmallIntegerField(_("几分钟以内算近"))
    speed_mm_s = models.PositiveIntegerField()
    # The part of the day in which it must be open; None: whenever it is open.
    opens_minute = models.PositiveSmallIntegerField(null=True)
    closes_minute = models.PositiveSmallIntegerField(null=True)
    # 0 (Monday) to 6.
    weekday = models.PositiveSmallIntegerField()
    least = models.PositiveSmallIntegerField(_("几处以上算聚集"))
    sites_wanted = models.PositiveSmallIntegerField(_("建议几个位置"))
    on = models.DateField()
    # Along its streets; None: as the crow flies, and every page says so.
    network = models.ForeignKey(
        Network, null=True, on_delete=models.PROTECT, related_name="+"
    )
    work = models.OneToOneField(
        Work, null=True, on_delete=models.PROTECT, related_name="+"
    )
    points = models.PositiveIntegerField(default=0)
    clusters = models.PositiveIntegerField(default=0)
    stations = models.PositiveIntegerField(default=0)
    gap_points = models.PositiveIntegerField(default=0)
    # The oldest and the newest day of the points' data.
    data_from = models.DateField(null=True)
    data_to = models.DateField(null=True)
    by = models.ForeignKey(
        PERSON, null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=["organisation", "-id"], name="gap_unit"),)

    def __str__(self) -> str:
        return f"{self.organisation} {self.on}"


class GapCluster(models.Model):
    """Where work gathers: how much, and how far the nearest open station is."""

    search = models.ForeignKey(
        GapSearch, on_delete=models.CASCADE, related_name="found"
    )
    lon = models.FloatField()
    lat = models.FloatField()
    points = models.PositiveIntegerField()
    food = models.PositiveIntegerField(default=0)
    shop = models.PositiveIntegerField(default=0)
    depot = models.PositiveIntegerField(default=0)
    nearest = models.ForeignKey(
        Station, null=True, on_delete=models.PROTECT, related_name="+"
    )
    # None: nothing is open then, or no way leads there.
    metres = models.PositiveIntegerField(null=True)
    seconds = models.PositiveIntegerField(null=True)
    gap = models.BooleanField()

    class Meta:
        ordering = ("-gap", "-points", "id")

    def __str__(self) -> str:
        return f"{self.points}"


class GapSite(models.Model):
    """A site that would help next, with what makes it one."""

    search = models.ForeignKey(
        GapSearch, on_delete=models.CASCADE, related_name="sites"
    )
    position = models.PositiveSmallIntegerField()
    lon = models.FloatField()
    lat = models.FloatField()
    # Work that would newly have a station near.
    points = models.PositiveIntegerField()
    clusters = models.PositiveIntegerField()
    food = models.PositiveIntegerField(default=0)
    shop = models.PositiveIntegerField(default=0)
    depot = models.PositiveIntegerField(default=0)
    # How far the nearest open station is from here as the crow flies.
    metres = models.PositiveIntegerField(null=True)
    nearest = models.ForeignKey(
        Station, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ("position",)

    def __str__(self) -> str:
        return f"{self.position}"
