"""Lists pasted from a spreadsheet: every line is looked at before any is taken."""

from collections import Counter
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wugeyi.books.models import Item
from wugeyi.holdings.forms.base import HoldingForm
from wugeyi.holdings.models import Member
from wugeyi.holdings.models.assets import KIND_NAMES, USE_NAMES
from wugeyi.holdings.rules.assets import Kind, wears
from wugeyi.holdings.rules.pasting import (
    CODE,
    MOST_ROWS,
    CardRow,
    MemberRow,
    Pasted,
    hundredths,
    read_day,
    rows,
)
from wugeyi.projects.rules.money import NotMoney, read_fen

# So many complaints are shown; the rest after these are mended.
MOST_SHOWN = 20
MOST_MONTHS = 1200


class Wrong(Exception):
    """What is wrong with a cell, in a sentence."""


class ListForm(HoldingForm):
    """A pasted list: complaints by line first, then what it comes to, then a tick."""

    TITLES: ClassVar[tuple[str, ...]]

    rows = forms.CharField(
        label=gettext_lazy("从表格里复制，粘贴到这里"),
        max_length=100_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12, "data-no-save": "", "wrap": "off"}),
    )
    sure = forms.BooleanField(
        label=gettext_lazy("核对过了，就这样登记"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.found: list[Any] = []
        titles = _("、").join(self.TITLES)
        self.fields["rows"].help_text = _(
            "一行一条，各列依次是：%(titles)s。一次最多 %(most)s 行。"
        ) % {"titles": titles, "most": MOST_ROWS}

    def read(self, row: Pasted) -> Any:
        """Return what a row says.

        Raises
        ------
        Wrong
            With a sentence.
        """
        raise NotImplementedError

    def whole(self, found: list[tuple[Pasted, Any]]) -> list[tuple[int, str]]:
        """Return what is wrong with the list as a whole, by line."""
        raise NotImplementedError

    def summary(self) -> str:
        """Say what the list comes to."""
        raise NotImplementedError

    def clean_rows(self) -> str:
        """Read every line and complain of each that cannot be taken."""
        text: str = self.cleaned_data["rows"]
        pasted = rows(text, self.TITLES)
        if not pasted:
            raise forms.ValidationError(_("没有读到内容。请粘贴至少一行。"), "empty")
        if len(pasted) > MOST_ROWS:
            raise forms.ValidationError(
                _("有 %(many)s 行，一次最多 %(most)s 行。请分几次。")
                % {"many": len(pasted), "most": MOST_ROWS},
                "many",
            )
        wrong: list[tuple[int, str]] = []
        found: list[tuple[Pasted, Any]] = []
        for row in pasted:
            try:
                found.append((row, self.read(row)))
            except Wrong as problem:
                wrong.append((row.line, str(problem)))
        wrong += self.whole(found)
        if wrong:
            raise forms.ValidationError(
                [
                    _("第 %(line)s 行：%(text)s") % {"line": line, "text": words}
                    for line, words in sorted(wrong)[:MOST_SHOWN]
                ]
            )
        self.found = [each for _row, each in found]
        return text

    def clean(self) -> dict[str, Any] | None:
        """Show what the list comes to, and take it only when that was ticked."""
        values = super().clean() or self.cleaned_data
        if self.found and not values.get("sure"):
            self.add_error("sure", self.summary())
        values["found"] = self.found
        return values


def _code(text: str, what: str) -> str:
    if not CODE.fullmatch(text):
        raise Wrong(
            _("%(what)s“%(text)s”只能用字母、数字、点、横线，最多 20 位。")
            % {"what": what, "text": text}
        )
    return text


def _name(text: str, what: str, most: int) -> str:
    if not text or len(text) > most:
        raise Wrong(
            _("%(what)s不能空着，最多 %(most)s 个字。") % {"what": what, "most": most}
        )
    return text


def _twice(
    found: list[tuple[Pasted, Any]], code: Callable[[Any], str], known: set[str]
) -> list[tuple[int, str]]:
    """Return the lines whose code is there before, or stands on an earlier line."""
    seen: Counter[str] = Counter()
    wrong = []
    for row, each in found:
        seen[code(each)] += 1
        if code(each) in known or seen[code(each)] > 1:
            sentence = _("编号“%(code)s”已经有了。") % {"code": code(each)}
            wrong.append((row.line, sentence))
    return wrong


class MembersListForm(ListForm):
    """Households and their members."""

    TITLES = ("户编号", "户主", "成员编号", "姓名", "成为成员日期", "份额", "小组")

    def read(self, row: Pasted) -> MemberRow:
        """Read a member's row."""
        day = read_day(row.cell(4))
        if day is None:
            raise Wrong(
                _("日期“%(text)s”看不懂，请写成 2024-03-05。") % {"text": row.cell(4)}
            )
        shares = hundredths(row.cell(5)) if row.cell(5) else None
        if row.cell(5) and shares is None:
            raise Wrong(
                _("份额“%(text)s”要是 0 以上的数，最多两位小数。")
                % {"text": row.cell(5)}
            )
        return MemberRow(
            household=_code(row.cell(0), _("户编号")),
            head=_name(row.cell(1), _("户主"), 40),
            code=_code(row.cell(2), _("成员编号")),
            name=_name(row.cell(3), _("姓名"), 40),
            joined_on=day,
            shares_100=shares,
            group=row.cell(6)[:40],
        )

    def whole(self, found: list[tuple[Pasted, Any]]) -> list[tuple[int, str]]:
        """Complain of members who are there already."""
        codes = [each.code for _row, each in found]
        known = Member.objects.filter(book=self.subject, code__in=codes)
        return _twice(
            found, lambda each: each.code, set(known.values_list("code", flat=True))
        )

    def summary(self) -> str:
        """Say how many households, members and shares."""
        return _(
            "将登记 %(homes)s 户、%(people)s 人，份额一共 %(shares)s 份。没有问题请勾选，再提交一次。"
        ) % {
            "homes": len({each.household for each in self.found}),
            "people": len(self.found),
            "shares": f"{sum(each.shares_100 or 0 for each in self.found) / 100:g}",
        }


def _by_name(names: Mapping[Any, Promise], text: str, what: str) -> Any:
    for code, name in names.items():
        if text and text in {str(code.value), str(name), str(name).split("（")[0]}:
            return code
    raise Wrong(_("不认得%(what)s“%(text)s”。") % {"what": what, "text": text})


class CardsListForm(ListForm):
    """Cards of assets; resources with their area."""

    TITLES = (
        "代码",
        "名称",
        "种类",
        "取得日期",
        "原值（元）",
        "折旧月数",
        "残值（元）",
        "已提折旧（元）",
        "用途",
        "面积（亩）",
        "地点",
    )

    def read(self, row: Pasted) -> CardRow:
        """Read an asset's row."""
        kind: Kind = _by_name(KIND_NAMES, row.cell(2), _("种类"))
        day = read_day(row.cell(3))
        if day is None:
            raise Wrong(
                _("日期“%(text)s”看不懂，请写成 2024-03-05。") % {"text": row.cell(3)}
            )
        cost, salvage, brought = (_fen(row.cell(place)) for place in (4, 6, 7))
        months = _months(row.cell(5), kind)
        use = ""
        if months or row.cell(8):
            use = _by_name(USE_NAMES, row.cell(8), _("用途")).value
        area = _area(row.cell(9))
        _sound(kind, cost, salvage, brought, area, told=bool(row.cell(4)))
        return CardRow(
            code=_code(row.cell(0), _("代码")),
            name=_name(row.cell(1), _("名称"), 80),
            kind=kind,
            acquired_on=day,
            cost_fen=None if kind is Kind.RESOURCE else cost,
            months=months,
            salvage_fen=salvage,
            brought_fen=brought,
            use=use,
            area_mu=area,
            place=row.cell(10)[:120],
        )

    def whole(self, found: list[tuple[Pasted, Any]]) -> list[tuple[int, str]]:
        """Complain of codes that are taken."""
        codes = [each.code for _row, each in found]
        known = Item.objects.filter(
            book=self.subject, kind=Item.Kind.ASSET, code__in=codes
        )
        return _twice(
            found, lambda each: each.code, set(known.values_list("code", flat=True))
        )

    def summary(self) -> str:
        """Say how many cards and what they cost."""
        cost = sum(each.cost_fen or 0 for each in self.found)
        return _(
            "将登记 %(many)s 张卡片，原值一共 %(cost)s 元。没有问题请勾选，再提交一次。"
        ) % {"many": len(self.found), "cost": f"{cost // 100:,}.{cost % 100:02d}"}


def _fen(text: str) -> int:
    if not text:
        return 0
    try:
        fen = read_fen(text)
    except NotMoney as problem:
        raise Wrong(
            _("金额“%(text)s”看不懂，请写数字，最小到分。") % {"text": text}
        ) from problem
    if fen < 0:
        raise Wrong(_("金额不能小于 0。"))
    return fen


def _months(text: str, kind: Kind) -> int | None:
    if not text or text == "0":
        return None
    if not (text.isascii() and text.isdigit()) or int(text) > MOST_MONTHS:
        raise Wrong(_("折旧月数“%(text)s”要是整数，最多 1200。") % {"text": text})
    if not wears(kind):
        raise Wrong(_("这一类资产不提折旧。请把折旧月数空着。"))
    return int(text)


def _area(text: str) -> Decimal | None:
    if not text:
        return None
    found = hundredths(text)
    if found is None:
        raise Wrong(_("面积“%(text)s”要是数字，最多两位小数。") % {"text": text})
    return Decimal(found) / 100


def _sound(
    kind: Kind,
    cost: int,
    salvage: int,
    brought: int,
    area: Decimal | None,
    *,
    told: bool,
) -> None:
    """Complain of a resource with a value, of others without, of too much salvage."""
    if kind is Kind.RESOURCE:
        if cost or brought:
            raise Wrong(_("资源只记面积，不记价值。请把金额空着。"))
        if not area:
            raise Wrong(_("请填资源的面积，单位是亩。"))
    elif not told:
        raise Wrong(_("请填原值。"))
    if cost - brought - salvage < 0:
        raise Wrong(_("残值和已提折旧不能比原值多。"))
