"""On what terms the public data may be used, and whom to ask."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Terms(models.Model):
    """The one row that says it; written by the seat's administrators."""

    licence = models.CharField(_("使用许可"), max_length=80, blank=True)
    licence_url = models.URLField(_("许可全文的网址"), max_length=200, blank=True)
    contact = models.CharField(_("有问题找谁"), max_length=200, blank=True)
    key_service = models.CharField(_("怎样领取密钥"), max_length=200, blank=True)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=models.Q(pk=1), name="terms_single"),
        )

    def __str__(self) -> str:
        return self.licence
