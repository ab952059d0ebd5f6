"""A set of books, its own sub-accounts, and what its lines may be about."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from wugeyi.organisations.models import Organisation


class Regime(models.TextChoices):
    """By which accounting system books are kept; never guessed from codes."""

    R2023 = "2023", _("农村集体经济组织会计制度（财会〔2023〕14 号）")
    R2004 = "2004", _("村集体经济组织会计制度（2004 年）")


class Keeper(models.TextChoices):
    """Whose money it is: the law wants the two apart where that is possible."""

    COLLECTIVE = "collective", _("农村集体经济组织")
    COMMITTEE = "committee", _("村民委员会")


class Rhythm(models.TextChoices):
    """How often the books are shown to villagers."""

    QUARTERLY = "quarterly", _("每季度")
    MONTHLY = "monthly", _("每月（财务往来较多）")


class Book(models.Model):
    """The books of one collective.

    Whose they are, by which regime and from which day never changes: the database
    refuses it.
    """

    code = models.CharField(_("账套代码"), max_length=40, unique=True)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="books"
    )
    keeper = models.CharField(_("谁的账"), max_length=12, choices=Keeper)
    regime = models.CharField(_("会计制度"), max_length=4, choices=Regime)
    name_zh = models.CharField(_("名称"), max_length=80)
    name_en = models.CharField(_("英文名称"), max_length=120, blank=True)
    # The first day these books can tell of: always the first of a month.
    begins_on = models.DateField(_("从哪天起记账"))
    rhythm = models.CharField(
        _("多久公开一次"), max_length=10, choices=Rhythm, default=Rhythm.QUARTERLY
    )
    # From this amount on an expense or investment needs a decision; None: never.
    large_fen = models.BigIntegerField(_("重大事项从多少元起"), null=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    # The first day on which the books are no longer kept.
    closed_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = (
            models.Index(fields=["organisation", "id"], name="book_organisation"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["organisation", "keeper"],
                condition=models.Q(closed_at=None),
                name="book_one_of_a_keeper",
            ),
        )

    def __str__(self) -> str:
        english = get_language() == "en" and self.name_en
        return self.name_en if english else self.name_zh

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("books:book", args=[self.pk])


class SubAccount(models.Model):
    """An account below one of the chart; neither changed nor removed."""

    book = models.ForeignKey(
        Book, on_delete=models.PROTECT, related_name="sub_accounts"
    )
    # Five or seven digits.
    code = models.CharField(_("明细科目代码"), max_length=7)
    name = models.CharField(_("名称"), max_length=60)
    added_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["book", "code"], name="sub_account_once"),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Item(models.Model):
    """What a line may be about besides its account; its code and kind never change.

    Lines name items by code. The name of a household may be put right or erased
    without touching a voucher.
    """

    class Kind(models.TextChoices):
        PROJECT = "project", _("项目")
        COUNTERPARTY = "counterparty", _("往来单位或个人")
        HOUSEHOLD = "household", _("成员户")
        ASSET = "asset", _("资产或资源")

    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="items")
    kind = models.CharField(_("种类"), max_length=12, choices=Kind)
    code = models.CharField(_("代码"), max_length=20)
    name = models.CharField(_("名称"), max_length=80)
    # Whether the name is a person's: it is masked wherever villagers read.
    personal = models.BooleanField(_("是个人"), default=False)
    ended_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["book", "kind", "code"], name="book_item_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.name}"
