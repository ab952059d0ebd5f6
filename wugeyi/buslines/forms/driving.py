"""What a driver writes down, with one thumb."""

from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from wugeyi.buslines.forms.editions import OneLine
from wugeyi.buslines.rules.boardings import MOST_AT_A_CALL, Count

FEW = 9
"""Up to here numbers are cells to touch; above, they are typed."""


class CountForm(forms.Form):
    """How many got on without, with one, with two or more baskets.

    Each has cells from 0 to 9 and a field for more; the field wins where it is filled.
    """

    client_id = forms.CharField(required=False)
    without = forms.IntegerField(required=False, min_value=0, max_value=FEW)
    with_one = forms.IntegerField(required=False, min_value=0, max_value=FEW)
    with_more = forms.IntegerField(required=False, min_value=0, max_value=FEW)
    without_many = forms.IntegerField(
        label=_("不带筐"), required=False, min_value=0, max_value=MOST_AT_A_CALL
    )
    with_one_many = forms.IntegerField(
        label=_("带一筐"), required=False, min_value=0, max_value=MOST_AT_A_CALL
    )
    with_more_many = forms.IntegerField(
        label=_("带两筐以上"), required=False, min_value=0, max_value=MOST_AT_A_CALL
    )
    baskets = forms.IntegerField(
        label=_("共几筐"), required=False, min_value=0, max_value=20 * MOST_AT_A_CALL
    )

    def clean_client_id(self) -> UUID:
        """Read the id under which it is done once; a bad one gets a new one."""
        try:
            return UUID(self.cleaned_data["client_id"])
        except ValueError:
            return uuid4()

    def count(self) -> Count:
        """Return the numbers; what was not touched is nobody."""
        return Count(
            without=self._of("without"),
            with_one=self._of("with_one"),
            with_more=self._of("with_more"),
            baskets=self.cleaned_data["baskets"],
        )

    def _of(self, name: str) -> int:
        many = self.cleaned_data.get(f"{name}_many")
        if many is not None:
            return int(many)
        return int(self.cleaned_data.get(name) or 0)


class CancelForm(forms.Form):
    """Why a trip does not run."""

    reason = OneLine(label=_("为什么不开"), max_length=200)


class EndForm(forms.Form):
    """What happened on the way, if anything."""

    remark = OneLine(label=_("路上有什么事"), max_length=200, required=False)
