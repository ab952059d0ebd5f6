"""What a desk does for people: services, what to bring, who stands behind the window."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from wugeyi.casework.models import Category
from wugeyi.organisations.models import Kind, Organisation
from wugeyi.ui.phrases import name_of


class Service(models.Model):
    """Something people come for. Kept by an organisation's administrators.

    Offered at the window of ``organisation``; with a ``kind`` at every window of that
    kind at or below it instead, so that a city writes once what all communities do.
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+"
    )
    kind = models.CharField(max_length=12, choices=Kind, blank=True)
    name_zh = models.CharField(_("名称"), max_length=60)
    name_en = models.CharField(_("英文名称"), max_length=120, blank=True)
    for_whom = models.CharField(_("谁可以办"), max_length=120, blank=True)
    basis = models.CharField(_("依据"), max_length=200, blank=True)
    source = models.CharField(_("出处"), max_length=200, blank=True)
    verified = models.BooleanField(_("已对照原文核对"), default=False)
    # Shipped with the software as an example of how an entry looks.
    example = models.BooleanField(default=False)
    fee_fen = models.PositiveIntegerField(_("收费(分)"), default=0)
    # Working days; 0: while one waits.
    promised_days = models.PositiveSmallIntegerField(_("承诺工作日"), default=0)
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="+")
    note = models.CharField(_("提醒"), max_length=300, blank=True)
    valid_from = models.DateField(_("自"))
    valid_to = models.DateField(_("至"), null=True, blank=True)

    class Meta:
        indexes = (models.Index(fields=["organisation", "id"], name="service_of"),)

    def __str__(self) -> str:
        return name_of(self)


class Material(models.Model):
    """What to bring. A correction ends the row and begins another of the same line."""

    service = models.ForeignKey(
        Service, on_delete=models.CASCADE, related_name="materials"
    )
    # The key of the first row of this material; rows that correct it carry it on.
    line = models.BigIntegerField(null=True)
    name = models.CharField(_("材料"), max_length=80)
    originals = models.PositiveSmallIntegerField(_("原件份数"), default=1)
    copies = models.PositiveSmallIntegerField(_("复印件份数"), default=0)
    where_from = models.CharField(_("在哪里拿"), max_length=120, blank=True)
    electronic = models.BooleanField(_("可以用电子版"), default=False)
    # Blank: always needed.
    condition = models.CharField(_("什么情况下要"), max_length=120, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    # When the line came onto the list, whatever was reworded since.
    added_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("position", "id")

    def __str__(self) -> str:
        return self.name


class ServiceStep(models.Model):
    """Who works on it behind the window, in this order.

    Neither organisation nor kind: the window's own organisation. A kind: the nearest of
    that kind above the window.
    """

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField()
    what = models.CharField(_("做什么"), max_length=80)
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    kind = models.CharField(max_length=12, choices=Kind, blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("position", "id")

    def __str__(self) -> str:
        return self.what
