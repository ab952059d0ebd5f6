"""Money account by account, partners with their contributions, and what was promised.

Every amount is integer fen.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from wugeyi.organisations.models import Organisation
from wugeyi.projects.models.projects import Project
from wugeyi.projects.rules.money import MoneyKind
from wugeyi.projects.rules.shares import PartnerKind

MONEY_NAMES = {
    MoneyKind.BUDGET: _("预算"),
    MoneyKind.PAID: _("支付"),
    MoneyKind.VERIFIED: _("验收"),
}
PARTNER_NAMES = {
    PartnerKind.COLLECTIVE: _("村集体"),
    PartnerKind.STATE: _("国有企业"),
    PartnerKind.PRIVATE: _("民营企业"),
    PartnerKind.VILLAGERS: _("村民"),
    PartnerKind.OTHER: _("其他"),
}


class FundAccount(models.Model):
    """One purse of a project: a grant, an item of the budget.

    A special fund (科目 241 专项应付款) is spent for its purpose only; when it is
    verified it becomes an asset (241 → 311). ``book_reference`` names the entry in the
    village's books.
    """

    project = models.ForeignKey(
        Project, on_delete=models.CASCADE, related_name="accounts"
    )
    name = models.CharField(_("账户"), max_length=80)
    source = models.CharField(_("钱从哪里来"), max_length=120, blank=True)
    special = models.BooleanField(_("专款专用"), default=False)
    asset = models.CharField(_("形成什么资产"), max_length=200, blank=True)
    asset_on = models.DateField(_("形成日期"), null=True)
    book_reference = models.CharField(_("村账凭证"), max_length=80, blank=True)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["project", "name"], name="fund_account_once"
            ),
        )

    def __str__(self) -> str:
        return self.name


class Money(models.Model):
    """An amount planned, paid or verified on a day. A wrong one is withdrawn."""

    account = models.ForeignKey(
        FundAccount, on_delete=models.CASCADE, related_name="lines"
    )
    kind = models.CharField(
        _("哪一笔"),
        max_length=8,
        choices=[(k.value, MONEY_NAMES[k]) for k in MoneyKind],
    )
    # Negative: a budget cut, a refund.
    amount_fen = models.BigIntegerField(_("金额"))
    on = models.DateField(_("日期"), db_column="on_day")
    note = models.CharField(_("说明"), max_length=200, blank=True)
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    replaces = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="replaced_by"
    )

    class Meta:
        indexes = (models.Index(fields=["account", "on"], name="money_day"),)
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(amount_fen=0), name="money_not_nothing"
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.amount_fen}"


class Partner(models.Model):
    """Who contributes how much. The share is computed from all contributions."""

    class Form(models.TextChoices):
        CASH = "cash", _("现金")
        ASSET = "asset", _("实物、设施（已评估）")
        LAND = "land", _("土地经营权（已评估）")
        OTHER = "other", _("其他")

    project = models.ForeignKey(
        Project, on_delete=models.CASCADE, related_name="partners"
    )
    kind = models.CharField(
        _("哪一方"),
        max_length=12,
        choices=[(k.value, PARTNER_NAMES[k]) for k in PartnerKind],
    )
    organisation = models.ForeignKey(
        Organisation, null=True, on_delete=models.PROTECT, related_name="+"
    )
    # Blank if an organisation of the register; never the name of a private person.
    name = models.CharField(_("名称"), max_length=80, blank=True)
    # How many persons stand behind the name; null where it is not persons.
    people = models.PositiveIntegerField(_("人数"), null=True)
    form = models.CharField(
        _("以什么出资"), max_length=8, choices=Form, default=Form.CASH
    )
    contribution_fen = models.BigIntegerField(_("认缴"))
    paid_in_fen = models.BigIntegerField(_("实缴"), default=0)
    on = models.DateField(_("日期"), db_column="on_day")
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    replaces = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="replaced_by"
    )

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(contribution_fen__gte=0, paid_in_fen__gte=0),
                name="partner_gives",
            ),
        )

    def __str__(self) -> str:
        return self.name or str(self.organisation)


class Undertaking(models.Model):
    """What somebody promised, or stands surety for.

    "The branch stands behind it" is a promise and nothing else: assets of the
    collective may not secure anybody's debt (农村集体经济组织法 35, 财务制度 23). The
    action refuses such a row, whoever asks.
    """

    class Kind(models.TextChoices):
        PROMISE = "promise", _("承诺（不是担保）")
        GUARANTEE = "guarantee", _("担保")

    project = models.ForeignKey(
        Project, on_delete=models.CASCADE, related_name="undertakings"
    )
    kind = models.CharField(_("是什么"), max_length=10, choices=Kind)
    giver = models.CharField(
        _("谁作出的"),
        max_length=12,
        choices=[(k.value, PARTNER_NAMES[k]) for k in PartnerKind],
    )
    text = models.CharField(_("内容"), max_length=500)
    on = models.DateField(_("日期"), db_column="on_day")
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(kind="guarantee", giver="collective"),
                name="undertaking_no_collective_surety",
            ),
        )

    def __str__(self) -> str:
        return self.text
