"""Words of an installation: kinds of what is shared, the six names."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from wugeyi.ui.phrases import name_of


class Word(models.Model):
    """A word of a list, with where it comes from."""

    class List(models.TextChoices):
        KIND = "kind", _("共享什么（种类）")
        BUILD = "build", _("三共建")
        SHARE = "share", _("三共享")

    list = models.CharField(_("哪一组"), max_length=8, choices=List)
    code = models.SlugField(_("代码"), max_length=20)
    name_zh = models.CharField(_("名称"), max_length=20)
    name_en = models.CharField(_("英文名称"), max_length=60, blank=True)
    source = models.CharField(_("出处"), max_length=200, blank=True)
    verified = models.BooleanField(_("已对照原文核对"), default=False)
    active = models.BooleanField(_("正在使用"), default=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["list", "code"], name="sharing_word_code_once"
            ),
        )

    def __str__(self) -> str:
        return name_of(self)
