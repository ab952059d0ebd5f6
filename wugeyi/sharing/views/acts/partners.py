"""Acts on partners."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from wugeyi.organisations.views.acts import Act, Sent
from wugeyi.sharing.actions import partners
from wugeyi.sharing.forms import staff as forms
from wugeyi.sharing.models import Partner


def _card(values: dict[str, Any]) -> partners.Card:
    building = values["building"]
    return partners.Card(
        name=values["name"],
        kind=values["kind"],
        since_on=values["since_on"],
        organisation_id=values["code"],
        building_id=building.pk if building else None,
        contact_name=values["contact_name"],
        contact_phone=values["contact_phone"],
        agreement=values["agreement"],
    )


def _add(sent: Sent) -> Partner:
    return partners.add_partner(
        community=sent.row, card=_card(sent.values), **sent.once
    )


def _edit(sent: Sent) -> None:
    partners.edit_partner(partner=sent.row, card=_card(sent.values), **sent.versioned)


def _end(sent: Sent) -> None:
    partners.end_partner(partner=sent.row, on=sent.values["on"], **sent.versioned)


def _known(row: Partner, today: date) -> dict[str, Any]:
    return {
        "name": row.name,
        "code": row.organisation.code if row.organisation else "",
        "kind": row.kind,
        "building": row.building_id,
        "since_on": row.since_on,
        "contact_name": row.contact_name,
        "contact_phone": row.contact_phone,
        "agreement": row.agreement,
    }


OF_UNIT = {
    "partner": Act(
        title=_("登记共建伙伴"),
        done=_("登记好了，并留痕。接着可以登记它共享什么。"),
        form=forms.PartnerForm,
        do=_add,
        initial=lambda row, today: {"since_on": today},
    ),
}
OF_PARTNER = {
    "edit": Act(
        title=_("更正共建伙伴"),
        done=_("已更正，并留痕。"),
        form=forms.PartnerForm,
        do=_edit,
        initial=_known,
    ),
    "end": Act(
        title=_("共建结束"),
        done=_("已记下，共享的内容不再接受预约。"),
        form=forms.EndForm,
        do=_end,
        initial=lambda row, today: {"on": today},
        lead=_("它共享的内容都从目录里撤下，联系人和电话删除。已经答应的预约照旧。"),
        button=_("结束"),
        dangerous=True,
    ),
}
