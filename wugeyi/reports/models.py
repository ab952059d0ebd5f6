"""The register of forms, the forms as files, what was filled into them, and answers."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from wugeyi.audit.rules import new_salt
from wugeyi.organisations.models import Organisation


class Form(models.Model):
    """A form somebody asks for: who, on what basis, how often, until when."""

    class Frequency(models.TextChoices):
        ONCE = "once", _("一次性")
        MONTH = "month", _("每月")
        QUARTER = "quarter", _("每季度")
        HALF = "half", _("每半年")
        YEAR = "year", _("每年")
        NEEDED = "needed", _("临时要")

    # Whose register it stands in: asked of this organisation and all below it.
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+"
    )
    name = models.CharField(_("表名"), max_length=120)
    asker = models.CharField(_("谁要"), max_length=120)
    basis = models.CharField(_("依据文件"), max_length=200, blank=True)
    article = models.CharField(_("第几条"), max_length=80, blank=True)
    frequency = models.CharField(_("多久报一次"), max_length=8, choices=Frequency)
    approved_by = models.CharField(_("谁批准"), max_length=120, blank=True)
    approved_on = models.DateField(_("批准日期"), null=True, blank=True)
    valid_until = models.DateField(_("有效期至"), null=True, blank=True)
    note = models.CharField(_("说明"), max_length=300, blank=True)
    registered_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    stopped_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=["organisation", "id"], name="form_register"),)

    def __str__(self) -> str:
        return self.name


class Layout(models.Model):
    """The file of a form as it was sent; the last one counts."""

    form = models.ForeignKey(Form, on_delete=models.PROTECT, related_name="layouts")
    filename = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64, db_index=True)
    content = models.BinaryField()
    title = models.CharField(max_length=200, blank=True)
    fields = models.PositiveIntegerField(default=0)
    read_at = models.DateTimeField()
    read_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    def __str__(self) -> str:
        return self.filename


class LayoutField(models.Model):
    """What a layout asks in one cell, for comparing forms."""

    layout = models.ForeignKey(Layout, on_delete=models.CASCADE, related_name="asked")
    where = models.CharField(max_length=60)
    key = models.CharField(max_length=300)
    label = models.CharField(max_length=300)
    code = models.CharField(max_length=60, blank=True)

    class Meta:
        indexes = (models.Index(fields=["layout", "id"], name="layout_field"),)

    def __str__(self) -> str:
        return self.label


class LayoutFinding(models.Model):
    """Something noticed in a layout. ``code`` names the sentence, the rest fills it."""

    layout = models.ForeignKey(
        Layout, on_delete=models.CASCADE, related_name="findings"
    )
    severity = models.CharField(max_length=8)
    code = models.CharField(max_length=40)
    where = models.CharField(max_length=60, blank=True)
    value = models.CharField(max_length=200, blank=True)
    other = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return f"{self.where}: {self.code}"


class Learned(models.Model):
    """A label that a person said means this; used in its organisation and below."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+"
    )
    key = models.CharField(max_length=320)
    label = models.CharField(max_length=300)
    code = models.CharField(max_length=60)
    confirmed_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["organisation", "key"],
                condition=models.Q(withdrawn_at=None),
                name="learned_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.label} → {self.code}"


class Known(models.Model):
    """An answer to what is not on record: asked once, used by every later form.

    An answer is never overwritten: another one replaces it, and both stay.
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+"
    )
    key = models.CharField(max_length=320)
    label = models.CharField(max_length=300)
    first = models.DateField()
    last = models.DateField()
    unit = models.CharField(max_length=20, blank=True)
    value = models.CharField(max_length=300)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    replaces = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["organisation", "key", "first", "last"],
                condition=models.Q(withdrawn_at=None),
                name="known_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.label}: {self.value}"


class Filling(models.Model):
    """A form filled for an organisation and a period."""

    class State(models.TextChoices):
        OPEN = "open", _("正在填")
        FROZEN = "frozen", _("已定稿")
        DISCARDED = "discarded", _("已放弃")

    layout = models.ForeignKey(
        Layout, on_delete=models.PROTECT, related_name="fillings"
    )
    form = models.ForeignKey(Form, on_delete=models.PROTECT, related_name="fillings")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+"
    )
    first = models.DateField()
    last = models.DateField()
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    # Texts of its cells enter the audit as hashes with this.
    salt = models.CharField(max_length=32, default=new_salt)
    # Until when records were counted.
    as_of = models.DateTimeField()
    begun_at = models.DateTimeField()
    begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    frozen_at = models.DateTimeField(null=True)
    frozen_on = models.DateField(null=True)
    frozen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    # Counted when it is frozen.
    cells_system = models.PositiveIntegerField(default=0)
    cells_hand = models.PositiveIntegerField(default=0)
    cells_empty = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = (
            models.Index(fields=["form", "id"], name="filling_form"),
            models.Index(fields=["organisation", "id"], name="filling_organisation"),
        )

    def __str__(self) -> str:
        return f"{self.form} {self.organisation} {self.first}"


class Cell(models.Model):
    """One cell of a filled form: its value and where it comes from."""

    class Source(models.TextChoices):
        NONE = "none", _("还没有")
        FIGURE = "figure", _("系统里的记录")
        TEXT = "text", _("系统里的资料")
        KNOWN = "known", _("以前问过的")
        HAND = "hand", _("这次手填")
        LEFT = "left", _("留空")

    filling = models.ForeignKey(Filling, on_delete=models.CASCADE, related_name="cells")
    number = models.PositiveIntegerField()
    sheet = models.CharField(max_length=80)
    address = models.CharField(max_length=12)
    inline = models.CharField(max_length=20, blank=True)
    label = models.CharField(max_length=300)
    key = models.CharField(max_length=320)
    certainty = models.CharField(max_length=10)
    # What is believed to belong here, and the runners-up, space separated.
    code = models.CharField(max_length=60, blank=True)
    others = models.CharField(max_length=200, blank=True)
    why = models.CharField(max_length=20, blank=True)
    why_value = models.CharField(max_length=200, blank=True)
    why_other = models.CharField(max_length=200, blank=True)
    unit = models.CharField(max_length=20, blank=True)
    organisation = models.ForeignKey(
        Organisation, null=True, on_delete=models.PROTECT, related_name="+"
    )
    first = models.DateField()
    last = models.DateField()
    source = models.CharField(max_length=8, choices=Source, default=Source.NONE)
    value = models.CharField(max_length=300, blank=True)
    is_number = models.BooleanField(default=False)
    version = models.PositiveIntegerField(null=True)
    # The figure as it was read: in its own unit, a share with both its numbers.
    figure = models.BigIntegerField(null=True)
    numerator = models.BigIntegerField(null=True)
    denominator = models.BigIntegerField(null=True)
    rounded = models.BooleanField(default=False)
    known = models.ForeignKey(
        Known, null=True, on_delete=models.PROTECT, related_name="+"
    )
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["filling", "number"], name="filling_cell_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.address} {self.label}"

    @property
    def where(self) -> str:
        """Return sheet and address."""
        return f"{self.sheet}!{self.address}"

    @property
    def by_system(self) -> bool:
        """Tell whether nobody had to type it."""
        return self.source in {self.Source.FIGURE, self.Source.TEXT, self.Source.KNOWN}
