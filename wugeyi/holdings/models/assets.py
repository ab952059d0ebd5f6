"""Assets and resources, what was done with them, and what they are charged by month.

A card is an item of its book, so that a line of a voucher can name it.
"""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wugeyi.books.models import Book, Draft, Item
from wugeyi.branchwork.models import Decision
from wugeyi.holdings.models.base import Recorded, Versioned, choices
from wugeyi.holdings.rules.assets import Kind, State, Use
from wugeyi.projects.models import Project

KIND_NAMES = {
    Kind.FIXED: _("固定资产"),
    Kind.CONSUMABLE: _("消耗性生物资产"),
    Kind.PRODUCTIVE: _("生产性生物资产"),
    Kind.PUBLIC: _("公益性生物资产"),
    Kind.INTANGIBLE: _("无形资产"),
    Kind.RESOURCE: _("资源（土地、林地、水面等）"),
}
STATE_NAMES = {
    State.IN_USE: _("自用"),
    State.LEASED: _("出租、发包"),
    State.IDLE: _("闲置"),
    State.DISPOSED: _("已处置"),
}
USE_NAMES = {
    Use.OPERATING: _("经营（511 经营支出）"),
    Use.ADMINISTRATION: _("管理（513 管理费用）"),
    Use.WELFARE: _("公益（514 公益支出）"),
    Use.PRODUCTION: _("生产（401 生产（劳务）成本）"),
}


class ResourceKind(models.TextChoices):
    """What sort of resource."""

    LAND = "land", _("耕地、园地")
    FOREST = "forest", _("林地")
    WATER = "water", _("水面")
    GRASS = "grass", _("草地")
    BUILDING = "building", _("集体建设用地")
    WASTE = "waste", _("荒山、荒坡等")
    OTHER = "other", _("其他")


class Acquired(models.TextChoices):
    """For what it came."""

    BOUGHT = "bought", _("购入")
    BUILT = "built", _("自建")
    GRANTED = "granted", _("财政项目形成")
    DONATED = "donated", _("接受捐赠")
    CONTRIBUTED = "contributed", _("投资者投入")
    OWNED = "owned", _("历来归集体所有")
    RAISED = "raised", _("自养自育")
    OTHER = "other", _("其他")


class Asset(Versioned):
    """A card. A resource has an area in mu and no value; all else has a cost."""

    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="assets")
    # Its code and its name.
    item = models.OneToOneField(Item, on_delete=models.PROTECT, related_name="asset")
    kind = models.CharField(_("种类"), max_length=10, choices=choices(KIND_NAMES))
    resource = models.CharField(
        _("哪种资源"), max_length=8, choices=ResourceKind, blank=True
    )
    place = models.CharField(_("在哪里"), max_length=120, blank=True)
    acquired_on = models.DateField(_("哪天取得"))
    acquired = models.CharField(_("怎么取得"), max_length=12, choices=Acquired)
    acquired_note = models.CharField(_("从谁、凭什么"), max_length=200, blank=True)
    # Null for a resource.
    cost_fen = models.BigIntegerField(_("原值"), null=True)
    # What was depreciated before these books began.
    brought_fen = models.BigIntegerField(_("以前已提折旧"), default=0)
    area_mu = models.DecimalField(
        _("面积（亩）"), max_digits=12, decimal_places=2, null=True
    )
    quantity = models.DecimalField(
        _("数量"), max_digits=12, decimal_places=2, null=True
    )
    unit = models.CharField(_("单位"), max_length=10, blank=True)
    use = models.CharField(
        _("用途"), max_length=14, choices=choices(USE_NAMES), blank=True
    )
    state = models.CharField(
        _("现状"),
        max_length=8,
        choices=choices(STATE_NAMES),
        default=State.IN_USE.value,
    )
    state_on = models.DateField()
    disposed_on = models.DateField(null=True)
    # Of its cost so much came from special funds (241), and from which.
    special_fen = models.BigIntegerField(_("其中专项资金"), default=0)
    special_note = models.CharField(_("哪一笔专项资金"), max_length=200, blank=True)
    project = models.ForeignKey(
        Project, null=True, on_delete=models.PROTECT, related_name="assets"
    )
    note = models.CharField(_("备注"), max_length=300, blank=True)

    class Meta:
        indexes = (
            models.Index(fields=["book", "-id"], name="asset_book"),
            models.Index(fields=["book", "kind", "-id"], name="asset_kind"),
        )
        constraints = (
            models.CheckConstraint(
                name="asset_resource_without_value",
                condition=models.Q(kind="resource", cost_fen=None, brought_fen=0)
                | ~models.Q(kind="resource") & models.Q(cost_fen__gte=0),
            ),
            models.CheckConstraint(
                name="asset_amounts",
                condition=models.Q(brought_fen__gte=0, special_fen__gte=0),
            ),
        )

    def __str__(self) -> str:
        return str(self.item)

    def get_absolute_url(self) -> str:
        """Return the address of its card."""
        return reverse("holdings:asset", args=[self.pk])


