"""What one person pays: a base, and more by how many baskets."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wugeyi.buslines.forms.fields import Yuan, whole
from wugeyi.buslines.forms.records.base import RecordForm
from wugeyi.buslines.models import FareTable
from wugeyi.buslines.rules.given import Fares
from wugeyi.buslines.rules.limits import LIMITS
from wugeyi.casework.forms.fields import CleanLine

BANDS = 4
TABLE, BAND = LIMITS["faretable"], LIMITS["fareband"]


class FaresForm(RecordForm):
    """A fare table with room for four bands."""

    base_fen = Yuan(label=_("不带筐多少钱（元）"), most=TABLE["base_fen"][1])
    cap_fen = Yuan(
        label=_("最多收多少（元）"),
        required=False,
        most=TABLE["cap_fen"][1],
        help_text=_("没有封顶就空着。"),
    )
    basis = CleanLine(
        label=_("依据"),
        max_length=200,
        required=False,
        help_text=_("批复、公示的名称和文号。"),
    )
    trial = forms.BooleanField(
        label=_("只用来比较，不真的收"),
        required=False,
        help_text=_("在方案里换一套票价看看收入和补贴。"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        order = ["base_fen"]
        for n in range(1, BANDS + 1):
            baskets, more = f"baskets_{n}", f"more_{n}"
            self.fields[baskets] = whole(
                _("带几筐起（第 %(n)s 档）") % {"n": n},
                BAND["from_baskets"],
                required=False,
            )
            self.fields[more] = Yuan(
                label=_("加收多少（元，第 %(n)s 档）") % {"n": n},
                required=False,
                most=BAND["fen"][1],
            )
            order += [baskets, more]
        self.order_fields([*order, "cap_fen", "basis", "trial", "on", "version"])

    def clean(self) -> dict[str, Any] | None:
        """Hold both halves of a band together, and each number of baskets once."""
        values = super().clean() or self.cleaned_data
        seen: set[int] = set()
        for n in range(1, BANDS + 1):
            baskets, more = values.get(f"baskets_{n}"), values.get(f"more_{n}")
            if (baskets is None) != (more is None):
                name = f"baskets_{n}" if baskets is None else f"more_{n}"
                if name not in self.errors:
                    self.add_error(name, _("这一档的筐数和加收都要写。"))
            elif baskets in seen:
                self.add_error(f"baskets_{n}", _("这个筐数前面写过了。"))
            elif baskets is not None:
                seen.add(baskets)
        base, cap = values.get("base_fen"), values.get("cap_fen")
        if base is not None and cap is not None and cap < base:
            self.add_error("cap_fen", _("封顶不能比不带筐的票价还低。"))
        return values

    def fares(self) -> Fares:
        """Return what the action takes."""
        values = self.cleaned_data
        bands = [
            (values[f"baskets_{n}"], values[f"more_{n}"])
            for n in range(1, BANDS + 1)
            if values.get(f"baskets_{n}") is not None
        ]
        return Fares(
            values["base_fen"], tuple(bands), values["cap_fen"], values["basis"]
        )

    @classmethod
    def initial_of(cls, row: FareTable) -> dict[str, Any]:
        """Return what stands in a row, for the form."""
        found = {
            "base_fen": row.base_fen,
            "cap_fen": row.cap_fen,
            "basis": row.basis,
            "trial": row.trial,
        }
        for n, band in enumerate(row.bands.all()[:BANDS], start=1):
            found |= {f"baskets_{n}": band.from_baskets, f"more_{n}": band.fen}
        return found
