"""What is typed when a record goes on: its outcome, its end, why it is withdrawn."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wugeyi.branchwork.forms.records import PastDay, number_field, text_field
from wugeyi.branchwork.models import Decision
from wugeyi.branchwork.models.decisions import BODY_NAMES, Adopted
from wugeyi.branchwork.models.suggestions import STATE_NAMES
from wugeyi.branchwork.rules.meetings import RESOLVING, Body, Stage
from wugeyi.branchwork.rules.refusals import Why
from wugeyi.branchwork.rules.suggestions import NEXT, State
from wugeyi.casework.forms.fields import CleanLine

REFUSALS = {
    Why.CHANGED: _("这条记录刚刚被改过。下面是最新的内容，请看过再决定。"),
    Why.WITHDRAWN: _("这条记录已经撤回，不能再改。"),
    Why.NOT_NOW: _("它现在的状态不能这样办。请看最新的内容。"),
    Why.BEFORE_BEGIN: _("日期早于开始的那一天，请核对。"),
}


class Versioned(forms.Form):
    """Every step carries the version of the page it was decided on."""

    version = forms.IntegerField(
        required=False, min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput
    )


class WithdrawForm(Versioned):
    """Why."""

    why = CleanLine(
        label=_("为什么撤回"),
        max_length=200,
        help_text=_("例如：记重了。撤回以后不再计数，内容和理由都留着。"),
    )


class EndForm(Versioned):
    """From which day on it no longer stands."""

    on = PastDay(label=_("从哪天起不再是"))


class OutcomeForm(Versioned):
    """What came of a decision."""

    adopted = forms.ChoiceField(
        label=_("意见采纳了吗"), choices=Adopted.choices, widget=forms.RadioSelect
    )
    outcome = text_field(
        _("后来怎样"),
        required=False,
        help_text=_("办成了什么，或者为什么没有办成。还不知道就先空着。"),
    )
    outcome_on = PastDay(label=_("结果的日期"), required=False)

    def __init__(self, *args: Any, decision: Decision, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.decision = decision

    def clean(self) -> dict[str, Any] | None:
        """Ask for the outcome's day, not before the decision."""
        values = super().clean() or self.cleaned_data
        on = values.get("outcome_on")
        if values.get("outcome") and "outcome_on" in values and on is None:
            self.add_error("outcome_on", _("请填结果是哪天的。"))
        if on is not None and on < self.decision.held_on:
            self.add_error("outcome_on", _("结果的日期早于议事那一天，请核对。"))
        return values


class FollowForm(Versioned):
    """How a suggestion goes on."""

    state = forms.ChoiceField(label=_("现在怎样"), widget=forms.RadioSelect)
    result = text_field(
        _("结果"),
        required=False,
        help_text=_("做了什么，或者为什么没有采纳，回告了没有。"),
    )
    on = PastDay(label=_("哪天"))

    def __init__(self, *args: Any, now: State, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["state"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (declared above)
        field.choices = [(each.value, STATE_NAMES[each]) for each in NEXT[now]]

    def clean(self) -> dict[str, Any] | None:
        """Who made a suggestion is told why it was declined, or what was done."""
        values = super().clean() or self.cleaned_data
        ends = values.get("state") in {State.DECLINED, State.DONE}
        if ends and "result" in values and not values["result"]:
            self.add_error("result", _("请写一句：做了什么，或者为什么没有采纳。"))
        return values


class MeetingsForm(forms.Form):
    """四议两公开 on one screen; whatever is not known stays empty."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for stage in Stage:
            self.fields[f"{stage}-held_on"] = PastDay(label=_("日期"), required=False)
            if stage is Stage.RESOLVE:
                self.fields[f"{stage}-body"] = forms.ChoiceField(
                    label=_("什么会"),
                    required=False,
                    choices=[("", "—"), *((b.value, BODY_NAMES[b]) for b in RESOLVING)],
                )
            if stage in {Stage.REVIEW, Stage.RESOLVE}:
                due = _("应到") if stage is Stage.REVIEW else _("组成人员（全体）")
                self.fields[f"{stage}-due"] = number_field(due, required=False)
                self.fields[f"{stage}-attended"] = number_field(
                    _("实到"), required=False
                )
                self.fields[f"{stage}-in_favour"] = number_field(
                    _("同意"), required=False
                )

    def clean(self) -> dict[str, Any] | None:
        """Numbers may be missing; they may not contradict each other."""
        values = super().clean() or self.cleaned_data
        for stage in (Stage.REVIEW, Stage.RESOLVE):
            due, attended, favour = (
                values.get(f"{stage}-{name}")
                for name in ("due", "attended", "in_favour")
            )
            if due is not None and attended is not None and attended > due:
                self.add_error(f"{stage}-attended", _("实到比应到还多，请核对。"))
            most = attended if attended is not None else due
            if favour is not None and most is not None and favour > most:
                self.add_error(f"{stage}-in_favour", _("同意的比到会的还多，请核对。"))
        counted = any(
            values.get(f"{Stage.RESOLVE}-{name}") is not None
            for name in ("due", "attended", "in_favour")
        )
        if counted and not values.get(f"{Stage.RESOLVE}-body"):
            self.add_error(
                f"{Stage.RESOLVE}-body", _("请选是什么会：几种会的门槛不一样。")
            )
        return values

    def meetings(self) -> dict[Stage, dict[str, object]]:
        """Return by stage what was said; call it when the form is valid."""
        found: dict[Stage, dict[str, object]] = {}
        for stage in Stage:
            names = ("held_on", "due", "attended", "in_favour")
            said = {name: self.cleaned_data.get(f"{stage}-{name}") for name in names}
            body = self.cleaned_data.get(f"{stage}-body") or ""
            if stage is Stage.REVIEW:
                body = Body.MEMBERS.value
            if any(value is not None for value in said.values()):
                found[stage] = {"body": body, **said}
        return found

    def stages(self) -> list[tuple[Stage, list[forms.BoundField]]]:
        """Return the fields by stage, for the page."""
        return [
            (
                stage,
                [self[name] for name in self.fields if name.startswith(f"{stage}-")],
            )
            for stage in Stage
        ]
