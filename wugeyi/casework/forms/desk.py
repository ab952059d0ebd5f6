"""Reading what a list is narrowed to, from an address that anybody may have edited."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from wugeyi.accounts.models import User
from wugeyi.casework.forms.steps import category_choices
from wugeyi.casework.models.cases import STATE_NAMES, Channel
from wugeyi.casework.models.settings import Urgency
from wugeyi.casework.queries.desk import Due, Filters, Tab
from wugeyi.casework.queries.rates import Figure
from wugeyi.casework.rules.states import State
from wugeyi.organisations.models import Organisation
from wugeyi.organisations.queries.names import Named
from wugeyi.ui.widgets import PlainSelect, Ready

ANY = ("", _("全部"))


class FilterForm(forms.Form):
    """The filters beside the tabs; what cannot be read narrows nothing."""

    text = forms.CharField(
        label=_("编号或词语"),
        required=False,
        max_length=60,
        widget=forms.SearchInput(attrs={"data-key": "/"}),
    )
    due = forms.ChoiceField(
        label=_("期限"),
        required=False,
        widget=PlainSelect,
        choices=[
            ANY,
            (Due.LATE.value, _("已超期")),
            (Due.TODAY.value, _("今天到期")),
            (Due.SOON.value, _("三天内到期")),
            (Due.LATER.value, _("更晚")),
        ],
    )
    state = forms.ChoiceField(
        label=_("状态"),
        required=False,
        widget=PlainSelect,
        choices=[ANY, *((state.value, STATE_NAMES[state]) for state in State)],
    )
    category = forms.ChoiceField(label=_("类别"), required=False, widget=PlainSelect)
    urgency = forms.ChoiceField(
        label=_("紧急程度"),
        required=False,
        widget=PlainSelect,
        choices=[ANY, *Urgency.choices],
    )
    channel = forms.ChoiceField(
        label=_("来源"),
        required=False,
        widget=PlainSelect,
        choices=[ANY, *Channel.choices],
    )
    below = forms.ChoiceField(label=_("单位"), required=False, widget=PlainSelect)
    mine = forms.BooleanField(label=_("只看我签收的"), required=False)
    stuck = forms.BooleanField(label=_("一周没有动静"), required=False)
    reopened = forms.BooleanField(label=_("重新办理过"), required=False)

    def __init__(
        self,
        *args: Any,
        units: Sequence[Named | Organisation] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        below = self.fields["below"]
        assert isinstance(below, forms.ChoiceField)  # noqa: S101 (declared above)
        category = self.fields["category"]
        assert isinstance(category, forms.ChoiceField)  # noqa: S101 (declared above)
        category.choices = Ready([ANY, *category_choices(whole=True)])
        below.choices = Ready([ANY, *((unit.code, unit.name) for unit in units)])


class HiddenForm(forms.Form):
    """What an address carries without a field on the page: a figure and its days."""

    first = forms.DateField(required=False)
    last = forms.DateField(required=False)
    figure = forms.ChoiceField(
        required=False, choices=[("", ""), *((each.value, "") for each in Figure)]
    )


def _hidden(query: QueryDict) -> dict[str, Any]:
    if not HiddenForm.base_fields.keys() & query.keys():
        return {}
    hidden = HiddenForm(query)
    hidden.full_clean()
    return hidden.cleaned_data


def tab_of(query: QueryDict) -> Tab:
    """Return the tab an address names; the desk's own for anything else."""
    try:
        return Tab(query.get("tab", ""))
    except ValueError:
        return Tab.WORK


def filters_of(
    query: QueryDict, form: FilterForm, *, me: User, unit: Named | Organisation | None
) -> Filters:
    """Return what the form and the address ask for; values of no meaning are dropped."""
    form.full_clean()
    values = form.cleaned_data
    more = _hidden(query)
    category = values.get("category") or ""
    return Filters(
        tab=tab_of(query),
        due=values.get("due", ""),
        state=values.get("state", ""),
        category=int(category) if category else None,
        urgency=values.get("urgency", ""),
        channel=values.get("channel", ""),
        below=unit.path if unit else "",
        worker=me.pk if values.get("mine") else None,
        stuck=bool(values.get("stuck")),
        reopened=bool(values.get("reopened")),
        text=(values.get("text") or "").strip(),
        first=more.get("first"),
        last=more.get("last"),
        figure=Figure(more["figure"]) if more.get("figure") else None,
    )
