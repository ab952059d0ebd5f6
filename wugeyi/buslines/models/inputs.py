"""What a line is planned from, every record with the days it holds."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from wugeyi.buslines.models.base import Dated, ordered_days
from wugeyi.buslines.models.lines import Line
from wugeyi.organisations.models import Organisation

LAST_MINUTE = 2879
"""Minutes count from midnight of the day of operation and go on after 24:00."""


class Spot(Dated):
    """A stop, a market or a depot. Its code stays, what is known of it may grow."""

    class Kind(models.TextChoices):
        """What a bus does there."""

        STOP = "stop", _("站点")
        MARKET = "market", _("市场")
        DEPOT = "depot", _("车场")

    kind = models.CharField(_("种类"), max_length=6, choices=Kind)
    code = models.CharField(_("编号"), max_length=20)
    name = models.CharField(_("名称"), max_length=60)
    name_en = models.CharField(_("英文名称"), max_length=100, blank=True)
    # The village whose people get on here.
    organisation = models.ForeignKey(
        Organisation,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("哪个村"),
    )
    lat = models.FloatField(_("纬度"), null=True, blank=True)
    lon = models.FloatField(_("经度"), null=True, blank=True)
    # The longest bus its road takes.
    longest_cm = models.PositiveIntegerField(_("限车长（厘米）"), null=True, blank=True)
    # Markets: first and last minute a bus may come.
    opens_minute = models.PositiveSmallIntegerField(_("开始进车"), default=0)
    closes_minute = models.PositiveSmallIntegerField(_("停止进车"), default=LAST_MINUTE)
    # How far calls here keep from regular departures; None: as the line's rules say.
    hard_minutes = models.PositiveSmallIntegerField(
        _("与常规车至少错开分钟"), null=True, blank=True
    )
    soft_minutes = models.PositiveSmallIntegerField(
        _("少于此分钟要付代价"), null=True, blank=True
    )
    price_fen = models.PositiveIntegerField(
        _("每少一分钟代价（分）"), null=True, blank=True
    )
    shelter = models.BooleanField(_("有雨棚"), default=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["line", "code"], name="spot_code_once"),
            ordered_days("spot_days_ordered"),
            models.CheckConstraint(
                condition=models.Q(lat=None, lon=None)
                | models.Q(lat__gte=-90, lat__lte=90, lon__gte=-180, lon__lte=180),
                name="spot_on_earth",
            ),
        )
        indexes = (
            models.Index(fields=["organisation", "line"], name="spot_of_village"),
        )

    def __str__(self) -> str:
        return self.name


class Demand(Dated):
    """People with baskets who want to be somewhere in time, on days the line runs."""

    class Source(models.TextChoices):
        """How it became known."""

        MEETING = "meeting", _("坝坝会")
        VISIT = "visit", _("入户走访")
        COUNT = "count", _("现场计数")
        TABLE = "table", _("表格导入")

    code = models.CharField(_("编号"), max_length=20)
    name = models.CharField(_("谁"), max_length=60, blank=True)
    stop = models.ForeignKey(
        Spot, on_delete=models.PROTECT, related_name="demands", verbose_name=_("站点")
    )
    market = models.ForeignKey(
        Spot, on_delete=models.PROTECT, related_name="+", verbose_name=_("市场")
    )
    # From the market back to the stop.
    home = models.BooleanField(_("回程"), default=False)
    persons = models.PositiveSmallIntegerField(_("人数"))
    baskets = models.PositiveSmallIntegerField(_("筐数"))
    # At the market from the first to the last; home, they leave it then.
    earliest_minute = models.PositiveSmallIntegerField(_("最早"))
    latest_minute = models.PositiveSmallIntegerField(_("最晚"))
    source = models.CharField(
        _("怎么知道的"), max_length=8, choices=Source, default=Source.VISIT
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["line", "code"],
                condition=models.Q(valid_until=None),
                name="demand_code_stands_once",
            ),
            ordered_days("demand_days_ordered"),
            models.CheckConstraint(
                condition=models.Q(persons__gte=1), name="demand_somebody"
            ),
        )
        indexes = (
            models.Index(fields=["stop", "valid_from"], name="demand_of_stop"),
            models.Index(fields=["line", "valid_from", "id"], name="demand_of_line"),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.name}".strip()


class Vehicle(Dated):
    """Buses of one type that stay at one depot; figures from the vehicle's certificate."""

    code = models.CharField(_("编号"), max_length=20)
    name = models.CharField(_("车型"), max_length=60, blank=True)
    depot = models.ForeignKey(
        Spot, on_delete=models.PROTECT, related_name="+", verbose_name=_("车场")
    )
    count = models.PositiveSmallIntegerField(_("辆数"))
    seats = models.PositiveSmallIntegerField(_("载客"))
    basket_places = models.PositiveSmallIntegerField(_("筐位"))
    length_cm = models.PositiveSmallIntegerField(_("车长（厘米）"))
    floor_dm2 = models.PositiveIntegerField(_("共用地板（平方分米）"), default=0)
    cost_fen_per_km = models.PositiveIntegerField(_("每公里成本（分）"))
    fixed_fen = models.PositiveIntegerField(_("出车成本（分）"))
    # With the regular duties of its buses, if they have any.
    from_minute = models.PositiveSmallIntegerField(_("最早出场"), default=0)
    until_minute = models.PositiveSmallIntegerField(_("最晚回场"), default=LAST_MINUTE)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["line", "code"],
                condition=models.Q(valid_until=None),
                name="vehicle_code_stands_once",
            ),
            ordered_days("vehicle_days_ordered"),
        )

    def __str__(self) -> str:
        return self.name or self.code


