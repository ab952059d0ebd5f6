"""Companies of collectives with others, who paid in what, dividends, investments."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wugeyi.books.models import Book, Draft
from wugeyi.branchwork.models import Decision
from wugeyi.holdings.models.base import Recorded, Versioned, choices
from wugeyi.holdings.models.contracts import Contract
from wugeyi.holdings.rules.companies import Form, Given, Liability, Party
from wugeyi.organisations.models import Organisation
from wugeyi.projects.models import Project

FORM_NAMES = {
    Form.LIMITED: _("有限责任公司"),
    Form.JOINT_STOCK: _("股份有限公司"),
    Form.COOPERATIVE: _("农民专业合作社"),
    Form.PARTNERSHIP: _("有限合伙企业"),
}
PARTY_NAMES = {
    Party.COLLECTIVE: _("村集体"),
    Party.STATE: _("国有企业"),
    Party.PRIVATE: _("民营企业"),
    Party.VILLAGERS: _("村民"),
    Party.OTHER: _("其他"),
}
LIABILITY_NAMES = {
    Liability.LIMITED: _("以出资额为限"),
    Liability.GENERAL: _("普通合伙人（无限连带责任）"),
}
GIVEN_NAMES = {
    Given.CASH: _("货币"),
    Given.ASSET: _("实物、设施"),
    Given.LAND: _("土地经营权"),
    Given.OTHER: _("其他"),
}


class Company(Versioned):
    """A company several parties founded, such as one of the kind "1+1"."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="companies"
    )
    name = models.CharField(_("名称"), max_length=120)
    form = models.CharField(_("组织形式"), max_length=12, choices=choices(FORM_NAMES))
    # 统一社会信用代码; blank if not on file.
    code = models.CharField(_("统一社会信用代码"), max_length=18, blank=True)
    founded_on = models.DateField(_("成立日期"))
    business = models.CharField(_("做什么"), max_length=200, blank=True)
    project = models.ForeignKey(
        Project, null=True, on_delete=models.PROTECT, related_name="companies"
    )
    # Charter and founding were decided there.
    decision = models.ForeignKey(
        Decision, null=True, on_delete=models.PROTECT, related_name="companies"
    )
    ended_on = models.DateField(_("注销、退出日期"), null=True)
    ended_why = models.CharField(_("后来怎样"), max_length=300, blank=True)

    class Meta:
        indexes = (
            models.Index(fields=["organisation", "-id"], name="company_organisation"),
        )

    @property
    def unit_id(self) -> int:
        """The village that entered it."""
        return self.organisation_id

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the address of its card."""
        return reverse("holdings:company", args=[self.pk])


class Investor(Versioned):
    """Who has a share in a company; villagers are counted, never named."""

    company = models.ForeignKey(
        Company, on_delete=models.PROTECT, related_name="investors"
    )
    party = models.CharField(_("哪一方"), max_length=12, choices=choices(PARTY_NAMES))
    # The books of a collective, and only of one.
    book = models.ForeignKey(
        Book, null=True, on_delete=models.PROTECT, related_name="investments_in"
    )
    name = models.CharField(_("名称"), max_length=80, blank=True)
    people = models.PositiveIntegerField(_("人数"), null=True)
    liability = models.CharField(
        _("责任"),
        max_length=8,
        choices=choices(LIABILITY_NAMES),
        default=Liability.LIMITED.value,
    )
    subscribed_fen = models.BigIntegerField(_("认缴"))
    joined_on = models.DateField(_("哪天入股"))
    left_on = models.DateField(_("哪天退出"), null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["company", "book"],
                condition=models.Q(left_on=None, book__isnull=False),
                name="investor_book_once",
            ),
            models.CheckConstraint(
                name="investor_collective_has_books",
                condition=models.Q(party="collective", book__isnull=False)
                | ~models.Q(party="collective") & models.Q(book=None),
            ),
            models.CheckConstraint(
                name="investor_collective_limited",
                condition=~models.Q(party="collective", liability="general"),
            ),
            models.CheckConstraint(
                name="investor_subscribed", condition=models.Q(subscribed_fen__gt=0)
            ),
        )

    def __str__(self) -> str:
        return self.name or str(self.book)


class PayIn(Recorded):
    """An amount an investor paid in on a day; a wrong one is withdrawn."""

    investor = models.ForeignKey(
        Investor, on_delete=models.PROTECT, related_name="payments"
    )
    on = models.DateField(_("日期"), db_column="on_day")
    amount_fen = models.BigIntegerField(_("金额"))
    given = models.CharField(
        _("以什么出资"), max_length=8, choices=choices(GIVEN_NAMES)
    )
    valued_by = models.CharField(_("谁评估的"), max_length=80, blank=True)
    note = models.CharField(_("说明"), max_length=200, blank=True)
    draft = models.ForeignKey(
        Draft, null=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="pay_in_amount", condition=models.Q(amount_fen__gt=0)
            ),
        )

    def __str__(self) -> str:
        return f"{self.investor_id}: {self.amount_fen}"


class Dividend(Versioned):
    """A pool declared on a day, shared by what had been paid in by then."""

    company = models.ForeignKey(
        Company, on_delete=models.PROTECT, related_name="dividends"
    )
    declared_on = models.DateField(_("哪天宣告"))
    # Shares are those of the end of this day.
    basis_on = models.DateField(_("按哪天的实缴出资分"))
    of_year = models.PositiveSmallIntegerField(_("哪一年的利润"))
    pool_fen = models.BigIntegerField(_("一共分多少"))
    resolution = models.CharField(_("股东会决议"), max_length=120)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="dividend_pool", condition=models.Q(pool_fen__gt=0)
            ),
        )

    @property
    def unit_id(self) -> int:
        """The village that entered its company."""
        return self.company.organisation_id

    def __str__(self) -> str:
        return f"{self.company_id}: {self.declared_on}"

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("holdings:dividend", args=[self.pk])


class DividendPart(models.Model):
    """An investor's part; a collective's has drafts in the books of its village."""

    dividend = models.ForeignKey(
        Dividend, on_delete=models.PROTECT, related_name="parts"
    )
    investor = models.ForeignKey(
        Investor, on_delete=models.PROTECT, related_name="dividends"
    )
    paid_in_fen = models.BigIntegerField()
    amount_fen = models.BigIntegerField()
    declared_draft = models.ForeignKey(
        Draft, null=True, on_delete=models.PROTECT, related_name="+"
    )
    received_draft = models.ForeignKey(
        Draft, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["dividend", "investor"], name="dividend_part_once"
            ),
            models.CheckConstraint(
                name="dividend_part_amount", condition=models.Q(amount_fen__gte=0)
            ),
        )

    def __str__(self) -> str:
        return f"{self.dividend_id}: {self.amount_fen}"


class Investment(Versioned):
    """A card of money put into something: expected, decided, and what came of it."""

    class State(models.TextChoices):
        PLANNED = "planned", _("还没有投")
        RUNNING = "running", _("在投")
        ENDED = "ended", _("已收回")
        FAILED = "failed", _("没有做成")

    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="investments")
    title = models.CharField(_("名称"), max_length=120)
    state = models.CharField(_("现状"), max_length=8, choices=State)
    amount_fen = models.BigIntegerField(_("投多少"))
    expected_fen = models.BigIntegerField(_("预计每年收益"))
    years = models.PositiveSmallIntegerField(_("多少年"))
    residual_fen = models.BigIntegerField(_("到期还值多少"), default=0)
    begins_on = models.DateField(_("从哪天"))
    company = models.ForeignKey(
        Company, null=True, on_delete=models.PROTECT, related_name="investments"
    )
    contract = models.ForeignKey(
        Contract, null=True, on_delete=models.PROTECT, related_name="investments"
    )
    decision = models.ForeignKey(
        Decision, null=True, on_delete=models.PROTECT, related_name="investments"
    )
    valuation = models.CharField(_("评估、论证"), max_length=200, blank=True)
    risk = models.CharField(_("可能出什么问题"), max_length=500, blank=True)
    outcome = models.CharField(_("后来怎样"), max_length=500, blank=True)

    class Meta:
        indexes = (models.Index(fields=["book", "-id"], name="investment_book"),)
        constraints = (
            models.CheckConstraint(
                name="investment_amounts",
                condition=models.Q(
                    amount_fen__gt=0, expected_fen__gte=0, residual_fen__gte=0
                ),
            ),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the address of its card."""
        return reverse("holdings:investment", args=[self.pk])
