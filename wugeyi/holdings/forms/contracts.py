"""Forms about contracts, what is due under them, and promises."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wugeyi.books.models import Item, Voucher
from wugeyi.buslines.forms.fields import whole
from wugeyi.holdings.forms.base import (
    HoldingForm,
    book_of,
    decision_field,
    offer_decisions,
    offer_projects,
)
from wugeyi.holdings.forms.fields import (
    MOST_ROWS,
    Percent,
    RowField,
    local_day,
    money,
    pick,
    plain,
    words,
)
from wugeyi.holdings.models import Asset
from wugeyi.holdings.models.base import choices
from wugeyi.holdings.models.contracts import KIND_NAMES, RHYTHM_NAMES, WORD_NAMES
from wugeyi.holdings.rules.assets import State
from wugeyi.projects.models import Project

WRONG_ORDER = _("结束不能早于开始。")


class PaperForm(HoldingForm):
    """What a contract says besides its payments."""

    kind = pick(_("种类"), choices(KIND_NAMES))
    number = plain(40, _("合同编号"))
    title = plain(120, _("名称"), help_text=_("例如：综合楼一层门面出租。"))
    counterparty: RowField[Item] = RowField(label=_("对方"), required=False)
    new_counterparty = plain(
        80, _("新的对方"), required=False, help_text=_("上面没有就写名称，会自动登记。")
    )
    new_personal = forms.BooleanField(label=_("新的对方是个人"), required=False)
    asset: RowField[Asset] = RowField(label=_("哪项资产、资源"), required=False)
    signed_on = local_day(_("哪天签的"))
    written = forms.BooleanField(
        label=_("已经签了书面合同"),
        help_text=_("出租、发包、对外投资都要书面合同（财务制度第二十三条）。"),
        error_messages={
            "required": _(
                "对外投资、转让、发包、租赁都要签书面合同"
                "（《农村集体经济组织财务制度》第二十三条）。签好以后再登记。"
            )
        },
    )
    non_cash = forms.BooleanField(
        label=_("以实物、土地经营权等（不是钱）出资"), required=False
    )
    valuation = money(_("评估价"), needed=False)
    valued_by = plain(80, _("谁评估的"), required=False)
    valued_on = local_day(_("哪天评估的"), required=False)
    decision = decision_field()
    project: RowField[Project] = RowField(label=_("哪个项目"), required=False)
    note = plain(300, _("备注"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        book = book_of(self.subject)
        items = Item.objects.filter(
            book=book, kind=Item.Kind.COUNTERPARTY, ended_on=None
        )
        assets = (
            Asset.objects.filter(book=book)
            .exclude(state=State.DISPOSED)
            .select_related("item")
        )
        fields: dict[str, Any] = self.fields
        fields["counterparty"].offer(
            items.order_by("code")[:MOST_ROWS], empty=_("请选，或者在下面写新的")
        )
        fields["asset"].offer(assets.order_by("-pk")[:MOST_ROWS])
        offer_decisions(fields["decision"], book.organisation)
        offer_projects(fields["project"], book.organisation)

    def clean(self) -> dict[str, Any] | None:
        """Ask for a counterparty, and for a valuation where no money is given."""
        values = super().clean() or self.cleaned_data
        if not values.get("counterparty") and not values.get("new_counterparty"):
            self.add_error("counterparty", _("请选对方，或者写新的对方。"))
        if values.get("non_cash"):
            for name in ("valuation", "valued_by", "valued_on"):
                if not values.get(name) and name not in self.errors:
                    self.add_error(
                        name,
                        _(
                            "不是用钱出资的，要先评估"
                            "（《农村集体经济组织财务制度》第二十一条）。"
                        ),
                    )
        return values


class PaymentsForm(HoldingForm):
    """What is paid when."""

    begins_on = local_day(_("从哪天"))
    ends_on = local_day(_("到哪天"))
    rhythm = pick(_("多久付一次"), choices(RHYTHM_NAMES))
    amount = money(_("每次多少"))
    first_due_on = local_day(_("第一次哪天付"))
    step_years = whole(
        _("每几年调一次"), (0, 50), required=False, help_text=_("不调就空着。")
    )
    step_percent = Percent(
        label=_("每次调百分之几"),
        least=-10_000,
        most=100_000,
        required=False,
        help_text=_("涨 5% 写 5，降 3% 写 -3。"),
    )
    step = money(_("或者每次加多少"), needed=False)

    def clean(self) -> dict[str, Any] | None:
        """Refuse an end before the beginning, no amount, a step without years."""
        values = super().clean() or self.cleaned_data
        self.later("begins_on", "ends_on", WRONG_ORDER)
        if values.get("amount") == 0:
            self.add_error("amount", _("金额不能是 0。"))
        stepped = values.get("step_percent") or values.get("step")
        if stepped and not values.get("step_years"):
            self.add_error("step_years", _("请写每几年调一次。"))
        return values


class ContractForm(PaymentsForm, PaperForm):
    """A new contract."""

    field_order = (
        "kind",
        "number",
        "title",
        "counterparty",
        "new_counterparty",
        "new_personal",
        "asset",
        "signed_on",
        "written",
        "begins_on",
        "ends_on",
        "rhythm",
        "amount",
        "first_due_on",
        "step_years",
        "step_percent",
        "step",
    )


class ChangeForm(PaymentsForm):
    """Other terms from a day."""

    signed_on = local_day(_("哪天签的"))
    reason = words(300, _("为什么改"), rows=2)
    decision = decision_field()
    field_order = ("begins_on", "ends_on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_decisions(self.fields["decision"], self.subject.book.organisation)


class TerminateForm(HoldingForm):
    """An end before its time."""

    on = local_day(_("哪天终止"))
    reason = words(300, _("为什么终止"), rows=2)


class DraftDueForm(HoldingForm):
    """What came (or went) on which day."""

    day = local_day(_("哪天收到（付出）"))
    amount = money(_("金额"))


class LinkForm(HoldingForm):
    """A voucher that was posted."""

    number = forms.RegexField(
        r"^\s*\d{4}\s*-\s*\d{1,9}\s*$",
        label=_("凭证号"),
        help_text=_("写成“年-号”，例如 2024-15。"),
        error_messages={"invalid": _("请写成 2024-15 这样的凭证号。")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    amount = money(
        _("其中多少是这一期的"), needed=False, help_text=_("空着就是还差的全部。")
    )

    def clean_number(self) -> Voucher:
        """Return the voucher of this number."""
        year, number = self.cleaned_data["number"].replace(" ", "").split("-")
        found = Voucher.objects.filter(
            book=self.subject.book_id, year=int(year), number=int(number)
        ).first()
        if found is None:
            raise forms.ValidationError(
                _("这个账套没有这张凭证。请核对年份和号。"), "none"
            )
        return found


class PromiseForm(HoldingForm):
    """What somebody stands for."""

    kind = pick(_("是什么"), choices(WORD_NAMES))
    giver = plain(80, _("谁作出的"), help_text=_("例如：村党支部、某某公司。"))
    text = words(500, _("内容"), rows=3)
    on = local_day(_("哪天"))


class WhyForm(HoldingForm):
    """A reason."""

    reason = words(200, _("为什么"), rows=2)


class SureForm(HoldingForm):
    """Nothing but a question."""
