"""Households, members with dated membership, shares by date, certificates.

Names of persons may be erased; the audit keeps only hashes whose salt goes with them.
"""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wugeyi.books.models import Book, Item
from wugeyi.branchwork.models import Decision
from wugeyi.holdings.models.base import Recorded, Versioned, choices
from wugeyi.holdings.rules.members import Joined, Left

JOINED_NAMES = {
    Joined.CONFIRMED: _("成员大会确认"),
    Joined.BORN: _("出生"),
    Joined.MARRIED: _("结婚落户"),
    Joined.ADOPTED: _("收养"),
    Joined.MOVED: _("政策移民等迁入"),
    Joined.OTHER: _("其他"),
}
LEFT_NAMES = {
    Left.DIED: _("死亡"),
    Left.NATIONALITY: _("丧失中国国籍"),
    Left.ELSEWHERE: _("取得其他农村集体经济组织成员身份"),
    Left.OFFICIAL: _("成为公务员（聘任制除外）"),
    Left.WITHDREW: _("本人书面自愿退出"),
    Left.LAWFUL: _("法律法规规定的其他情形"),
    Left.STUDY: _("就学"),
    Left.SERVICE: _("服役"),
    Left.WORK: _("外出务工"),
    Left.BUSINESS: _("经商"),
    Left.PRISON: _("服刑"),
    Left.DIVORCE: _("离婚"),
    Left.WIDOWED: _("丧偶"),
    Left.MARRIAGE: _("出嫁、婚姻状况变化"),
}


class Household(Versioned):
    """A household of members; its item stands on lines of vouchers."""

    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="households")
    item = models.OneToOneField(
        Item, on_delete=models.PROTECT, related_name="household_of"
    )
    group = models.CharField(_("村民小组"), max_length=40, blank=True)
    # Of the name of the head, which is the item's.
    salt = models.CharField(max_length=32, blank=True)
    ended_on = models.DateField(null=True)

    class Meta:
        indexes = (models.Index(fields=["book", "-id"], name="household_book"),)

    def __str__(self) -> str:
        return self.item.code

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("holdings:household", args=[self.pk])


class Member(Versioned):
    """A member of the collective; a person's name, and nothing else of the person."""

    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="members")
    household = models.ForeignKey(
        Household, on_delete=models.PROTECT, related_name="members"
    )
    code = models.CharField(_("成员编号"), max_length=20)
    # Blank once erased, and the salt with it.
    name = models.CharField(_("姓名"), max_length=40, blank=True)
    salt = models.CharField(max_length=32, blank=True)
    joined_on = models.DateField(_("哪天成为成员"))
    joined = models.CharField(
        _("怎么成为成员"), max_length=10, choices=choices(JOINED_NAMES)
    )
    left_on = models.DateField(_("哪天起不再是成员"), null=True)
    left = models.CharField(
        _("为什么"), max_length=12, choices=choices(LEFT_NAMES), blank=True
    )
    # Full capacity from 18 on; who decides with a vote (法 27).
    votes = models.BooleanField(_("有表决权（具有完全民事行为能力）"), default=True)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=["household", "id"], name="member_household"),)
        constraints = (
            models.UniqueConstraint(fields=["book", "code"], name="member_code_once"),
            models.CheckConstraint(
                name="member_days",
                condition=models.Q(left_on=None)
                | models.Q(left_on__gte=models.F("joined_on")),
            ),
            models.CheckConstraint(
                name="member_left_lawfully",
                condition=models.Q(left_on=None, left="")
                | models.Q(
                    left_on__isnull=False,
                    left__in=(
                        "died",
                        "nationality",
                        "elsewhere",
                        "official",
                        "withdrew",
                        "lawful",
                    ),
                ),
            ),
            models.CheckConstraint(
                name="member_erased",
                condition=models.Q(erased_at=None) | models.Q(name="", salt=""),
            ),
        )

    def __str__(self) -> str:
        # Never the name: it would stand in logs and audits.
        return self.code


class MemberChange(Recorded):
    """On a day a member joined, left, or moved to another household; only added."""

    class What(models.TextChoices):
        JOINED = "joined", _("成为成员")
        LEFT = "left", _("不再是成员")
        MOVED = "moved", _("换户")
        RETURNED = "returned", _("更正：仍是成员")

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="changes")
    on = models.DateField(_("日期"), db_column="on_day")
    what = models.CharField(max_length=8, choices=What)
    why = models.CharField(max_length=12, blank=True)
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+")
    note = models.CharField(_("说明"), max_length=200, blank=True)
    decision = models.ForeignKey(
        Decision, null=True, on_delete=models.PROTECT, related_name="+"
    )

    def __str__(self) -> str:
        return f"{self.member_id}: {self.what}"


class ShareChange(Recorded):
    """From a day on a member has so many shares, in hundredths; only added."""

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="shares")
    from_on = models.DateField(_("从哪天起"))
    shares_100 = models.PositiveIntegerField(_("份额"))
    reason = models.CharField(_("为什么"), max_length=200, blank=True)
    decision = models.ForeignKey(
        Decision, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        indexes = (
            models.Index(fields=["member", "-from_on", "-id"], name="share_day"),
        )
        constraints = (
            models.CheckConstraint(
                name="share_not_negative", condition=models.Q(shares_100__gte=0)
            ),
        )

    def __str__(self) -> str:
        return f"{self.member_id}: {self.shares_100}"


class Certificate(Recorded):
    """A certificate of a household's shares; a new one ends the one before."""

    book = models.ForeignKey(
        Book, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    household = models.ForeignKey(
        Household, on_delete=models.PROTECT, related_name="certificates"
    )
    number = models.CharField(_("证书编号"), max_length=40)
    issued_on = models.DateField(_("哪天发的"))
    shares_100 = models.PositiveIntegerField()
    people = models.PositiveSmallIntegerField()
    ended_on = models.DateField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["book", "number"], name="certificate_number_once"
            ),
            models.UniqueConstraint(
                fields=["household"],
                condition=models.Q(ended_on=None),
                name="certificate_one_standing",
            ),
        )

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        """Return the address of its sheet."""
        return reverse("holdings:certificate", args=[self.pk])