class AssetPlan(Recorded):
    """From a month on its depreciation: so much over so many months.

    Another row from a later month changes the rest; what was before it stays.
    """

    asset = models.ForeignKey(Asset, on_delete=models.PROTECT, related_name="plans")
    # As in books.rules.months.
    month = models.PositiveIntegerField()
    months = models.PositiveSmallIntegerField(_("分多少个月"))
    amount_fen = models.BigIntegerField()
    salvage_fen = models.BigIntegerField(_("预计残值"))
    reason = models.CharField(_("为什么改"), max_length=200, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["asset", "month"], name="asset_plan_month_once"
            ),
            models.CheckConstraint(
                name="asset_plan_amounts",
                condition=models.Q(
                    months__gte=1, amount_fen__gte=0, salvage_fen__gte=0
                ),
            ),
        )

    def __str__(self) -> str:
        return f"{self.asset_id}: {self.month}"


class AssetChange(Recorded):
    """On a day it was used in another way, or disposed of; rows are only added."""

    class How(models.TextChoices):
        SOLD = "sold", _("转让")
        SCRAPPED = "scrapped", _("报废")
        LOST = "lost", _("毁损、死亡、灭失")
        CONTRIBUTED = "contributed", _("对外投资")
        TAKEN = "taken", _("被征收")
        OTHER = "other", _("其他")

    asset = models.ForeignKey(Asset, on_delete=models.PROTECT, related_name="changes")
    on = models.DateField(_("日期"), db_column="on_day")
    was = models.CharField(max_length=8, choices=choices(STATE_NAMES))
    becomes = models.CharField(max_length=8, choices=choices(STATE_NAMES))
    how = models.CharField(_("怎么处置"), max_length=12, choices=How, blank=True)
    reason = models.CharField(_("说明"), max_length=300, blank=True)
    # What it was valued at by whom, where the law wants that (财务制度 21).
    valuation_fen = models.BigIntegerField(_("评估价"), null=True)
    valued_by = models.CharField(_("谁评估的"), max_length=80, blank=True)
    proceeds_fen = models.BigIntegerField(_("得到多少"), null=True)
    decision = models.ForeignKey(
        Decision, null=True, on_delete=models.PROTECT, related_name="+"
    )
    draft = models.ForeignKey(
        Draft, null=True, on_delete=models.PROTECT, related_name="+"
    )

    def __str__(self) -> str:
        return f"{self.asset_id}: {self.becomes}"


class Depreciation(Recorded):
    """A month's depreciation of a book: one draft, once."""

    book = models.ForeignKey(
        Book, on_delete=models.PROTECT, related_name="depreciations"
    )
    month = models.PositiveIntegerField()
    total_fen = models.BigIntegerField()
    draft = models.OneToOneField(
        Draft, on_delete=models.PROTECT, related_name="depreciation"
    )
    # Its draft was dropped or its voucher taken back: the month may be done anew.
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["book", "month"],
                condition=models.Q(withdrawn_at=None),
                name="depreciation_month_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.book_id}: {self.month}"

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("holdings:depreciation", args=[self.pk])


class Charge(models.Model):
    """What one asset is charged in a month."""

    depreciation = models.ForeignKey(
        Depreciation, on_delete=models.PROTECT, related_name="charges"
    )
    asset = models.ForeignKey(Asset, on_delete=models.PROTECT, related_name="charges")
    amount_fen = models.BigIntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["depreciation", "asset"], name="charge_asset_once"
            ),
            models.CheckConstraint(
                name="charge_amount", condition=models.Q(amount_fen__gt=0)
            ),
        )

    def __str__(self) -> str:
        return f"{self.asset_id}: {self.amount_fen}"
