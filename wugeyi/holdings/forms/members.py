"""Forms about households, members, shares and certificates."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wugeyi.holdings.forms.base import HoldingForm, decision_field, offer_decisions
from wugeyi.holdings.forms.fields import CodeField, Shares, local_day, plain, words
from wugeyi.holdings.models import Household
from wugeyi.holdings.models.base import choices
from wugeyi.holdings.models.members import JOINED_NAMES, LEFT_NAMES


class HouseholdForm(HoldingForm):
    """A household's head and group."""

    head = plain(40, _("户主姓名"))
    group = plain(40, _("村民小组"), required=False)


class NewHouseholdForm(HouseholdForm):
    """A new household."""

    code = CodeField(label=_("户编号"))
    field_order = ("code", "head", "group")


class NewMemberForm(HoldingForm):
    """Who joins, when, how."""

    code = CodeField(label=_("成员编号"))
    name = plain(40, _("姓名"), help_text=_("只记姓名，不记身份证号、电话。"))
    joined_on = local_day(_("哪天成为成员"))
    joined = forms.ChoiceField(label=_("怎么成为成员"), choices=choices(JOINED_NAMES))
    shares = Shares(
        label=_("份额"),
        required=False,
        help_text=_("从那天起的份额；还没有量化就空着。"),
    )
    votes = forms.BooleanField(
        label=_("具有完全民事行为能力（有表决权）"), required=False, initial=True
    )
    decision = decision_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_decisions(self.fields["decision"], self.subject.book.organisation)


class MemberForm(HoldingForm):
    """A member's name and vote."""

    name = plain(40, _("姓名"))
    votes = forms.BooleanField(
        label=_("具有完全民事行为能力（有表决权）"), required=False
    )


class LeaveForm(HoldingForm):
    """Why somebody is said to be a member no longer."""

    on = local_day(_("从哪天起不再是成员"))
    reason = forms.ChoiceField(
        label=_("为什么"),
        choices=choices(LEFT_NAMES),
        help_text=_(
            "就学、服役、务工、经商、离婚、丧偶、服刑都不丧失成员身份"
            "（《农村集体经济组织法》第十八条）；出嫁也不（第八条）。"
        ),
    )
    text = plain(200, _("说明"), required=False)
    decision = decision_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_decisions(self.fields["decision"], self.subject.book.organisation)


class BackForm(HoldingForm):
    """A leaving recorded by mistake."""

    on = local_day(_("哪天更正"))
    text = words(200, _("错在哪里"), rows=2)


class MoveForm(HoldingForm):
    """Another household."""

    to = CodeField(label=_("换到哪一户"), help_text=_("写户编号。"))
    on = local_day(_("哪天"))
    text = plain(200, _("说明"), required=False, help_text=_("例如：结婚、分户。"))

    def clean_to(self) -> Household:
        """Return the household of this code."""
        found = Household.objects.filter(
            book=self.subject.book,
            item__code=self.cleaned_data["to"],
            ended_on=None,
        ).first()
        if found is None:
            raise forms.ValidationError(_("没有这个户编号。请核对。"), "none")
        return found


class SharesForm(HoldingForm):
    """How many shares from a day on."""

    from_on = local_day(_("从哪天起"))
    shares = Shares(label=_("份额"), help_text=_("最多两位小数；没有了就写 0。"))
    reason = plain(
        200, _("为什么"), help_text=_("例如：成员大会量化到人、继承、退还。")
    )
    decision = decision_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_decisions(self.fields["decision"], self.subject.book.organisation)


class CertificateForm(HoldingForm):
    """A certificate's number and day."""

    number = plain(40, _("证书编号"))
    on = local_day(_("哪天发的"))
