"""Stations: where they are, when they are open, what they have, from day to day."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from wugeyi.imports.models import Batch
from wugeyi.organisations.models import Organisation
from wugeyi.stations.models.kinds import Checklist, Item, StationKind
from wugeyi.ui.phrases import name_of

PERSON = settings.AUTH_USER_MODEL
ON_THE_GLOBE = models.Q(lon__gte=-180, lon__lte=180, lat__gte=-90, lat__lte=90)


class RunBy(models.TextChoices):
    """Who runs a station."""

    UNION = "union", _("工会")
    COMMUNITY = "community", _("社区（村）")
    COMPANY = "company", _("企业")
    OTHER = "other", _("其他单位")


class Station(models.Model):
    """A place where riders rest. Coordinates are WGS-84 degrees."""

    # Of the page or the row it came from: sent twice, it is one record.
    client_id = models.UUIDField(unique=True, editable=False)
    # On the sign and in the address of its public page; never changes.
    code = models.CharField(_("编号"), max_length=12, unique=True)
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("归谁管"),
    )
    kind = models.ForeignKey(
        StationKind,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("类型"),
    )
    run_by = models.CharField(_("谁办的"), max_length=10, choices=RunBy)
    name_zh = models.CharField(_("名称"), max_length=60)
    name_en = models.CharField(_("英文名称"), max_length=120, blank=True)
    address = models.CharField(_("地址"), max_length=120, blank=True)
    lon = models.FloatField(_("经度"))
    lat = models.FloatField(_("纬度"))
    note = models.CharField(_("说明"), max_length=300, blank=True)
    # A person with a post, or a name and a telephone number for staff only.
    keeper = models.ForeignKey(
        PERSON,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("负责人（有岗位的）"),
    )
    keeper_name = models.CharField(_("负责人姓名"), max_length=40, blank=True)
    keeper_phone = models.CharField(_("负责人电话"), max_length=30, blank=True)
    # Personal values enter the audit as hashes with this salt; erased with them.
    salt = models.CharField(max_length=32)
    # The first day it is no more; None: it goes on.
    ended_on = models.DateField(_("撤站日期"), null=True)
    ended_why = models.CharField(_("撤站原因"), max_length=120, blank=True)
    batch = models.ForeignKey(
        Batch, null=True, on_delete=models.PROTECT, related_name="+"
    )
    invented = models.BooleanField(_("虚构"), default=False)
    recorded_by = models.ForeignKey(
        PERSON, null=True, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=ON_THE_GLOBE, name="station_on_globe"),
        )
        indexes = (
            models.Index(fields=["organisation", "-id"], name="station_unit"),
            models.Index(fields=["lat", "lon"], name="station_place"),
        )

    def __str__(self) -> str:
        return name_of(self)


class OpenSpan(models.Model):
    """From which day to which a station is in use; a gap is a closing for now."""

    station = models.ForeignKey(Station, on_delete=models.PROTECT, related_name="spans")
    opens_on = models.DateField()
    # The first day it is closed; None: it stays open.
    closes_on = models.DateField(null=True)
    # Why it closed, shown to everybody.
    why = models.CharField(max_length=120, blank=True)
    recorded_at = models.DateTimeField()
    # Written by mistake, or overtaken by an earlier end.
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("opens_on", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["station"],
                condition=models.Q(closes_on=None, withdrawn_at=None),
                name="station_open_once",
            ),
            models.CheckConstraint(
                condition=models.Q(closes_on=None)
                | models.Q(closes_on__gte=models.F("opens_on")),
                name="station_span_in_order",
            ),
        )

    def __str__(self) -> str:
        return f"{self.station_id} {self.opens_on}"


class Hours(models.Model):
    """When a station is open on a weekday; past midnight is beyond 1,440 minutes."""

    station = models.ForeignKey(Station, on_delete=models.PROTECT, related_name="hours")
    weekday = models.PositiveSmallIntegerField()
    opens_minute = models.PositiveSmallIntegerField()
    closes_minute = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("weekday", "opens_minute")
        constraints = (
            models.UniqueConstraint(
                fields=["station", "weekday", "opens_minute"], name="station_hours_once"
            ),
            models.CheckConstraint(
                condition=models.Q(
                    weekday__lte=6,
                    opens_minute__lt=1440,
                    closes_minute__gt=models.F("opens_minute"),
                    closes_minute__lte=models.F("opens_minute") + 1440,
                ),
                name="station_hours_in_order",
            ),
        )

    def __str__(self) -> str:
        return f"{self.weekday} {self.opens_minute}-{self.closes_minute}"


class DayOff(models.Model):
    """A day on which a station stays shut, whatever weekday it is."""

    station = models.ForeignKey(
        Station, on_delete=models.PROTECT, related_name="days_off", db_index=False
    )
    on = models.DateField()
    why = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ("on",)
        constraints = (
            models.UniqueConstraint(fields=["station", "on"], name="station_day_off"),
        )

    def __str__(self) -> str:
        return str(self.on)


class ItemState(models.Model):
    """Whether a station has a facility, from a day to a day; what was stays."""

    class State(models.TextChoices):
        YES = "yes", _("有")
        NO = "no", _("没有")
        BROKEN = "broken", _("坏了")

    station = models.ForeignKey(
        Station, on_delete=models.PROTECT, related_name="states", db_index=False
    )
    item = models.ForeignKey(
        Item, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    state = models.CharField(max_length=6, choices=State)
    from_on = models.DateField()
    # The first day it is otherwise; None: it is so.
    until_on = models.DateField(null=True)
    recorded_by = models.ForeignKey(
        PERSON, null=True, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ("from_on", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["station", "item"],
                condition=models.Q(until_on=None),
                name="station_item_now",
            ),
            models.CheckConstraint(
                condition=models.Q(until_on=None)
                | models.Q(until_on__gte=models.F("from_on")),
                name="station_item_in_order",
            ),
        )
        indexes = (
            models.Index(fields=["station", "item", "id"], name="station_item_past"),
        )

    def __str__(self) -> str:
        return f"{self.item_id} {self.state}"


class Met(models.Model):
    """When a station was open and had all a list asks for; made of the states."""

    station = models.ForeignKey(Station, on_delete=models.PROTECT, related_name="met")
    checklist = models.ForeignKey(
        Checklist, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    since = models.DateField()
    until = models.DateField(null=True)
    recorded_at = models.DateTimeField()
    # No longer so, now that an earlier day was put right.
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("since", "id")

    def __str__(self) -> str:
        return f"{self.checklist_id} {self.since}"


class StationFile(models.Model):
    """A table somebody sent: stations, or points of work; whose, and what is meant."""

    batch = models.OneToOneField(
        Batch, on_delete=models.CASCADE, related_name="station_file"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+"
    )
    # "wgs84", "gcj02" or "bd09": what the table's coordinates are in.
    system = models.CharField(_("坐标系"), max_length=8, default="wgs84")
    # Of points of work: from where, and of which day.
    source = models.CharField(_("来源"), max_length=200, blank=True)
    data_on = models.DateField(_("数据日期"), null=True)

    def __str__(self) -> str:
        return self.batch.filename
