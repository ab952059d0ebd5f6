"""What a life circle should hold: templates, and the kinds of facilities they name."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from wugeyi.ui.phrases import name_of


class Template(models.Model):
    """A list of kinds of facilities, such as Guiyang's ten characters.

    Shipped with the engine and installed by ``actions.kinds.install_templates``; a
    template that was not compared with its source says so wherever it is used.
    """

    code = models.SlugField(max_length=30, unique=True)
    name_zh = models.CharField(_("名称"), max_length=60)
    name_en = models.CharField(_("英文名称"), max_length=120, blank=True)
    source = models.CharField(_("出处"), max_length=300, blank=True)
    verified = models.BooleanField(_("已对照原文核对"), default=False)
    active = models.BooleanField(_("正在使用"), default=True)
    # The first one in use is the installation's own.
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position", "id")

    def __str__(self) -> str:
        return name_of(self)


class FacilityKind(models.Model):
    """A kind of facility in a template: what it is called, how near it should be.

    The same ``code`` in two templates is the same thing: a facility of one counts in
    the other (``queries.facilities``).
    """

    template = models.ForeignKey(
        Template, on_delete=models.PROTECT, related_name="kinds", db_index=False
    )
    code = models.SlugField(max_length=40)
    name_zh = models.CharField(_("名称"), max_length=40)
    name_en = models.CharField(_("英文名称"), max_length=80, blank=True)
    # Guiyang's: one of 教业文卫体老幼食住行; otherwise empty.
    character = models.CharField(_("字"), max_length=4, blank=True)
    # How far it may be: by time, or by distance along the ways; None: the circle's own.
    limit_minutes = models.PositiveSmallIntegerField(_("最多走几分钟"), null=True)
    limit_m = models.PositiveIntegerField(_("最多走几米"), null=True)
    source = models.CharField(_("出处"), max_length=300, blank=True)
    verified = models.BooleanField(_("已对照原文核对"), default=False)
    active = models.BooleanField(_("正在使用"), default=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["template", "code"], name="facility_kind_once"
            ),
        )

    def __str__(self) -> str:
        return name_of(self)