class RegularDuty(Dated):
    """What one bus drives for a regular line in any case; trips go around it."""

    code = models.CharField(_("编号"), max_length=20)
    name = models.CharField(_("常规班"), max_length=60, blank=True)
    # The code of a vehicle, which stays while its row is superseded.
    vehicle = models.CharField(_("车"), max_length=20)
    number = models.PositiveSmallIntegerField(_("第几辆"), default=1)
    starts_minute = models.PositiveSmallIntegerField(_("几点开始"))
    starts_at = models.ForeignKey(
        Spot, on_delete=models.PROTECT, related_name="+", verbose_name=_("起点")
    )
    ends_minute = models.PositiveSmallIntegerField(_("几点结束"))
    ends_at = models.ForeignKey(
        Spot, on_delete=models.PROTECT, related_name="+", verbose_name=_("终点")
    )
    # Whether who drives the bus for the line stays on it.
    same_driver = models.BooleanField(_("同一驾驶员"), default=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["line", "code"],
                condition=models.Q(valid_until=None),
                name="regular_duty_code_stands_once",
            ),
            models.CheckConstraint(
                condition=models.Q(ends_minute__gte=models.F("starts_minute")),
                name="regular_duty_minutes_ordered",
            ),
            ordered_days("regular_duty_days_ordered"),
        )

    def __str__(self) -> str:
        return self.name or self.code


class Driver(Dated):
    """Who may drive: since when licensed, how many stars, from when until when."""

    code = models.CharField(_("工号"), max_length=20)
    name = models.CharField(_("姓名"), max_length=40)
    licensed_on = models.DateField(_("领驾驶证日期"))
    stars = models.PositiveSmallIntegerField(_("星级"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["line", "code"],
                condition=models.Q(valid_until=None),
                name="driver_code_stands_once",
            ),
            ordered_days("driver_days_ordered"),
        )

    def __str__(self) -> str:
        return self.name


class Absence(models.Model):
    """Days on which somebody does not drive, both included."""

    driver = models.ForeignKey(
        Driver, on_delete=models.CASCADE, related_name="absences"
    )
    first_day = models.DateField(_("从哪天"))
    last_day = models.DateField(_("到哪天"))

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(last_day__gte=models.F("first_day")),
                name="absence_days_ordered",
            ),
        )

    def __str__(self) -> str:
        return f"{self.driver} {self.first_day}"


