"""Acts on assets."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from wugeyi.books.models import Book, Item
from wugeyi.books.rules.months import last_day, month_of
from wugeyi.holdings.actions import assets
from wugeyi.holdings.actions.depreciation import depreciate
from wugeyi.holdings.actions.lists import register_cards
from wugeyi.holdings.forms import assets as forms
from wugeyi.holdings.forms.lists import CardsListForm
from wugeyi.holdings.models import Asset
from wugeyi.holdings.queries.codes import next_item
from wugeyi.holdings.queries.depreciation import last_charged, last_month
from wugeyi.holdings.rules.assets import Kind, State
from wugeyi.holdings.views.acts.spec import Needs, fen, keeps
from wugeyi.organisations.views.acts import Act, Sent
from wugeyi.projects.rules.money import write_yuan


def _yuan(fen: int | None) -> str:
    return "" if not fen else write_yuan(fen)


def card_of(sent: Sent) -> assets.Card:
    """Return what a form says of an asset."""
    values = sent.values
    kind = Kind(values["kind"])
    resource = kind is Kind.RESOURCE
    return assets.Card(
        name=values["name"],
        kind=kind,
        resource=values["resource"] if resource else "",
        acquired_on=values["acquired_on"],
        acquired=values["acquired"],
        acquired_note=values["acquired_note"],
        place=values["place"],
        cost_fen=None if resource else values["cost"],
        brought_fen=fen(sent, "brought"),
        area_mu=values["area"],
        quantity=values["quantity"],
        unit=values["unit"],
        use=values["use"],
        special_fen=fen(sent, "special"),
        special_note=values["special_note"],
        project=values["project"],
        note=values["note"],
    )


def _open(sent: Sent) -> Asset:
    values = sent.values
    months = values["months"]
    return assets.open_card(
        book=sent.row,
        code=values["code"],
        card=card_of(sent),
        state=State(values["state"]),
        wear=assets.Wear(months, fen(sent, "salvage")) if months else None,
        **sent.once,
    )


def _new(row: Book, today: date) -> dict[str, Any]:
    return {
        "code": next_item(row, Item.Kind.ASSET),
        "acquired_on": today,
        "state": State.IN_USE.value,
        "kind": Kind.FIXED.value,
    }


def _known(row: Asset, today: date) -> dict[str, Any]:
    return {
        "name": row.item.name,
        "kind": row.kind,
        "resource": row.resource,
        "area": row.area_mu,
        "cost": "" if row.cost_fen is None else write_yuan(row.cost_fen),
        "brought": _yuan(row.brought_fen),
        "acquired_on": row.acquired_on,
        "acquired": row.acquired,
        "acquired_note": row.acquired_note,
        "place": row.place,
        "quantity": row.quantity,
        "unit": row.unit,
        "use": row.use,
        "special": _yuan(row.special_fen),
        "special_note": row.special_note,
        "project": row.project,
        "note": row.note,
    }


def _edit(sent: Sent) -> None:
    assets.edit_card(asset=sent.row, card=card_of(sent), **sent.versioned)


def _use(sent: Sent) -> None:
    values = sent.values
    assets.use_otherwise(
        asset=sent.row,
        state=State(values["state"]),
        on=values["on"],
        reason=values["reason"],
        **sent.versioned,
    )


def _wear(sent: Sent) -> None:
    values = sent.values
    assets.change_wear(
        asset=sent.row,
        wear=assets.Wear(values["months"], values["salvage"], values["month"]),
        reason=values["reason"],
        **sent.versioned,
    )


def _wear_known(row: Asset, today: date) -> dict[str, Any]:
    charged = last_charged(row)
    first = max(month_of(row.acquired_on) + 1, month_of(row.book.begins_on))
    return {"month": first if charged is None else charged + 1, "salvage": "0"}


def _dispose(sent: Sent) -> None:
    values = sent.values
    assets.dispose(
        asset=sent.row,
        what=assets.Disposal(
            on=values["on"],
            how=values["how"],
            reason=values["reason"],
            proceeds_fen=values["proceeds"],
            valuation_fen=values["valuation"],
            valued_by=values["valued_by"],
            decision=values["decision"],
        ),
        book_it=keeps(sent, sent.row.book) and sent.row.book.regime == "2023",
        **sent.versioned,
    )


def _fund(sent: Sent) -> None:
    assets.carry_fund(asset=sent.row, day=sent.values["day"], **sent.usual)


def _list(sent: Sent) -> None:
    register_cards(book=sent.row, rows=sent.values["found"], **sent.usual)


def _depreciate(sent: Sent) -> Any:
    return depreciate(book=sent.row, month=sent.values["month"], **sent.usual)


def _next_month(row: Book, today: date) -> dict[str, Any]:
    last = last_month(row)
    # The month that is over, unless a later one is charged.
    over = month_of(today) - (0 if last_day(month_of(today)) == today else 1)
    return {"month": over if last is None else last + 1}


def _today(row: Any, today: date) -> dict[str, Any]:
    return {"on": today, "day": today}


OF_BOOK = {
    "new-asset": Act(
        _("登记资产、资源"),
        _("登记好了。"),
        forms.NewCardForm,
        _open,
        _new,
        lead=_("固定资产、生物资产、无形资产记原值；土地、林地、水面等资源只记面积。"),
    ),
    "asset-list": Act(
        _("粘贴资产清单"),
        _("登记好了。"),
        CardsListForm,
        _list,
        lead=_("先逐行检查，有一行不对就一行也不登记；核对以后再登记。"),
        button=_("检查、登记"),
    ),
    "depreciate": Act(
        _("计提一个月的折旧"),
        _("凭证草稿做好了，等会计核对、提交复核。"),
        forms.MonthForm,
        _depreciate,
        _next_month,
        needs=Needs.KEEPS,
        lead=_(
            "一个月只提一次，做成一张凭证草稿；漏掉的月份并到这一次。"
            "直线法，最后一个月补足零头。"
        ),
        button=_("做凭证草稿"),
    ),
}
OF_ASSET = {
    "edit": Act(_("更正卡片"), _("改好了。"), forms.CardForm, _edit, _known),
    "use": Act(_("改现状"), _("改好了。"), forms.UseForm, _use, _today),
    "wear": Act(
        _("改折旧"),
        _("改好了。以前提过的不变。"),
        forms.WearForm,
        _wear,
        _wear_known,
        lead=_("剩下的金额从这个月起按新的月数平均提；以前提过的不变。"),
    ),
    "dispose": Act(
        _("处置"),
        _("记好了。"),
        forms.DisposeForm,
        _dispose,
        _today,
        lead=_("由会计来做时会同时做转出的凭证草稿；得到的钱由会计另外入账。"),
        dangerous=True,
    ),
    "fund": Act(
        _("专项资金转公积公益金"),
        _("凭证草稿做好了。"),
        forms.DayForm,
        _fund,
        _today,
        needs=Needs.KEEPS,
        lead=_("借 241 专项应付款，贷 311 公积公益金，金额是卡片上的专项资金。"),
        button=_("做凭证草稿"),
    ),
}
