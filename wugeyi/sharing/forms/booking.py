"""A booking, its receipt's words: what anybody types without an account."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wugeyi.casework.forms.fields import CleanLine, Once
from wugeyi.sharing.forms.fields import (
    Phone,
    clock_field,
    local_day,
    pick,
    plain,
    words,
)
from wugeyi.sharing.models import Booking, Thing
from wugeyi.sharing.rules.names import PURPOSE_LENGTH, THANKS_LENGTH
from wugeyi.sharing.rules.times import PARTS, By, Hours, When

ASKERS = {
    Thing.Who.RESIDENTS: (Booking.Asker.RESIDENT,),
    Thing.Who.GROUPS: (Booking.Asker.GROUP,),
    Thing.Who.EVERYBODY: tuple(Booking.Asker),
}


class BookForm(Once):
    """When, who, what for. A thing lent by the day asks for two days instead of hours."""

    first_on = local_day(_("哪天"))
    last_on = local_day(_("哪天还"))
    pieces = forms.IntegerField(
        label=_("几件"),
        min_value=1,
        initial=1,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    asker = pick(_("您是"), Booking.Asker.choices)
    group_name = plain(
        40,
        _("单位或团队名称"),
        required=False,
        help_text=_("替单位、团队约的才填。"),
    )
    name = CleanLine(
        label=_("怎么称呼您"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    phone = Phone(
        label=_("联系电话"),
        help_text=_("只给社区和出借方联系用，用完 30 天后自动删除。"),
    )
    purpose = words(
        PURPOSE_LENGTH,
        _("做什么用"),
        rows=2,
        required=False,
        help_text=_("比如：楼栋议事，二十来个人。"),
    )

    def __init__(
        self, *args: Any, thing: Thing, pieces: int, hours: Hours, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.thing = thing
        if thing.way is By.HOUR:
            self._by_hour(hours)
        else:
            self.fields["first_on"].label = _("哪天借")
        if pieces == 1:
            del self.fields["pieces"]
        else:
            self.fields["pieces"].max_value = pieces  # type: ignore[attr-defined]
        self._askers()

    def _by_hour(self, hours: Hours) -> None:
        del self.fields["last_on"]
        spans = [span for each in hours.week.values() for span in each]
        spans += [span for each in hours.other.values() for span in each]
        first = min((begin for begin, _end in spans), default=0)
        last = max((end for _begin, end in spans), default=PARTS)
        self.fields["begin"] = clock_field(_("从几点"), range(first, last))
        self.fields["end"] = clock_field(_("到几点"), range(first + 1, last + 1))

    def _askers(self) -> None:
        allowed = ASKERS[Thing.Who(self.thing.who)]
        if len(allowed) == 1:
            del self.fields["asker"]
        if Booking.Asker.GROUP not in allowed:
            del self.fields["group_name"]
        elif len(allowed) == 1:
            self.fields["group_name"].required = True
            self.fields["group_name"].help_text = ""
        self.only = allowed[0] if len(allowed) == 1 else None

    def clean(self) -> dict[str, Any]:
        """Ask a group for its name."""
        super().clean()
        known = self.cleaned_data
        known["asker"] = self.only or known.get("asker", "")
        unnamed = not known.get("group_name") and "group_name" not in self.errors
        if known["asker"] == Booking.Asker.GROUP and unnamed:
            self.add_error(
                "group_name",
                forms.ValidationError(_("请写单位或团队的名称。"), "group"),
            )
        return known

    def when(self) -> When:
        """Return the time that was asked for."""
        known = self.cleaned_data
        if self.thing.way is By.HOUR:
            on = known["first_on"]
            return When(on, on, known["begin"], known["end"])
        return When(known["first_on"], known["last_on"])


class ThankForm(forms.Form):
    """A word of thanks."""

    text = words(
        THANKS_LENGTH,
        pgettext_lazy("thanks", "想说的话"),
        help_text=_("社区看过以后才会公开，称呼只留姓。请不要写电话、门牌。"),
    )