class OtherDuty(Dated):
    """A regular duty that the line's drivers have to drive too."""

    WEEKDAYS: ClassVar[tuple[str, ...]] = tuple("1234567")

    code = models.CharField(_("编号"), max_length=20)
    begin_minute = models.PositiveSmallIntegerField(_("出勤"))
    end_minute = models.PositiveSmallIntegerField(_("退勤"))
    # Such as "06:00-08:10 08:30-10:00"; empty: all the time.
    driving = models.CharField(_("驾驶时段"), max_length=400, blank=True)
    # Days of the week it is driven, Monday is 1.
    weekdays = models.CharField(_("星期几"), max_length=7, default="1234567")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["line", "code"],
                condition=models.Q(valid_until=None),
                name="other_duty_code_stands_once",
            ),
            ordered_days("other_duty_days_ordered"),
        )

    def __str__(self) -> str:
        return self.code


class Rule(Dated):
    """One number a plan or a roster keeps to, with where it comes from."""

    # A field of the engine's rules: "ride_limit_minutes", "roster.years".
    name = models.CharField(_("规则"), max_length=40)
    number = models.IntegerField(_("数值"))
    source = models.CharField(_("依据"), max_length=200, blank=True)
    verified = models.BooleanField(_("已核对"), default=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["line", "name"],
                condition=models.Q(valid_until=None),
                name="rule_stands_once",
            ),
            ordered_days("rule_days_ordered"),
        )

    def __str__(self) -> str:
        return self.name


class FareTable(Dated):
    """What one person pays: a base, and more by how many baskets."""

    base_fen = models.PositiveIntegerField(_("人票（分）"))
    cap_fen = models.PositiveIntegerField(_("封顶（分）"), null=True, blank=True)
    basis = models.CharField(_("依据"), max_length=200, blank=True)
    # Of tables that were never in force: for comparing scenarios.
    trial = models.BooleanField(_("只用于比较"), default=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["line"],
                condition=models.Q(valid_until=None, trial=False),
                name="fare_table_stands_once",
            ),
            ordered_days("fare_table_days_ordered"),
        )

    def __str__(self) -> str:
        return f"{self.line} {self.valid_from}"


class FareBand(models.Model):
    """Who carries at least so many baskets pays so much more."""

    table = models.ForeignKey(FareTable, on_delete=models.CASCADE, related_name="bands")
    from_baskets = models.PositiveSmallIntegerField(_("从几筐起"))
    fen = models.PositiveIntegerField(_("加收（分）"))

    class Meta:
        ordering = ("from_baskets",)
        constraints = (
            models.UniqueConstraint(
                fields=["table", "from_baskets"], name="fare_band_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.from_baskets}: {self.fen}"


class WaysTable(Dated):
    """Driving times and distances between all spots, from a table or from a map."""

    class Source(models.TextChoices):
        """Where they come from."""

        TABLE = "table", _("表格")
        MAP = "map", _("地图（OpenStreetMap）")

    source = models.CharField(max_length=6, choices=Source)
    note = models.CharField(_("说明"), max_length=200, blank=True)
    # {"codes": […], "minutes": [[…]], "metres": [[…]]}: a matrix, rows from, columns to.
    ways = models.JSONField()
    # {"from to": [[lon, lat], …]}, where a map was read.
    shapes = models.JSONField(default=dict)
    # What the reader of the map noticed, as the engine's findings.
    findings = models.JSONField(default=list)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["line"],
                condition=models.Q(valid_until=None),
                name="ways_table_stands_once",
            ),
            ordered_days("ways_table_days_ordered"),
        )

    def __str__(self) -> str:
        return f"{self.line} {self.valid_from}"


class Timetable(Dated):
    """The regular timetable near the line's spots, read from a GTFS feed."""

    name = models.CharField(_("文件名"), max_length=120)
    # SHA-256 of the feed, in hexadecimal.
    digest = models.CharField(max_length=64)
    # The day of operation whose departures were taken.
    service_on = models.DateField(_("取哪天的班次"))
    # [["spot code", minute, "line"], …] as matched to spots.
    departures = models.JSONField()
    # What the reader noticed, as the engine's findings.
    findings = models.JSONField(default=list)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["line"],
                condition=models.Q(valid_until=None),
                name="timetable_stands_once",
            ),
            ordered_days("timetable_days_ordered"),
        )

    def __str__(self) -> str:
        return self.name


class MapFile(models.Model):
    """An OSM extract somebody sent, until driving times are read from it."""

    line = models.ForeignKey(Line, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=120)
    # In the folder of data, beside walking networks.
    file = models.CharField(max_length=80)
    octets = models.PositiveBigIntegerField()
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    sent_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
