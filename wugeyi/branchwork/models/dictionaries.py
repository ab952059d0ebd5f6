"""Words an installation chooses: topics, regular duties, what heads are counted for.

Nothing here is taken for fact that was not held against its source: ``verified`` says
so, and pages show what is not.
"""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from wugeyi.branchwork.rules.periods import Every

PERIOD_NAMES = {
    Every.MONTH: _("每月"),
    Every.QUARTER: _("每季度"),
    Every.HALF: _("每半年"),
    Every.YEAR: _("每年"),
}


class Word(models.Model):
    """An entry of a dictionary, named in both languages."""

    name_zh = models.CharField(_("名称"), max_length=60)
    name_en = models.CharField(_("英文名称"), max_length=120)
    position = models.PositiveSmallIntegerField(default=0)
    basis = models.CharField(_("依据"), max_length=200, blank=True)
    verified = models.BooleanField(_("已对照原文核对"), default=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name_en if get_language() == "en" else self.name_zh


class Topic(Word):
    """What a decision is about. ``kinds`` (split by blanks) are the organisations it suits."""

    code = models.SlugField(_("代码"), max_length=40, unique=True)
    # Empty: every kind of organisation.
    kinds = models.CharField(_("适用的单位类型"), max_length=200, blank=True)
    active = models.BooleanField(_("正在使用"), default=True)

    class Meta:
        ordering = ("position", "id")

    def suits(self, kind: str) -> bool:
        """Tell whether it is offered to organisations of a kind."""
        return not self.kinds or kind in self.kinds.split()


class DutyItem(Word):
    """Something a branch does again every period; none is shipped as a fact."""

    code = models.SlugField(_("代码"), max_length=40, unique=True)
    period = models.CharField(
        _("多久一次"),
        max_length=8,
        choices=[(every.value, PERIOD_NAMES[every]) for every in Every],
    )
    output = models.CharField(_("留下什么"), max_length=200, blank=True)
    valid_from = models.DateField(_("从哪天起"))
    # The first day on which it no longer holds.
    valid_to = models.DateField(_("到哪天止"), null=True, blank=True)

    class Meta:
        ordering = ("position", "id")


class HeadcountKind(Word):
    """What heads are counted for, such as members admitted: a number, never who."""

    code = models.SlugField(_("代码"), max_length=40, unique=True)
    active = models.BooleanField(_("正在使用"), default=True)

    class Meta:
        ordering = ("position", "id")
