"""A station as it is typed: what and where it is, its week, what it has, its status."""

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wugeyi.accounts.models import User
from wugeyi.casework.forms.fields import CleanLine, Version
from wugeyi.casework.forms.picking import Picked
from wugeyi.organisations.models import Organisation
from wugeyi.places.forms.fields import PlaceForm
from wugeyi.stations.forms.fields import WEEKDAYS, DaysField, HoursField, day
from wugeyi.stations.models import Item, ItemState, RunBy, Station, StationKind
from wugeyi.stations.rules.hours import Span, Week, written


class StationForm(Picked, PlaceForm):  # type: ignore[misc]
    """What it is, where it is, who answers for it, who keeps it."""

    pick_name: ClassVar[str] = "to"
    pick_label: ClassVar[Any] = gettext_lazy("归谁管")
    version = forms.IntegerField(
        required=False, min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput
    )
    name_zh = CleanLine(
        label=gettext_lazy("叫什么"),
        max_length=60,
        help_text=gettext_lazy("门口牌子上的名字，例如：金元社区红骑驿站。"),
    )
    name_en = CleanLine(label=gettext_lazy("英文名称"), max_length=120, required=False)
    kind = forms.ModelChoiceField(
        label=gettext_lazy("哪一类"),
        queryset=StationKind.objects.filter(active=True),
        empty_label=gettext_lazy("请选择"),
    )
    run_by = forms.ChoiceField(
        label=gettext_lazy("谁办的"), choices=RunBy.choices, widget=forms.RadioSelect
    )
    address = CleanLine(
        label=gettext_lazy("地址"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("骑手找得到的写法，例如：金元路 12 号，菜场北门进去。"),
    )
    keeper = forms.ModelChoiceField(
        label=gettext_lazy("谁在管（本单位有岗位的）"),
        queryset=User.objects.none(),
        required=False,
        empty_label=gettext_lazy("不在里面，写在下面"),
    )
    keeper_name = CleanLine(
        label=gettext_lazy("负责人姓名"),
        max_length=40,
        required=False,
        help_text=gettext_lazy("只有工作人员看得到，撤站时删掉。"),
    )
    keeper_phone = CleanLine(
        label=gettext_lazy("负责人电话"), max_length=30, required=False
    )
    note = CleanLine(
        label=gettext_lazy("给骑手的说明"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("例如：晚上扫码开门，码在门上。大家都看得到。"),
    )
    different = forms.BooleanField(
        label=gettext_lazy("不是同一个，另外登记"), required=False
    )

    outside = forms.BooleanField(
        label=gettext_lazy("位置没有错，就在范围外面"), required=False
    )

    def __init__(
        self,
        *args: Any,
        keepers: Iterable[int] = (),
        row: Station | None = None,
        **kw: Any,
    ) -> None:
        super().__init__(*args, **kw)
        people = self.fields["keeper"]
        assert isinstance(people, forms.ModelChoiceField)  # noqa: S101 (declared above)
        known = {*keepers, *([row.keeper_id] if row and row.keeper_id else [])}
        people.queryset = User.objects.filter(pk__in=known).order_by("name")
        people.label_from_instance = _name  # type: ignore[assignment, method-assign]
        kinds = self.fields["kind"]
        assert isinstance(kinds, forms.ModelChoiceField)  # noqa: S101 (declared above)
        own = Q(pk=row.kind_id if row else None)
        kinds.queryset = StationKind.objects.filter(Q(active=True) | own)

    def refuse_twin(self, twin: Station) -> None:
        """Ask whether it is the one that stands there already."""
        self.add_error(
            "different",
            _("附近已经登记了“%(name)s”。是同一个就不用再登记；不是就勾上这里。")
            % {"name": twin},
        )

    def refuse_outside(self, unit: Organisation) -> None:
        """Ask whether the place is right: it lies in nobody's area below the unit."""
        self.add_error(
            "outside",
            _("这个位置不在%(name)s的范围里。请核对图钉和“归谁管”；没有错就勾上这里。")
            % {"name": unit.name},
        )


def _name(person: User) -> str:
    return person.name


class FirstForm(StationForm):
    """A new station: from which day, and the same times every day."""

    opens_on = day(gettext_lazy("从哪天起用"))
    hours = HoursField(
        label=gettext_lazy("每天什么时候开"),
        help_text=gettext_lazy(
            "例如：8:00-22:00；中午不开写 8:00-12:00、14:00-20:00；过零点写 18:00-次日2:00；整天写“全天”。"
            "各天不同的，登记以后再改。"
        ),
    )


ENTRY = (
    "kind",
    "run_by",
    "name_zh",
    "name_en",
    "address",
    "note",
    "keeper",
    "keeper_name",
    "keeper_phone",
)


def starting(row: Station) -> dict[str, Any]:
    """Return what the form of a station begins with."""
    return {name: getattr(row, name) for name in ENTRY} | {
        "kind": row.kind_id,
        "keeper": row.keeper_id,
        "lon": row.lon,
        "lat": row.lat,
        "version": row.version,
        "to_pick": str(row.organisation_id),
    }


class HoursForm(Version):
    """The week: one line for all days, others where a day differs."""

    every = HoursField(
        label=gettext_lazy("每天"),
        help_text=gettext_lazy(
            "例如：8:00-22:00；中午不开写 8:00-12:00、14:00-20:00；过零点写 18:00-次日2:00；整天写“全天”。"
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number, label in enumerate(WEEKDAYS):
            self.fields[f"day{number}"] = HoursField(label=label)

    @property
    def days(self) -> list[forms.BoundField]:
        """The fields of the weekdays."""
        return [self[f"day{number}"] for number in range(7)]

    def week(self) -> dict[int, list[Span]]:
        """Return the week, once it is valid; a day's own times go before every day's."""
        every = self.cleaned_data["every"] or []
        found = {}
        for number in range(7):
            own = self.cleaned_data[f"day{number}"]
            spans = every if own is None else own
            if spans:
                found[number] = list(spans)
        return found


def week_of(week: Week) -> dict[str, str]:
    """Return what the form of a week begins with."""
    texts = [written(week.get(day, ())) for day in range(7)]
    common = max(texts, key=texts.count) if texts else ""
    found = {"every": common}
    for number, text in enumerate(texts):
        if text != common:
            found[f"day{number}"] = text or str(_("休息"))
    return found


class DaysOffForm(forms.Form):
    """Days on which it stays shut, from today on."""

    days = DaysField(
        label=gettext_lazy("哪几天不开"),
        required=False,
        max_length=1000,
        help_text=gettext_lazy(
            "例如：2026-10-01 2026-10-02。空着就是照常开。只改今天以后的。"
        ),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    why = CleanLine(label=gettext_lazy("为什么"), max_length=60, required=False)


class CheckForm(Version):
    """What a station has, item by item; what is derived is not asked."""

    on = day(gettext_lazy("哪天看的"))

    def __init__(
        self, *args: Any, items: Sequence[Item], states: dict[int, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.items = [item for item in items if not item.derived]
        for item in self.items:
            self.fields[f"item-{item.code}"] = forms.ChoiceField(
                label=str(item),
                choices=[*ItemState.State.choices, ("", _("没看"))],
                required=False,
                initial=states.get(item.pk, ""),
                widget=forms.RadioSelect,
            )

    @property
    def asked(self) -> list[forms.BoundField]:
        """The fields of the items."""
        return [self[f"item-{item.code}"] for item in self.items]

    def states(self) -> dict[Item, str]:
        """Return what was said, once it is valid; what nobody looked at is left out."""
        return {
            item: state
            for item in self.items
            if (state := self.cleaned_data[f"item-{item.code}"])
        }


class CloseForm(forms.Form):
    """Closed for now, or for good."""

    on = day(gettext_lazy("从哪天起"))
    why = CleanLine(
        label=gettext_lazy("为什么"),
        max_length=120,
        help_text=gettext_lazy("骑手会看到，例如：停电检修。"),
    )
    until = day(
        gettext_lazy("关到哪天（含这一天）"),
        required=False,
        help_text=gettext_lazy("不知道就空着，开的时候再点“重新开放”。"),
    )


class EndForm(forms.Form):
    """No more."""

    on = day(gettext_lazy("从哪天起没有了"))
    why = CleanLine(label=gettext_lazy("为什么"), max_length=120)


class WeekCountForm(forms.Form):
    """How many came on each of the last days; empty: nobody counted."""

    def __init__(self, *args: Any, days: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.days = {f"day-{on.isoformat()}": on for on, _row in days}
        for (name, on), (_on, row) in zip(self.days.items(), days, strict=True):
            self.fields[name] = forms.IntegerField(
                label=f"{on:%m-%d} {WEEKDAYS[on.weekday()]}",
                required=False,
                min_value=0,
                max_value=20_000,
                initial=row.many if row is not None else None,
                widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
            )

    def counts(self) -> dict[Any, int]:
        """Return days and how many, once it is valid; only what was changed."""
        return {
            on: self.cleaned_data[name]
            for name, on in self.days.items()
            if self.cleaned_data[name] is not None
            and self.cleaned_data[name] != self.fields[name].initial
        }


def today_first() -> dict[str, Any]:
    """Return what forms with a day begin with."""
    return {"on": timezone.localdate(), "opens_on": timezone.localdate()}
