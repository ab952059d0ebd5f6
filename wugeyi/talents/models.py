"""People who come back: figures, and cards of those who agreed."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from wugeyi.organisations.models import Organisation
from wugeyi.ui.phrases import name_of

PERSON = settings.AUTH_USER_MODEL


class TalentKind(models.Model):
    """What sort of people: an installation's own words.

    The four it starts with were recalled from a weak source and are marked so.
    """

    code = models.SlugField(max_length=20, unique=True)
    name_zh = models.CharField(_("名称"), max_length=20)
    name_en = models.CharField(_("英文名称"), max_length=60, blank=True)
    about = models.CharField(_("指哪些人"), max_length=120, blank=True)
    source = models.CharField(_("出处"), max_length=200, blank=True)
    verified = models.BooleanField(_("已对照原文核对"), default=False)
    active = models.BooleanField(_("正在使用"), default=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position", "id")

    def __str__(self) -> str:
        return name_of(self)


class TalentCount(models.Model):
    """So many people of a kind came or left on a day: a figure, nobody's name.

    A correction withdraws the row and adds another that replaces it.
    """

    class Change(models.TextChoices):
        CAME = "came", _("来了")
        LEFT = "left", _("走了")

    client_id = models.UUIDField(unique=True)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+"
    )
    kind = models.ForeignKey(TalentKind, on_delete=models.PROTECT, related_name="+")
    change = models.CharField(max_length=4, choices=Change)
    people = models.PositiveIntegerField(_("人数"))
    on = models.DateField(_("日期"))
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        PERSON, null=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True)
    replaces = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="replaced_by"
    )

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(people__gt=0), name="talent_people_positive"
            ),
        )
        indexes = (models.Index(fields=["organisation", "-id"], name="talent_count"),)

    def __str__(self) -> str:
        return f"{self.organisation} {self.kind} {self.people}"


class TalentCard(models.Model):
    """What somebody offers, with their consent and until they take it back."""

    class How(models.TextChoices):
        WRITTEN = "written", _("签了同意书")
        SPOKEN = "spoken", _("当面口头同意")
        PHONE = "phone", _("电话里同意")

    class End(models.TextChoices):
        PERSON = "person", _("本人凭码撤回")
        STAFF = "staff", _("本人说了，工作人员撤回")
        EXPIRED = "expired", _("到期")

    client_id = models.UUIDField(unique=True)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+"
    )
    kind = models.ForeignKey(TalentKind, on_delete=models.PROTECT, related_name="+")
    # Personal values: blank once the card ended.
    name = models.CharField(_("称呼"), max_length=40, blank=True)
    skill = models.CharField(_("会什么"), max_length=120, blank=True)
    offer = models.CharField(_("能帮什么"), max_length=200, blank=True)
    contact = models.CharField(_("怎么联系"), max_length=60, blank=True)
    # The audit holds them as hashes with this salt; erased with them.
    salt = models.CharField(max_length=32, blank=True)
    # Printed on the slip; whoever has it reads and withdraws. Blank once ended.
    code = models.CharField(max_length=12, blank=True)
    purpose = models.CharField(_("用来做什么"), max_length=120)
    agreed_on = models.DateField(_("哪天同意的"))
    agreed_how = models.CharField(_("怎么同意的"), max_length=8, choices=How)
    keep_until = models.DateField(_("留到哪天"))
    # Separately agreed: name, skill and offer on a public page, never the contact.
    public = models.BooleanField(default=False)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        PERSON, null=True, on_delete=models.PROTECT, related_name="+"
    )
    ended_at = models.DateTimeField(null=True)
    ended_on = models.DateField(null=True)
    end = models.CharField(max_length=8, choices=End, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["code"],
                condition=~models.Q(code=""),
                name="talent_code_once",
            ),
            models.CheckConstraint(
                condition=models.Q(ended_at=None)
                | models.Q(
                    name="",
                    skill="",
                    offer="",
                    contact="",
                    salt="",
                    code="",
                    public=False,
                ),
                name="talent_ended_is_erased",
            ),
        )
        indexes = (
            models.Index(
                fields=["organisation", "-id"],
                name="talent_card",
                condition=models.Q(ended_at=None),
            ),
            models.Index(
                fields=["keep_until"],
                name="talent_keep_until",
                condition=models.Q(ended_at=None),
            ),
        )

    def __str__(self) -> str:
        # Never the name: it would stand in logs and audits.
        return f"{self.organisation_id} {self.pk}"
