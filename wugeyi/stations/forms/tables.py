"""Tables to import, points of work, and the question where stations are missing."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wugeyi.casework.forms.fields import CleanLine, Once
from wugeyi.imports.blank import Column
from wugeyi.imports.messages import Sentence
from wugeyi.imports.rules import MAX_WEB_BYTES
from wugeyi.places.forms.fields import SYSTEMS
from wugeyi.places.forms.imports import SENTENCES as OF_PLACES
from wugeyi.places.models import FacilityKind
from wugeyi.stations.forms.fields import HOURS, WEEKDAYS, day
from wugeyi.stations.models import GapSearch, Item, RunBy, StationKind, WorkPoint
from wugeyi.stations.rules.gaps import MOST_MINUTES, MOST_SITES
from wugeyi.stations.rules.hours import WINDOWS, BadHours, Window, read
from wugeyi.stations.rules.tables import COLUMNS, POINTS, STATIONS, title

SORTS = {
    STATIONS: gettext_lazy("驿站表"),
    POINTS: gettext_lazy("取送点表（饭店、商店、快递网点）"),
}
MEGABYTE = 1024 * 1024
NOT_IMPORTED = gettext_lazy("这一行不导入。")
SENTENCES: dict[str, Sentence] = {
    **OF_PLACES,
    "cut_name60": Sentence(gettext_lazy("“%(value)s”太长，只留前 60 个字。")),
    "unknown_run_by": Sentence(
        gettext_lazy("没有“%(value)s”这种办法，这一行不导入。"),
        gettext_lazy("“谁办的”可以写：%(other)s。"),
    ),
    "bad_date": Sentence(
        gettext_lazy("日期“%(value)s”看不懂，这一行不导入。"),
        gettext_lazy("请写成 2026-03-18。"),
    ),
    "unknown_state": Sentence(
        gettext_lazy("“%(value)s”看不懂，这一格当作没看。"),
        gettext_lazy("请写：有、没有、坏了。"),
    ),
    "code_elsewhere": Sentence(
        gettext_lazy("编号“%(value)s”是别的单位的驿站，这一行不导入。"),
        gettext_lazy("请空着编号，或核对归谁管。"),
    ),
    "ended_station": Sentence(
        gettext_lazy("“%(value)s”已经撤站，这一行不改它。"),
        gettext_lazy("重新建的，请换个名称。"),
    ),
    "unreadable_osm": Sentence(
        gettext_lazy("这个地图文件读不了，或里面没有饭店、商店、快递网点。"),
        gettext_lazy("请核对文件；也可以换成表格。"),
    ),
    **{
        f"hours_{code}": Sentence(sentence, NOT_IMPORTED)
        for code, sentence in HOURS.items()
    },
}


class TableForm(forms.Form):
    """A table, what it lists, and what its coordinates are in."""

    sort = forms.ChoiceField(
        label=gettext_lazy("是什么表"),
        choices=list(SORTS.items()),
        widget=forms.RadioSelect,
        initial=STATIONS,
    )
    system = forms.ChoiceField(
        label=gettext_lazy("坐标从哪里来"),
        choices=SYSTEMS,
        help_text=gettext_lazy("选错会偏几百米。"),
    )
    file = forms.FileField(
        label=gettext_lazy("文件"),
        help_text=gettext_lazy(
            "XLSX 或 CSV；取送点也可以是 .osm.pbf 地图文件。先预览，确认以后才写入。"
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,.tsv,.txt,.pbf,.osm,.gz"}),
        error_messages={
            "required": gettext_lazy("请选一个文件。"),
            "empty": gettext_lazy("文件是空的。请确认选对了文件。"),
        },
    )
    source = CleanLine(
        label=gettext_lazy("取送点：数据从哪里来"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("例如：市场监管局餐饮名录。不能是骑手的轨迹。"),
    )
    data_on = day(gettext_lazy("取送点：是哪一天的数据"), required=False)

    def clean_file(self) -> Any:
        """Refuse what is too large for a page."""
        file = self.cleaned_data["file"]
        if (file.size or 0) > MAX_WEB_BYTES:
            raise forms.ValidationError(
                _("文件有 %(size).1f MB，最多收 %(most)d MB。请分成几个文件。"),
                "too_large",
                {
                    "size": (file.size or 0) / MEGABYTE,
                    "most": MAX_WEB_BYTES // MEGABYTE,
                },
            )
        return file

    def clean_data_on(self) -> date | None:
        """Let no data be of tomorrow."""
        on: date | None = self.cleaned_data["data_on"]
        if on is not None and on > timezone.localdate():
            raise forms.ValidationError(_("这一天还没有到，请核对。"))
        return on

    def clean(self) -> dict[str, Any]:
        """Ask where points of work come from: undated data is worth little."""
        values = super().clean() or self.cleaned_data
        if values.get("sort") == POINTS:
            if not values.get("source"):
                self.add_error("source", _("请写数据从哪里来。"))
            if not values.get("data_on") and "data_on" not in self.errors:
                self.add_error("data_on", _("请写是哪一天的数据。"))
        return values


def columns(
    sort: str, kinds: Iterable[StationKind], items: Iterable[Item]
) -> list[Column]:
    """Return the columns of a blank table."""
    notes = {
        "lon": _("例如 106.630200"),
        "lat": _("例如 26.647000"),
        "unit": _("本单位或下级的名称或代码；空着就按位置归"),
        "hours": _("例如 8:00-22:00，过零点写 18:00-次日2:00，整天写 全天"),
        "code": _("新的空着"),
        "opens_on": _("例如 2026-03-18"),
    }
    choices = {
        "run_by": tuple(str(label) for label in RunBy.labels),
        "kind": tuple(each.name_zh for each in kinds)
        if sort == STATIONS
        else tuple(str(label) for label in WorkPoint.Kind.labels),
    }
    needed = {"lon", "lat", "name_zh" if sort == STATIONS else "kind"}
    own = [
        Column(
            title(sort, name),
            notes.get(name, ""),
            needed=name in needed,
            choices=choices.get(name, ()),
        )
        for name in COLUMNS[sort]
        if name != "pair" and not name.startswith("day")
    ]
    if sort == STATIONS:
        states = (_("有"), _("没有"), _("坏了"))
        own += [
            Column(each.name_zh, choices=states) for each in items if not each.derived
        ]
    return own


class TakeForm(forms.Form):
    """Which kinds of facilities on record are points of work."""

    kinds = forms.MultipleChoiceField(
        label=gettext_lazy("哪几类设施算取送点"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self, *args: Any, offered: Iterable[FacilityKind] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["kinds"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101
        field.choices = [(each.code, str(each)) for each in offered]

    def meant(self) -> dict[str, str]:
        """Return by kind what it is to riders, once it is valid."""
        food = {"food", "elderly", "canteen", "restaurant", "market"}
        return {
            code: "food" if code in food else "shop"
            for code in self.cleaned_data["kinds"]
        }


NAMES = {
    "idle": gettext_lazy("14:00 到 17:00（骑手相对空闲）"),
    "night": gettext_lazy("22:00 到次日 6:00（夜里）"),
}
ANY, OWN = "any", "own"


class GapForm(Once):
    """From where work is far from every open station."""

    pace = forms.ChoiceField(
        label=gettext_lazy("怎么去"),
        choices=GapSearch.Pace.choices,
        initial=GapSearch.Pace.WALK,
        widget=forms.RadioSelect,
        help_text=gettext_lazy(
            "走路按每小时 4.8 公里、骑车按每小时 15 公里算：推断的，未核对。"
        ),
    )
    minutes = forms.IntegerField(
        label=gettext_lazy("几分钟以内算近"),
        min_value=1,
        max_value=MOST_MINUTES,
        initial=10,
        help_text=gettext_lazy("没有找到标准，10 分钟是推断的，未核对。"),
    )
    during = forms.ChoiceField(
        label=gettext_lazy("什么时候要开着"),
        choices=[
            ("idle", NAMES["idle"]),
            ("night", NAMES["night"]),
            (OWN, gettext_lazy("别的时段，写在下面")),
            (ANY, gettext_lazy("不看时间，只要在用")),
        ],
        initial="idle",
        widget=forms.RadioSelect,
    )
    hours = CleanLine(
        label=gettext_lazy("别的时段"),
        max_length=40,
        required=False,
        help_text=gettext_lazy("例如：11:00-14:00，或 20:00-次日2:00。"),
    )
    weekday = forms.TypedChoiceField(
        label=gettext_lazy("星期几"),
        coerce=int,
        choices=[(number, label) for number, label in enumerate(WEEKDAYS)],
        initial=0,
    )
    least = forms.IntegerField(
        label=gettext_lazy("300 米见方里有几处算聚集"),
        min_value=1,
        max_value=1000,
        initial=5,
    )
    sites = forms.IntegerField(
        label=gettext_lazy("建议几个位置"), min_value=1, max_value=MOST_SITES, initial=3
    )

    def clean(self) -> dict[str, Any]:
        """Read the part of the day that is meant."""
        values = super().clean() or self.cleaned_data
        during = values.get("during")
        values["window"] = next((each for each in WINDOWS if each.code == during), None)
        if during == OWN:
            values["window"] = self._own(str(values.get("hours") or ""))
        return values

    def _own(self, text: str) -> Window | None:
        try:
            found = read(text)
        except BadHours as bad:
            self.add_error("hours", str(HOURS[bad.code]) % {"value": bad.value})
            return None
        if len(found) != 1:
            self.add_error("hours", _("请写一段时间，例如 11:00-14:00。"))
            return None
        return Window("asked", found[0].opens, found[0].closes)
