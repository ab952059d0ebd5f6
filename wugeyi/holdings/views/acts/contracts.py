"""Acts on contracts, due dates and promises."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from wugeyi.books.actions.books import add_item
from wugeyi.books.models import Book, Item
from wugeyi.holdings.actions import contracts, dues
from wugeyi.holdings.forms import contracts as forms
from wugeyi.holdings.models import Contract, Due
from wugeyi.holdings.queries.codes import next_item
from wugeyi.holdings.queries.dues import reckoned
from wugeyi.holdings.rules.contracts import Kind, Word
from wugeyi.holdings.rules.dues import Rhythm, add_months
from wugeyi.holdings.views.acts.spec import Needs, fen
from wugeyi.organisations.views.acts import Act, Sent
from wugeyi.projects.rules.money import write_yuan


def _paper(sent: Sent, book: Book) -> contracts.Paper:
    values = sent.values
    other = values["counterparty"]
    if other is None:
        other = add_item(
            book=book,
            kind=Item.Kind.COUNTERPARTY,
            code=next_item(book, Item.Kind.COUNTERPARTY),
            name=values["new_counterparty"],
            personal=values["new_personal"],
            **sent.usual,
        )
    given = values["non_cash"]
    return contracts.Paper(
        kind=Kind(values["kind"]),
        number=values["number"],
        title=values["title"],
        counterparty=other,
        signed_on=values["signed_on"],
        written=values["written"],
        asset=values["asset"],
        project=values["project"],
        decision=values["decision"],
        non_cash=given,
        valuation_fen=values["valuation"] if given else None,
        valued_by=values["valued_by"] if given else "",
        valued_on=values["valued_on"] if given else None,
        note=values["note"],
    )


def _payments(sent: Sent) -> contracts.Payments:
    values = sent.values
    return contracts.Payments(
        begins_on=values["begins_on"],
        ends_on=values["ends_on"],
        rhythm=Rhythm(values["rhythm"]),
        amount_fen=values["amount"],
        first_due_on=values["first_due_on"],
        step_years=values["step_years"] or 0,
        step_percent_100=values["step_percent"] or 0,
        step_fen=fen(sent, "step"),
    )


def _sign(sent: Sent) -> Contract:
    return contracts.sign(
        book=sent.row,
        paper=_paper(sent, sent.row),
        payments=_payments(sent),
        **sent.once,
    )


def _edit(sent: Sent) -> None:
    contracts.edit_paper(
        contract=sent.row, paper=_paper(sent, sent.row.book), **sent.versioned
    )


def _known(row: Contract, today: date) -> dict[str, Any]:
    return {
        "kind": row.kind,
        "number": row.number,
        "title": row.title,
        "counterparty": row.counterparty,
        "asset": row.asset,
        "signed_on": row.signed_on,
        "written": True,
        "non_cash": row.non_cash,
        "valuation": "" if row.valuation_fen is None else write_yuan(row.valuation_fen),
        "valued_by": row.valued_by,
        "valued_on": row.valued_on,
        "decision": row.decision,
        "project": row.project,
        "note": row.note,
    }


def _change(sent: Sent) -> None:
    values = sent.values
    contracts.change_terms(
        contract=sent.row,
        change=contracts.Change(
            payments=_payments(sent),
            signed_on=values["signed_on"],
            reason=values["reason"],
            decision=values["decision"],
        ),
        **sent.versioned,
    )


def _renewal(row: Contract, today: date) -> dict[str, Any]:
    last = row.terms.order_by("-pk").first()
    begins = date.fromordinal(row.ends_on.toordinal() + 1)
    years = max(row.ends_on.year - row.begins_on.year, 1)
    return {
        "begins_on": begins,
        "ends_on": date.fromordinal(add_months(begins, 12 * years).toordinal() - 1),
        "first_due_on": begins,
        "rhythm": last.rhythm if last else Rhythm.YEARLY.value,
        "amount": write_yuan(last.amount_fen) if last else "",
        "signed_on": today,
    }


def _terminate(sent: Sent) -> None:
    contracts.terminate(
        contract=sent.row,
        on=sent.values["on"],
        reason=sent.values["reason"],
        **sent.versioned,
    )


def _draft(sent: Sent) -> Any:
    dues.draft_due(
        due=sent.row,
        day=sent.values["day"],
        amount_fen=sent.values["amount"],
        **sent.usual,
    )


def _missing(row: Due, today: date) -> dict[str, Any]:
    told = reckoned(Due.objects.filter(pk=row.pk)).get()
    left = max(row.amount_fen - told.collected_fen, 0)
    return {"day": today, "amount": write_yuan(left)}


def _link(sent: Sent) -> None:
    dues.link(
        due=sent.row,
        voucher=sent.values["number"],
        amount_fen=sent.values["amount"],
        **sent.usual,
    )


def _unlink(sent: Sent) -> None:
    dues.unlink(row=sent.row, **sent.usual)


def _promise(sent: Sent) -> None:
    contract = sent.row if isinstance(sent.row, Contract) else None
    values = sent.values
    contracts.promise(
        book=contract.book if contract else sent.row,
        contract=contract,
        kind=Word(values["kind"]),
        giver=values["giver"],
        text=values["text"],
        on=values["on"],
        **sent.once,
    )


def _withdraw(sent: Sent) -> None:
    contracts.withdraw_promise(row=sent.row, reason=sent.values["reason"], **sent.usual)


def _today(row: Any, today: date) -> dict[str, Any]:
    return {"on": today, "day": today, "signed_on": today, "kind": "promise"}


def _new(row: Book, today: date) -> dict[str, Any]:
    return {"signed_on": today, "kind": Kind.LEASE.value, "rhythm": "yearly"}


PROMISE = Act(
    _("记一个承诺"),
    _("记好了。它不入账。"),
    forms.PromiseForm,
    _promise,
    _today,
    lead=_(
        "支部“兜底”、答应帮忙只是承诺，记下来，不入账。"
        "不得以集体财产为他人担保（《农村集体经济组织法》第三十五条、财务制度第二十三条）。"
    ),
)
OF_BOOK = {
    "new-contract": Act(
        _("登记合同"),
        _("登记好了，应收应付的日期已经排好。"),
        forms.ContractForm,
        _sign,
        _new,
        lead=_("出租、发包、对外投资的书面合同。按条款排出每一期哪天收（付）多少。"),
    ),
    "new-promise": PROMISE,
}
OF_CONTRACT = {
    "edit": Act(_("更正合同"), _("改好了。"), forms.PaperForm, _edit, _known),
    "terms": Act(
        _("变更或续签"),
        _("记好了。以前的条款和期次都留着。"),
        forms.ChangeForm,
        _change,
        _renewal,
        lead=_(
            "从某一期的第一天起用新的条款；更早的期次不变，以后的期次由新的代替。"
            "从到期的第二天起就是续签。"
        ),
    ),
    "terminate": Act(
        _("提前终止"),
        _("记好了。以后的期次不再应收应付。"),
        forms.TerminateForm,
        _terminate,
        _today,
        dangerous=True,
    ),
    "promise": PROMISE,
}
OF_DUE = {
    "draft": Act(
        _("这一期收到（付出）了"),
        _("凭证草稿做好了。复核记账以后就算收到。"),
        forms.DraftDueForm,
        _draft,
        _missing,
        needs=Needs.KEEPS,
        button=_("做凭证草稿"),
    ),
    "link": Act(
        _("对上已经记账的凭证"),
        _("对上了。"),
        forms.LinkForm,
        _link,
        needs=Needs.KEEPS,
        lead=_("钱已经由别的凭证入账时，在这里对上，不会再做凭证。"),
    ),
}
OF_SETTLEMENT = {
    "unlink": Act(
        _("对错了，撤回"),
        _("撤回了。"),
        forms.SureForm,
        _unlink,
        needs=Needs.KEEPS,
        button=_("撤回"),
    ),
}
OF_PROMISE = {
    "withdraw": Act(
        _("撤回承诺"),
        _("撤回了，原来的记录留着。"),
        forms.WhyForm,
        _withdraw,
        lead=_("记错了，或者已经兑现。"),
    ),
}
