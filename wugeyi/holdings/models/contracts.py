"""Contracts, their terms by date, what is due when, and promises beside them."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wugeyi.books.models import Book, Item, Voucher
from wugeyi.branchwork.models import Decision
from wugeyi.holdings.models.assets import Asset
from wugeyi.holdings.models.base import Recorded, Versioned, choices
from wugeyi.holdings.rules.contracts import Kind, TermsKind, Word
from wugeyi.holdings.rules.dues import Rhythm
from wugeyi.projects.models import Project

KIND_NAMES = {
    Kind.LEASE: _("出租"),
    Kind.CONTRACTING: _("发包"),
    Kind.INVESTMENT: _("对外投资"),
}
RHYTHM_NAMES = {
    Rhythm.YEARLY: _("每年一次"),
    Rhythm.HALF_YEARLY: _("每半年一次"),
    Rhythm.QUARTERLY: _("每季度一次"),
    Rhythm.MONTHLY: _("每月一次"),
    Rhythm.ONCE: _("一次付清"),
}
TERMS_NAMES = {
    TermsKind.FIRST: _("签订"),
    TermsKind.RENEWAL: _("续签"),
    TermsKind.CHANGE: _("变更"),
}
WORD_NAMES = {
    Word.PROMISE: _("承诺（例如支部“兜底”，不是担保）"),
    Word.RECEIVED: _("别人为我们担保"),
    Word.GUARANTEE: _("集体为别人担保"),
}


class Contract(Versioned):
    """What was agreed in writing with somebody. Terms change by date, see Terms."""

    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="contracts")
    kind = models.CharField(_("种类"), max_length=12, choices=choices(KIND_NAMES))
    number = models.CharField(_("合同编号"), max_length=40)
    title = models.CharField(_("名称"), max_length=120)
    counterparty = models.ForeignKey(
        Item, on_delete=models.PROTECT, related_name="contracts"
    )
    asset = models.ForeignKey(
        Asset, null=True, on_delete=models.PROTECT, related_name="contracts"
    )
    project = models.ForeignKey(
        Project, null=True, on_delete=models.PROTECT, related_name="contracts"
    )
    decision = models.ForeignKey(
        Decision, null=True, on_delete=models.PROTECT, related_name="contracts"
    )
    signed_on = models.DateField(_("哪天签的"))
    # As the last standing terms say.
    begins_on = models.DateField(_("从哪天"))
    ends_on = models.DateField(_("到哪天"))
    # Assets other than money are given: then they were valued first.
    non_cash = models.BooleanField(_("以实物、土地经营权等出资"), default=False)
    valuation_fen = models.BigIntegerField(_("评估价"), null=True)
    valued_by = models.CharField(_("谁评估的"), max_length=80, blank=True)
    valued_on = models.DateField(_("哪天评估的"), null=True)
    note = models.CharField(_("备注"), max_length=300, blank=True)
    terminated_on = models.DateField(_("提前终止的日期"), null=True)
    terminated_why = models.CharField(_("为什么终止"), max_length=300, blank=True)

    class Meta:
        indexes = (
            models.Index(fields=["book", "-id"], name="contract_book"),
            models.Index(
                fields=["book", "ends_on"],
                name="contract_ends",
                condition=models.Q(terminated_on=None),
            ),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["book", "number"], name="contract_number_once"
            ),
            models.CheckConstraint(
                name="contract_days",
                condition=models.Q(ends_on__gte=models.F("begins_on")),
            ),
            models.CheckConstraint(
                name="contract_valued",
                condition=models.Q(non_cash=False) | models.Q(valuation_fen__gte=0),
            ),
        )

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    def get_absolute_url(self) -> str:
        """Return the address of its card."""
        return reverse("holdings:contract", args=[self.pk])


class Terms(Recorded):
    """What is paid when, from a day; never overwritten."""

    contract = models.ForeignKey(
        Contract, on_delete=models.PROTECT, related_name="terms"
    )
    kind = models.CharField(max_length=8, choices=choices(TERMS_NAMES))
    begins_on = models.DateField()
    ends_on = models.DateField()
    rhythm = models.CharField(
        _("多久付一次"), max_length=12, choices=choices(RHYTHM_NAMES)
    )
    amount_fen = models.BigIntegerField(_("每次多少"))
    first_due_on = models.DateField(_("第一次哪天付"))
    step_years = models.PositiveSmallIntegerField(_("每几年调一次"), default=0)
    step_percent_100 = models.IntegerField(default=0)
    step_fen = models.BigIntegerField(default=0)
    signed_on = models.DateField()
    reason = models.CharField(_("为什么改"), max_length=300, blank=True)
    decision = models.ForeignKey(
        Decision, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="terms_sound",
                condition=models.Q(
                    ends_on__gte=models.F("begins_on"), amount_fen__gt=0
                ),
            ),
        )

    def __str__(self) -> str:
        return f"{self.contract_id}: {self.begins_on}"


class Due(models.Model):
    """An amount for a period, due on a day; superseded by later terms, never removed.

    Whether it is settled is what posted vouchers say (``queries.dues``).
    """

    book = models.ForeignKey(
        Book, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    contract = models.ForeignKey(
        Contract, on_delete=models.PROTECT, related_name="dues"
    )
    terms = models.ForeignKey(Terms, on_delete=models.PROTECT, related_name="dues")
    due_on = models.DateField()
    first_day = models.DateField()
    last_day = models.DateField()
    amount_fen = models.BigIntegerField()
    part = models.BooleanField(default=False)
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(
                fields=["book", "due_on", "id"],
                name="due_day",
                condition=models.Q(superseded_at=None),
            ),
        )
        constraints = (
            models.CheckConstraint(
                name="due_amount", condition=models.Q(amount_fen__gte=0)
            ),
        )

    def __str__(self) -> str:
        return f"{self.contract_id}: {self.due_on}"


class Settlement(Recorded):
    """A posted voucher that paid a due date, or a part of it, without its draft."""

    due = models.ForeignKey(Due, on_delete=models.PROTECT, related_name="settlements")
    voucher = models.ForeignKey(
        Voucher, on_delete=models.PROTECT, related_name="settlements"
    )
    amount_fen = models.BigIntegerField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="settlement_amount", condition=models.Q(amount_fen__gt=0)
            ),
        )

    def __str__(self) -> str:
        return f"{self.due_id}: {self.amount_fen}"


class Promise(Recorded):
    """What somebody promised, or stands surety for on our side; never an entry.

    Assets of the collective secure nobody's debt (农村集体经济组织法 35, 财务制度 23): the
    action refuses it and the database has no word for it.
    """

    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="promises")
    contract = models.ForeignKey(
        Contract, null=True, on_delete=models.PROTECT, related_name="promises"
    )
    kind = models.CharField(_("是什么"), max_length=10, choices=choices(WORD_NAMES))
    giver = models.CharField(_("谁作出的"), max_length=80)
    text = models.CharField(_("内容"), max_length=500)
    on = models.DateField(_("日期"), db_column="on_day")
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=["book", "-id"], name="promise_book"),)
        constraints = (
            models.CheckConstraint(
                name="promise_no_guarantee",
                condition=models.Q(kind__in=("promise", "received")),
            ),
        )

    def __str__(self) -> str:
        return self.text
