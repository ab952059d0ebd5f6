"""What is typed when a record goes on: its outcome, its end, why it is withdrawn."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wugeyi.branchwork.forms.records import PastDay, text_field
from wugeyi.branchwork.models import Decision
from wugeyi.branchwork.models.decisions import Adopted
from wugeyi.branchwork.models.suggestions import STATE_NAMES
from wugeyi.branchwork.rules.refusals import Why
from wugeyi.branchwork.rules.suggestions import NEXT, State
from wugeyi.casework.forms.fields import CleanLine

REFUSALS = {
    Why.CHANGED: _("这条记录刚刚被改过。下面是最新的内容，请看过再决定。"),
    Why.WITHDRAWN: _("这条记录已经撤回，不能再改。"),
    Why.NOT_NOW: _("它现在的状态不能这样办。请看最新的内容。"),
    Why.BEFORE_BEGIN: _("日期早于开始的那一天，请核对。"),
    Why.RESERVED: _("这件事不能由成员代表大会决定，请登记成员大会的表决。"),
    Why.OTHERS_BALLOT: _("这一步不由这种会表决：村民的会和成员的会分开登记。"),
    Why.PICTURES: _("这一步已经有 9 张照片，先删掉不要的。"),
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
