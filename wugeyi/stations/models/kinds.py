"""Dictionaries: kinds of stations, facilities, and the lists that ask for them.

Shipped as data and put in by the seat's administrators, who change them afterwards.
"""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from wugeyi.ui.phrases import name_of


class Word(models.Model):
    """A row of a dictionary, in two languages, with where it is from."""

    code = models.SlugField(_("代码"), max_length=20, unique=True)
    name_zh = models.CharField(_("名称"), max_length=40)
    name_en = models.CharField(_("英文名称"), max_length=80, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        abstract = True
        ordering = ("position", "id")

    def __str__(self) -> str:
        return name_of(self)


class StationKind(Word):
    """What a station is called by: 红骑驿站, 暖蜂驿站, 工会驿站."""

    source = models.CharField(_("出处"), max_length=300, blank=True)
    verified = models.BooleanField(_("有出处，已核对"), default=False)
    active = models.BooleanField(_("正在使用"), default=True)


class Item(Word):
    """A facility a station may have; the same one in several lists is one item."""

    class Derived(models.TextChoices):
        """What of the station's own record says so; nobody is asked again."""

        NOTHING = "", _("要人看了才知道")
        KEEPER = "keeper", _("写了负责人就算有")
        PLACE = "place", _("登记了位置就算有")

    derived = models.CharField(max_length=8, choices=Derived, blank=True, default="")
    # Can be reported broken by whoever stands before it.
    breaks = models.BooleanField(_("会坏，能报修"), default=True)
    # Offered as a filter on the public list.
    asked = models.BooleanField(_("公开列表里可以按它找"), default=False)
    active = models.BooleanField(_("正在使用"), default=True)


class Checklist(Word):
    """A list of what stations should have: the province's, the unions'."""

    source = models.CharField(_("出处"), max_length=300, blank=True)
    verified = models.BooleanField(_("有出处，已核对"), default=False)
    active = models.BooleanField(_("正在使用"), default=True)


class Wanted(models.Model):
    """That a list asks for an item, from a day to a day."""

    checklist = models.ForeignKey(
        Checklist, on_delete=models.PROTECT, related_name="wanted"
    )
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+")
    valid_from = models.DateField()
    # The first day it is no longer asked for; None: still is.
    valid_to = models.DateField(null=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["checklist", "item"],
                condition=models.Q(valid_to=None),
                name="station_wanted_once",
            ),
            models.CheckConstraint(
                condition=models.Q(valid_to=None)
                | models.Q(valid_to__gte=models.F("valid_from")),
                name="station_wanted_in_order",
            ),
        )

    def __str__(self) -> str:
        return f"{self.checklist} {self.item}"

    def holds(self, on: date) -> bool:
        """Tell whether it is asked for on a day."""
        return self.valid_from <= on and (self.valid_to is None or on < self.valid_to)
