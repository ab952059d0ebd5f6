"""Who wants to go where, with how many baskets, by when."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wugeyi.buslines.forms.fields import Minute, whole
from wugeyi.buslines.forms.records.base import (
    RecordForm,
    code_field,
    offer,
    spot_field,
)
from wugeyi.buslines.models import Demand, Spot
from wugeyi.buslines.rules.limits import LIMITS
from wugeyi.casework.forms.fields import CleanLine

LIMIT = LIMITS["demand"]
LATE = _("“最晚”不能比“最早”还早。过了零点写 25:10 或次日 1:10。")


class DemandForm(RecordForm):
    """A request as it is planned with."""

    name = CleanLine(
        label=_("谁"),
        max_length=60,
        required=False,
        help_text=_("例如：三组四户。不要写电话和身份证号。"),
    )
    home = forms.TypedChoiceField(
        label=_("去还是回"),
        choices=[("0", _("去市场")), ("1", _("从市场回来"))],
        coerce=lambda text: text == "1",
        initial="0",
        widget=forms.RadioSelect,
    )
    stop = spot_field(_("在哪里上车（回来在哪里下车）"))
    market = spot_field(_("市场"))
    persons = whole(_("几个人"), LIMIT["persons"])
    baskets = whole(_("一共几筐"), LIMIT["baskets"], help_text=_("不带筐写 0。"))
    earliest_minute = Minute(
        label=_("最早几点到市场"), help_text=_("回来的写最早几点从市场走。")
    )
    latest_minute = Minute(label=_("最晚几点到市场"))
    source = forms.ChoiceField(
        label=_("怎么知道的"),
        choices=Demand.Source.choices,
        initial=Demand.Source.VISIT,
        widget=forms.RadioSelect,
    )
    code = code_field()

    columns = (
        "code",
        "name",
        "home",
        "stop",
        "market",
        "persons",
        "baskets",
        "earliest_minute",
        "latest_minute",
        "source",
    )
    ordered = ("earliest_minute", "latest_minute", LATE)
    field_order = (*columns[1:], "code", "on", "version")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(
            self,
            {"stop": Spot.Kind.STOP, "market": Spot.Kind.MARKET},
            self.line,
            timezone.localdate(),
        )

    @classmethod
    def initial_of(cls, row: Demand) -> dict[str, Any]:
        """Return what stands in a row, for the form."""
        return {**super().initial_of(row), "home": "1" if row.home else "0"}
