"""A year's distribution: reckoned, shown, decided, booked, paid household by household."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wugeyi.books.models import Book, Draft
from wugeyi.branchwork.models import Decision
from wugeyi.holdings.models.base import Recorded, Versioned, choices
from wugeyi.holdings.models.members import Household, Member
from wugeyi.holdings.rules.distribution import Payout as PayoutState
from wugeyi.holdings.rules.distribution import State

STATE_NAMES = {
    State.PLANNED: _("测算"),
    State.NOTICED: _("公示中"),
    State.DECIDED: _("已表决通过"),
    State.BOOKED: _("已做凭证，发放中"),
    State.DROPPED: _("作废"),
}
PAYOUT_NAMES = {
    PayoutState.TO_PAY: _("待发"),
    PayoutState.PAID: _("已发"),
    PayoutState.UNCLAIMED: _("未领"),
    PayoutState.DIED: _("户主去世，待继承人领"),
    PayoutState.DISPUTED: _("有争议，暂缓"),
}


class Distribution(Versioned):
    """What a collective shares out for a year, in the order of the law.

    Amounts are the engine's and are frozen when the plan is made.
    """

    book = models.ForeignKey(
        Book, on_delete=models.PROTECT, related_name="distributions"
    )
    year = models.PositiveSmallIntegerField(_("哪一年"))
    state = models.CharField(
        max_length=8, choices=choices(STATE_NAMES), default=State.PLANNED.value
    )
    # Hundredths of a percent, from the charter.
    reserve_percent_100 = models.PositiveIntegerField(_("公积公益金比例"))
    charter = models.CharField(_("章程哪一条"), max_length=120)
    shares_on = models.DateField(_("按哪天的份额分"))
    # Null: all that is left.
    wanted_fen = models.BigIntegerField(_("向成员分配多少"), null=True)
    from_reserve_fen = models.BigIntegerField(_("用公积公益金补亏"), default=0)
    before_fen = models.BigIntegerField()
    net_fen = models.BigIntegerField()
    losses_fen = models.BigIntegerField()
    base_fen = models.BigIntegerField()
    reserve_fen = models.BigIntegerField()
    members_fen = models.BigIntegerField()
    kept_fen = models.BigIntegerField()
    noticed_on = models.DateField(_("哪天开始公示"), null=True)
    decision = models.ForeignKey(
        Decision, null=True, on_delete=models.PROTECT, related_name="distributions"
    )
    booked_on = models.DateField(null=True)
    dropped_why = models.CharField(_("为什么作废"), max_length=200, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["book", "year"],
                condition=~models.Q(state="dropped"),
                name="distribution_year_once",
            ),
            models.CheckConstraint(
                name="distribution_amounts",
                condition=models.Q(
                    reserve_fen__gte=0,
                    members_fen__gte=0,
                    kept_fen__gte=0,
                    from_reserve_fen__gte=0,
                    reserve_percent_100__lte=10_000,
                ),
            ),
        )

    def __str__(self) -> str:
        return f"{self.book_id}: {self.year}"

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("holdings:distribution", args=[self.pk])


class OtherPart(models.Model):
    """What else is distributed after members."""

    distribution = models.ForeignKey(
        Distribution, on_delete=models.PROTECT, related_name="others"
    )
    name = models.CharField(max_length=60)
    amount_fen = models.BigIntegerField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="other_part_amount", condition=models.Q(amount_fen__gt=0)
            ),
        )

    def __str__(self) -> str:
        return self.name


class MemberPart(models.Model):
    """A member's part: rounded down, and perhaps one of the fen that were left over."""

    distribution = models.ForeignKey(
        Distribution, on_delete=models.PROTECT, related_name="parts"
    )
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+")
    shares_100 = models.PositiveIntegerField()
    amount_fen = models.BigIntegerField()
    extra_fen = models.PositiveSmallIntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["distribution", "member"], name="member_part_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.distribution_id}: {self.amount_fen}"


class Payout(Versioned):
    """What one household gets together, and what became of it."""

    distribution = models.ForeignKey(
        Distribution, on_delete=models.PROTECT, related_name="payouts"
    )
    household = models.ForeignKey(
        Household, on_delete=models.PROTECT, related_name="payouts"
    )
    people = models.PositiveSmallIntegerField()
    shares_100 = models.PositiveIntegerField()
    amount_fen = models.BigIntegerField()
    state = models.CharField(
        max_length=10, choices=choices(PAYOUT_NAMES), default=PayoutState.TO_PAY.value
    )
    state_on = models.DateField(null=True)
    draft = models.ForeignKey(
        Draft, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["distribution", "household"], name="payout_household_once"
            ),
            models.CheckConstraint(
                name="payout_amount", condition=models.Q(amount_fen__gte=0)
            ),
        )

    def __str__(self) -> str:
        return f"{self.distribution_id}: {self.household_id}"


class PayoutChange(Recorded):
    """On a day a payout came to another state; only added."""

    payout = models.ForeignKey(Payout, on_delete=models.PROTECT, related_name="changes")
    on = models.DateField(db_column="on_day")
    was = models.CharField(max_length=10, choices=choices(PAYOUT_NAMES))
    becomes = models.CharField(max_length=10, choices=choices(PAYOUT_NAMES))
    note = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return f"{self.payout_id}: {self.becomes}"
