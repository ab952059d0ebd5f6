"""Acts on households and members."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from wugeyi.books.models import Book, Item
from wugeyi.holdings.actions import members, shares
from wugeyi.holdings.actions.lists import register_members
from wugeyi.holdings.forms import members as forms
from wugeyi.holdings.forms.contracts import WhyForm
from wugeyi.holdings.forms.lists import MembersListForm
from wugeyi.holdings.models import Household
from wugeyi.holdings.queries.codes import next_item, next_member
from wugeyi.holdings.rules.members import Joined, Left
from wugeyi.organisations.views.acts import Act, Sent


def _new_household(sent: Sent) -> Household:
    values = sent.values
    return members.add_household(
        book=sent.row,
        code=values["code"],
        head=values["head"],
        group=values["group"],
        **sent.once,
    )


def _household_code(row: Book, today: date) -> dict[str, Any]:
    return {"code": next_item(row, Item.Kind.HOUSEHOLD)}


def _list(sent: Sent) -> None:
    register_members(book=sent.row, rows=sent.values["found"], **sent.usual)


def _edit_household(sent: Sent) -> None:
    values = sent.values
    members.edit_household(
        household=sent.row,
        head=values["head"],
        group=values["group"],
        **sent.versioned,
    )


def _household(row: Household, today: date) -> dict[str, Any]:
    return {"head": row.item.name, "group": row.group}


def _new_member(sent: Sent) -> None:
    values = sent.values
    members.add_member(
        household=sent.row,
        entry=members.Entry(
            code=values["code"],
            name=values["name"],
            joined_on=values["joined_on"],
            joined=Joined(values["joined"]),
            votes=values["votes"],
            shares_100=values["shares"],
            decision=values["decision"],
        ),
        **sent.once,
    )


def _member_code(row: Household, today: date) -> dict[str, Any]:
    return {"code": next_member(row.book), "joined_on": today, "votes": True}


def _certify(sent: Sent) -> Any:
    return shares.certify(
        household=sent.row,
        number=sent.values["number"],
        on=sent.values["on"],
        **sent.usual,
    )


def _certificate(row: Household, today: date) -> dict[str, Any]:
    many = row.certificates.count() + 1
    return {"number": f"{row.item.code}-{many}", "on": today}


def _edit(sent: Sent) -> None:
    values = sent.values
    members.edit_member(
        member=sent.row, name=values["name"], votes=values["votes"], **sent.versioned
    )


def _leave(sent: Sent) -> None:
    values = sent.values
    members.leave(
        member=sent.row,
        on=values["on"],
        reason=Left(values["reason"]),
        text=values["text"],
        decision=values["decision"],
        **sent.versioned,
    )


def _back(sent: Sent) -> None:
    values = sent.values
    members.come_back(
        member=sent.row, on=values["on"], text=values["text"], **sent.versioned
    )


def _move(sent: Sent) -> Any:
    values = sent.values
    members.move(
        member=sent.row,
        to=values["to"],
        on=values["on"],
        text=values["text"],
        **sent.versioned,
    )
    return values["to"]


def _shares(sent: Sent) -> None:
    values = sent.values
    shares.quantify(
        member=sent.row,
        from_on=values["from_on"],
        shares_100=values["shares"],
        reason=values["reason"],
        decision=values["decision"],
        **sent.versioned,
    )


def _erase(sent: Sent) -> None:
    members.erase_member(member=sent.row, reason=sent.values["reason"], **sent.usual)


def _today(row: Any, today: date) -> dict[str, Any]:
    return {"on": today, "from_on": today}


OF_BOOK = {
    "new-household": Act(
        _("登记成员户"),
        _("登记好了，接着登记这一户的成员。"),
        forms.NewHouseholdForm,
        _new_household,
        _household_code,
    ),
    "member-list": Act(
        _("粘贴成员名册"),
        _("登记好了。"),
        MembersListForm,
        _list,
        lead=_(
            "先逐行检查，有一行不对就一行也不登记；核对以后再登记。"
            "只粘贴姓名，不要身份证号、电话。"
        ),
        button=_("检查、登记"),
    ),
}
OF_HOUSEHOLD = {
    "edit": Act(
        _("更正成员户"),
        _("改好了。"),
        forms.HouseholdForm,
        _edit_household,
        _household,
    ),
    "member": Act(
        _("登记成员"),
        _("登记好了。"),
        forms.NewMemberForm,
        _new_member,
        _member_code,
        lead=_("成员由成员大会确认（《农村集体经济组织法》第十二条）。"),
    ),
    "certificate": Act(
        _("发股权证书"),
        _("记好了。上一本从这天起作废。"),
        forms.CertificateForm,
        _certify,
        _certificate,
    ),
}
OF_MEMBER = {
    "edit": Act(
        _("更正成员"),
        _("改好了。"),
        forms.MemberForm,
        _edit,
        lambda row, today: {"name": row.name, "votes": row.votes},
    ),
    "leave": Act(
        _("不再是成员"),
        _("记好了。份额还在，请按章程处理。"),
        forms.LeaveForm,
        _leave,
        _today,
    ),
    "back": Act(_("记错了，仍是成员"), _("改好了。"), forms.BackForm, _back, _today),
    "move": Act(_("换户"), _("记好了。"), forms.MoveForm, _move, _today),
    "shares": Act(
        _("量化份额"),
        _("记好了。以前的份额留着。"),
        forms.SharesForm,
        _shares,
        _today,
    ),
    "erase": Act(
        _("删除姓名"),
        _("姓名已经删除。编号、份额和日期留着。"),
        WhyForm,
        _erase,
        lead=_("删了找不回来。只留编号、份额和日期。"),
        button=_("删除姓名"),
        dangerous=True,
    ),
}
