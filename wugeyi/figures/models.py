"""Facts, what is added up from them, and what was printed elsewhere.

Facts are only ever added. Everything else here but the quoted figures can be made
again from them (``wugeyi figures recount``).
"""

from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _

from wugeyi.organisations.fields import PathField
from wugeyi.organisations.models import Organisation
from wugeyi.organisations.rules import MAX_PATH


class MeasureVersion(models.Model):
    """What a measure or indicator meant, from when: its key follows from its name."""

    id = models.IntegerField(primary_key=True)
    code = models.CharField(max_length=60)
    version = models.PositiveSmallIntegerField()
    digest = models.CharField(max_length=32)
    recorded_at = models.DateTimeField()
    # When the facts of the records that were there before had been made.
    filled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["code", "version"], name="measure_version_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.code} v{self.version}"


class Fact(models.Model):
    """A record counts (+1) for a measure at a place on a day, or no longer does (-1).

    Never changed or deleted: a correction adds -1 with what stood and +1 with what
    stands. ``recorded_at`` tells what was known when.
    """

    id = models.BigAutoField(primary_key=True)
    measure_id = models.IntegerField()
    source_id = models.IntegerField()
    record_id = models.BigIntegerField()
    organisation_id = models.BigIntegerField()
    # Where the organisation stood on that day by statute.
    path = PathField(max_length=MAX_PATH)
    on = models.DateField(db_column="on_day")
    records = models.SmallIntegerField()
    value = models.BigIntegerField(default=0)
    key = models.CharField(max_length=120, db_column="subject", blank=True)
    dimension = models.CharField(max_length=60, blank=True)
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = (
            models.Index(fields=["measure_id", "path", "on"], name="fact_place"),
            models.Index(fields=["source_id", "record_id"], name="fact_record"),
            models.Index(fields=["measure_id", "recorded_at"], name="fact_recorded"),
            # Which units have something on a few days, for all below a county or city:
            # read from the index alone.
            models.Index(
                fields=["measure_id", "on", "organisation_id", "path", "records"],
                name="fact_day",
            ),
        )

    def __str__(self) -> str:
        return f"{self.measure_id} {self.on} {self.records:+d}"


class Fresh(models.Model):
    """What a fact adds, until the totals hold it: written with it, taken by folding."""

    id = models.BigAutoField(primary_key=True)
    measure_id = models.IntegerField()
    organisation_id = models.BigIntegerField()
    path = PathField(max_length=MAX_PATH)
    on = models.DateField(db_column="on_day")
    records = models.SmallIntegerField()
    value = models.BigIntegerField(default=0)
    key = models.CharField(max_length=120, db_column="subject", blank=True)
    dimension = models.CharField(max_length=60, blank=True)

    class Meta:
        indexes = (models.Index(fields=["measure_id", "path"], name="fresh_place"),)

    def __str__(self) -> str:
        return f"{self.measure_id} {self.on} {self.records:+d}"


class Total(models.Model):
    """The facts of a day, month or year at and below a place, added up."""

    id = models.BigAutoField(primary_key=True)
    measure_id = models.IntegerField()
    path = PathField(max_length=MAX_PATH)
    grain = models.CharField(max_length=1)  # d, m or y
    start = models.DateField()
    dimension = models.CharField(max_length=60, blank=True)
    records = models.BigIntegerField()
    value = models.BigIntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["measure_id", "path", "grain", "start", "dimension"],
                name="total_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.measure_id} {self.start} {self.records}"


class Presence(models.Model):
    """What one subject has in a month at one place: a unit, or a key that is counted.

    ``days`` has a bit for each day with something, the lowest for the first of the
    month (0 for what stands). ``value`` is that of the unit's last record in the
    month, on the day ``last`` (only for ``latest``).
    """

    id = models.BigAutoField(primary_key=True)
    measure_id = models.IntegerField()
    what = models.CharField(max_length=1)  # u: a unit's key; k: a key that is counted
    subject = models.CharField(max_length=120)
    path = PathField(max_length=MAX_PATH)
    month = models.DateField()
    records = models.BigIntegerField()
    days = models.IntegerField(default=0)
    value = models.BigIntegerField(default=0)
    last = models.DateField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["measure_id", "what", "subject", "path", "month"],
                name="presence_once",
            ),
        )
        indexes = (
            models.Index(
                fields=["measure_id", "what", "path", "month"], name="presence_place"
            ),
        )

    def __str__(self) -> str:
        return f"{self.measure_id} {self.subject} {self.month}"


