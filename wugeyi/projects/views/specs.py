"""What can be added to a project, as data: words, form, what is known, the action."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wugeyi.accounts.models import User
from wugeyi.figures.rules import Period
from wugeyi.projects.actions import money, results, steps
from wugeyi.projects.forms import additions as forms
from wugeyi.projects.models import (
    FundAccount,
    Milestone,
    Money,
    Partner,
    Project,
    Result,
    Risk,
)
from wugeyi.projects.rules.money import write_yuan
from wugeyi.uploads.models import Upload

Row = FundAccount | Milestone | Money | Partner | Result | Risk | None


@dataclass(frozen=True, slots=True)
class Sent:
    """What a form brought, ready for an action."""

    project: Project
    values: dict[str, Any]
    row: Any
    by: User
    at: datetime
    uploads: list[Upload] = field(default_factory=list)

    @property
    def usual(self) -> dict[str, Any]:
        """Return the arguments every action takes."""
        return {
            "project": self.project,
            "by": self.by,
            "at": self.at,
            "version": self.values.get("version"),
        }


@dataclass(frozen=True, slots=True)
class Spec:
    """One addition or change as people see it.

    ``model`` is what it is done to; an addition with a model may replace such a row.
    """

    slug: str
    title: Promise
    done: Promise
    form: type[forms.AddForm]
    do: Callable[[Sent], object]
    initial: Callable[[Project, Any, date], dict[str, Any]]
    anchor: str
    model: Any = None
    # Without a row there is nothing to do it to.
    needs_row: bool = False
    lead: Promise | str = ""


def _today(project: Project, row: Any, today: date) -> dict[str, Any]:
    return {"on": today, "seen_on": today}


def _nothing(project: Project, row: Any, today: date) -> dict[str, Any]:
    return {}


def _milestone(sent: Sent) -> object:
    values = sent.values
    return steps.plan_milestone(
        name=values["name"],
        due_on=values["due_on"],
        done_on=values["done_on"],
        **sent.usual,
    )


def _move(sent: Sent) -> object:
    return steps.move_milestone(
        milestone=sent.row,
        to=sent.values["to"],
        reason=sent.values["reason"],
        **sent.usual,
    )


def _done(sent: Sent) -> object:
    return steps.finish_milestone(
        milestone=sent.row, on=sent.values["on"], **sent.usual
    )


def _money(sent: Sent) -> object:
    values = sent.values
    return money.add_money(
        kind=values["kind"],
        purse=money.Purse(
            values["account"], values["source"], values["special"] or None
        ),
        amount_fen=values["amount"],
        on=values["on"],
        note_text=values["note"],
        replaces=sent.row,
        **sent.usual,
    )


def _money_known(project: Project, row: Money | None, today: date) -> dict[str, Any]:
    if row is None:
        only = list(project.accounts.order_by("pk")[:2])
        name = only[0].name if len(only) == 1 else ""
        return {"on": today, "account": name}
    return {
        "kind": row.kind,
        "amount": write_yuan(row.amount_fen),
        "account": row.account.name,
        "on": row.on,
        "note": row.note,
    }


def _asset(sent: Sent) -> object:
    values = sent.values
    return money.form_asset(
        account=sent.row,
        asset=values["asset"],
        on=values["on"],
        book_reference=values["book_reference"],
        **sent.usual,
    )


def _asset_known(project: Project, row: FundAccount, today: date) -> dict[str, Any]:
    return {
        "asset": row.asset,
        "on": row.asset_on or today,
        "book_reference": row.book_reference,
    }


def _partner(sent: Sent) -> object:
    values = sent.values
    unit = values["to"]
    return money.add_partner(
        gives=money.Contribution(
            kind=values["kind"],
            organisation=unit,
            name="" if unit else values["name"],
            people=values["people"],
            form=values["form"],
            contribution_fen=values["contribution"],
            paid_in_fen=values["paid_in"] or 0,
            on=values["on"],
        ),
        replaces=sent.row,
        **sent.usual,
    )


def _partner_known(
    project: Project, row: Partner | None, today: date
) -> dict[str, Any]:
    if row is None:
        return {"on": today}
    return {
        "kind": row.kind,
        "to": f"{row.organisation.name} {row.organisation.code}"
        if row.organisation
        else "",
        "name": row.name,
        "people": row.people,
        "form": row.form,
        "contribution": write_yuan(row.contribution_fen),
        "paid_in": write_yuan(row.paid_in_fen),
        "on": row.on,
    }


def _undertake(sent: Sent) -> object:
    values = sent.values
    return money.undertake(
        kind=values["kind"],
        giver=values["giver"],
        text=values["text"],
        on=values["on"],
        **sent.usual,
    )


def _risk(sent: Sent) -> object:
    values = sent.values
    return steps.see_risk(
        kind=values["kind"],
        text=values["text"],
        seen_on=values["seen_on"],
        **sent.usual,
    )


def _risk_end(sent: Sent) -> object:
    values = sent.values
    return steps.end_risk(
        risk=sent.row,
        happened=values["happened"],
        outcome=values["outcome"],
        on=values["on"],
        **sent.usual,
    )


def _result(sent: Sent) -> object:
    values = sent.values
    return results.add_result(
        found=results.Measured(
            after=values["after"],
            on=values["on"],
            method=values["method"],
            measured_by=values["measured_by"],
            note=values["note"],
            name=values["name"],
            unit=values["unit"],
            before=values["before"],
            before_on=values["before_on"],
        ),
        replaces=sent.row,
        **sent.usual,
    )


def _result_known(project: Project, row: Result | None, today: date) -> dict[str, Any]:
    if row is None:
        return {"on": today}
    return {
        "name": "" if row.of_goal else row.name,
        "unit": "" if row.of_goal else row.unit,
        "before": row.before,
        "before_on": row.before_last,
        "after": row.after,
        "on": row.after_last,
        "method": row.method,
        "measured_by": row.measured_by,
        "note": row.note,
    }


def _figure(sent: Sent) -> object:
    values = sent.values
    return results.compute_result(
        before=(values["before_first"], values["before_last"]),
        after=(values["after_first"], values["after_last"]),
        note_text=values["note"],
        replaces=sent.row,
        **sent.usual,
    )


def _figure_known(project: Project, row: Result | None, today: date) -> dict[str, Any]:
    """Offer the same length before the beginning and since (or up to the end)."""
    last = project.ended_on or today
    last = max(last, project.started_on)
    after = Period(project.started_on, last)
    before = after.previous
    return {
        "before_first": before.first,
        "before_last": before.last,
        "after_first": after.first,
        "after_last": after.last,
    }


def _evidence(sent: Sent) -> object:
    values = sent.values
    return results.add_evidence(
        uploads=sent.uploads,
        phase=values["phase"],
        caption=values["caption"],
        taken_on=values["taken_on"],
        pair=values["pair"],
        **sent.usual,
    )


SPECS: dict[str, Spec] = {
    spec.slug: spec
    for spec in (
        Spec(
            "milestone", _("加一个进度"), _("进度已加上。"), forms.MilestoneForm,
            _milestone, _nothing, "milestones",
        ),
        Spec(
            "move", _("改期"), _("已改期，原来的日期留着。"), forms.MoveForm,
            _move, _nothing, "milestones", Milestone, needs_row=True,
        ),
        Spec(
            "done", _("完成了"), _("完成日期已记下。"), forms.DoneForm,
            _done, _today, "milestones", Milestone, needs_row=True,
        ),
        Spec(
            "money", _("记一笔资金"), _("已记账。"), forms.MoneyForm,
            _money, _money_known, "money", Money,
        ),
        Spec(
            "asset", _("形成资产"), _("已记下形成的资产。"), forms.AssetForm,
            _asset, _asset_known, "money", FundAccount, needs_row=True,
        ),
        Spec(
            "partner", _("加一个出资方"), _("出资方已加上，比例已重新计算。"),
            forms.PartnerForm, _partner, _partner_known, "partners", Partner,
        ),
        Spec(
            "undertaking", _("记一个承诺"), _("已记下。"), forms.UndertakingForm,
            _undertake, _today, "partners",
            lead=_("支部“兜底”只能记为承诺，不是担保。"),
        ),
        Spec(
            "risk", _("记一个风险"), _("风险已记下。"), forms.RiskForm,
            _risk, _today, "risks",
        ),
        Spec(
            "risk-end", _("风险后来怎样"), _("已记下。"), forms.RiskEndForm,
            _risk_end, _today, "risks", Risk, needs_row=True,
        ),
        Spec(
            "result", _("记一个结果"), _("结果已记下。"), forms.ResultForm,
            _result, _result_known, "results", Result,
        ),
        Spec(
            "figure", _("从记录算出结果"), _("结果已算出并记下。"), forms.FigureForm,
            _figure, _figure_known, "results", Result,
            lead=_("选两段时间，前后都从系统里的记录算，不用填数字。"),
        ),
        Spec(
            "evidence", _("加照片"), _("照片已加上。"), forms.EvidenceForm,
            _evidence, _nothing, "evidence",
        ),
    )
}  # fmt: skip