class Span(models.Model):
    """How many subjects have something in a month and next in another one.

    Over whole months a to b there are as many different subjects as rows with
    ``month`` in a..b and ``following`` after b: each is counted in its last month.
    Of what stands: at the end of the months from ``month`` on until ``following``.
    """

    id = models.BigAutoField(primary_key=True)
    measure_id = models.IntegerField()
    what = models.CharField(max_length=1)
    path = PathField(max_length=MAX_PATH)
    month = models.DateField()
    following = models.DateField()
    subjects = models.BigIntegerField()
    value = models.BigIntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["measure_id", "what", "path", "following", "month"],
                name="span_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.measure_id} {self.month} {self.subjects}"


class Gap(models.Model):
    """How many subjects have something on a day and next on another one, high up.

    The same as spans, by day, for the topmost levels: whoever is counted on their last
    day of a period has nothing again until after it. Three ways to know the two days
    let a reading take few rows, whatever the period: ``known`` is ``e`` where the
    earlier one is told by day, the next by month; ``l`` the other way round; ``b``
    where both are. ``near`` is the month of the day that is told, ``far`` that of the
    other one. Of what stands (``s``): in how many units more, or fewer, from ``day`` on.
    """

    id = models.BigAutoField(primary_key=True)
    measure_id = models.IntegerField()
    what = models.CharField(max_length=1)
    path = PathField(max_length=MAX_PATH)
    known = models.CharField(max_length=1)
    near = models.DateField()
    far = models.DateField()
    day = models.DateField()
    # The later day where both are told, else the end of all days.
    other = models.DateField()
    subjects = models.BigIntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=[
                    "measure_id",
                    "what",
                    "path",
                    "known",
                    "near",
                    "far",
                    "day",
                    "other",
                ],
                name="gap_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.measure_id} {self.day} {self.subjects}"


class Expected(models.Model):
    """How many units of a kind began and ended below a place on a day."""

    id = models.BigAutoField(primary_key=True)
    path = PathField(max_length=MAX_PATH)
    kind = models.CharField(max_length=12)
    on = models.DateField(db_column="on_day")
    began = models.IntegerField()
    ended = models.IntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["path", "kind", "on"], name="expected_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.on} +{self.began} -{self.ended}"


class Mark(models.Model):
    """How far a task of the worker has come."""

    name = models.CharField(primary_key=True, max_length=40)
    number = models.BigIntegerField(default=0)
    at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name


class Recount(models.Model):
    """Facts and totals were made anew and compared."""

    at = models.DateTimeField()
    measures = models.IntegerField()
    facts = models.BigIntegerField()
    # Records whose facts are not what their rows say; totals that are not their sum.
    facts_differing = models.BigIntegerField()
    totals_differing = models.BigIntegerField()
    repaired = models.BooleanField(default=False)
    text = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.at}"


class QuotedFigure(models.Model):
    """A number somebody printed, with its words; never mixed with computed ones."""

    class Qualifier(models.TextChoices):
        EQUAL = "equal", _("正好")
        OVER = "over", _("超过")
        AT_LEAST = "at_least", _("至少")
        NEARLY = "nearly", _("将近")
        ABOUT = "about", _("约")
        RANGE = "range", _("在一个范围内")

    code = models.CharField(max_length=60, unique=True)
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    subject_zh = models.CharField(max_length=120)
    subject_en = models.CharField(max_length=200)
    cell = models.CharField(max_length=12, blank=True)
    value = models.DecimalField(max_digits=18, decimal_places=4)
    value_to = models.DecimalField(max_digits=18, decimal_places=4, null=True)
    qualifier = models.CharField(max_length=8, choices=Qualifier)
    unit_zh = models.CharField(max_length=40, blank=True)
    unit_en = models.CharField(max_length=60, blank=True)
    text_zh = models.CharField(max_length=400)
    text_en = models.CharField(max_length=600)
    period_text = models.CharField(max_length=80, blank=True)
    # The computed counterpart, if there is one: code of a measure or indicator.
    measure = models.CharField(max_length=60, blank=True)
    source = models.CharField(max_length=300)
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = (
            models.Index(fields=["organisation", "cell"], name="quoted_organisation"),
        )
        constraints = (
            models.CheckConstraint(
                condition=models.Q(qualifier="range", value_to__gte=models.F("value"))
                | ~models.Q(qualifier="range") & models.Q(value_to=None),
                name="quoted_range_has_two_ends",
            ),
        )

    def __str__(self) -> str:
        return self.subject_zh

    @property
    def ends(self) -> tuple[Decimal, Decimal | None]:
        """Return the value, and the upper end of a range."""
        return self.value, self.value_to
