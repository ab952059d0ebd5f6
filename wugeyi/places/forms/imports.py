"""Files to import: tables of facilities and homes, files of OpenStreetMap."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wugeyi.imports.blank import Column
from wugeyi.imports.messages import Sentence
from wugeyi.imports.rules import MAX_WEB_BYTES
from wugeyi.places.forms.fields import SYSTEMS, day, line
from wugeyi.places.models import FacilityKind, Template
from wugeyi.places.rules.files import MOST_OSM_BYTES
from wugeyi.places.rules.tables import FACILITIES, HOMES, NEEDED, title

MEGABYTE = 1024 * 1024
SORTS = {
    FACILITIES: gettext_lazy("设施表"),
    HOMES: gettext_lazy("住处表（楼栋、小区）"),
}
SENTENCES: dict[str, Sentence] = {
    "too_many_rows": Sentence(
        gettext_lazy("有 %(value)s 行，一次最多 %(other)s 行。"),
        gettext_lazy("请分成几个文件，或请管理员用命令行导入。"),
    ),
    "no_place_columns": Sentence(
        gettext_lazy("找不到坐标。"),
        gettext_lazy("请有“经度”和“纬度”两列，或者“坐标”一列。"),
    ),
    "no_name": Sentence(
        gettext_lazy("没有名称，这一行不导入。"), gettext_lazy("请补上名称。")
    ),
    "cut_name": Sentence(gettext_lazy("“%(value)s”太长，只留前 80 个字。")),
    "no_place": Sentence(
        gettext_lazy("没有坐标，这一行不导入。"),
        gettext_lazy("可以在地图上查到再补；也可以到页面上点一下登记。"),
    ),
    "unread_place": Sentence(
        gettext_lazy("坐标“%(value)s”看不懂，这一行不导入。"),
        gettext_lazy("请写成 106.6302, 26.6470。"),
    ),
    "swapped": Sentence(
        gettext_lazy("坐标“%(value)s”像是把纬度写在了前面，这一行不导入。"),
        gettext_lazy("请先写经度（贵州约 103 到 110），后写纬度。"),
    ),
    "off_globe": Sentence(
        gettext_lazy("坐标“%(value)s”不在地球上，这一行不导入。"),
        gettext_lazy("请核对。"),
    ),
    "in_the_sea": Sentence(
        gettext_lazy("坐标“%(value)s”在几内亚湾的海里，这一行不导入。"),
        gettext_lazy("多半是没有查到坐标时填的 0，请补上。"),
    ),
    "negative": Sentence(
        gettext_lazy("%(other)s“%(value)s”是负数，这一行不导入。"),
        gettext_lazy("不知道就空着。"),
    ),
    "unread_count": Sentence(
        gettext_lazy("%(other)s“%(value)s”不是一个合适的整数，这一行不导入。"),
        gettext_lazy("请只写数字，不知道就空着。"),
    ),
    "more_old_than_all": Sentence(
        gettext_lazy("老人 %(value)s 人，比居民 %(other)s 人还多，这一行不导入。"),
        gettext_lazy("请核对两列。"),
    ),
    "twice": Sentence(
        gettext_lazy("“%(value)s”和第 %(other_line)s 行一样，只导入一次。")
    ),
    "unknown_kind": Sentence(
        gettext_lazy("没有“%(value)s”这个类别，这一行不导入。"),
        gettext_lazy("可以写：%(other)s 等，见空白表。"),
    ),
    "unknown_unit": Sentence(
        gettext_lazy("本单位下面没有叫“%(value)s”的，这一行不导入。"),
        gettext_lazy("请写名册里的名称或代码；空着就按位置归。"),
    ),
    "unit_twice": Sentence(
        gettext_lazy("叫“%(value)s”的单位有 %(other)s 个，这一行不导入。"),
        gettext_lazy("请改写成代码。"),
    ),
    "off_network": Sentence(
        gettext_lazy(
            "“%(value)s”等 %(other)s 行不在现在的路网里，算步行时间时用不上。"
        ),
        gettext_lazy("请核对坐标和坐标系。"),
    ),
    "outside_area": Sentence(
        gettext_lazy(
            "“%(value)s”等 %(other)s 行不在本单位的范围里，仍记在本单位名下。"
        ),
        gettext_lazy("请核对坐标和坐标系。"),
    ),
    "known_rows": Sentence(gettext_lazy("%(value)s 行和已有的记录一样，不会再记。")),
    "same_file": Sentence(
        gettext_lazy("同一个文件已经导入过。"),
        gettext_lazy("再导入一次也不会改变什么。"),
    ),
    "looks_shifted": Sentence(gettext_lazy("%(value)s")),
}


class TableForm(forms.Form):
    """A table, what it lists, and what its coordinates are in."""

    sort = forms.ChoiceField(
        label=gettext_lazy("是什么表"),
        choices=list(SORTS.items()),
        widget=forms.RadioSelect,
    )
    system = forms.ChoiceField(
        label=gettext_lazy("坐标从哪里来"),
        choices=SYSTEMS,
        help_text=gettext_lazy("选错会偏几百米。"),
    )
    file = forms.FileField(
        label=gettext_lazy("文件"),
        help_text=gettext_lazy("XLSX 或 CSV。先预览，确认以后才写入。"),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,.tsv,.txt"}),
        error_messages={
            "required": gettext_lazy("请选一个文件。"),
            "empty": gettext_lazy("文件是空的。请确认选对了文件。"),
        },
    )

    def clean_file(self) -> Any:
        """Refuse what is too large for a page."""
        return _small(self.cleaned_data["file"], MAX_WEB_BYTES)


class OsmForm(forms.Form):
    """A file of OpenStreetMap, where it is from, which day it shows."""

    file = forms.FileField(
        label=gettext_lazy("OSM 地图文件"),
        help_text=gettext_lazy(".osm.pbf 或 .osm，不超过 100 MB。"),
        widget=forms.FileInput(attrs={"accept": ".pbf,.osm,.xml,.gz,.bz2"}),
        error_messages={
            "required": gettext_lazy("请选一个文件。"),
            "empty": gettext_lazy("文件是空的。请确认选对了文件。"),
        },
    )
    template = forms.ModelChoiceField(
        label=gettext_lazy("设施按哪个模板认"),
        queryset=Template.objects.filter(active=True),
        empty_label=None,
    )
    source = line(
        gettext_lazy("从哪里来的"),
        200,
        initial="OpenStreetMap",
        help_text=gettext_lazy("例如：Geofabrik 中国，2026 年 3 月。"),
    )
    data_on = day(gettext_lazy("是哪一天的数据"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        # Beside the form of tables, which has a file too.
        super().__init__(*args, **({"auto_id": "id_osm_%s"} | kwargs))

    def clean_file(self) -> Any:
        """Refuse what is too large for a page."""
        return _small(self.cleaned_data["file"], MOST_OSM_BYTES)

    def clean_data_on(self) -> date | None:
        """Let no map show tomorrow."""
        on: date | None = self.cleaned_data["data_on"]
        if on is not None and on > timezone.localdate():
            raise forms.ValidationError(_("这一天还没有到，请核对。"))
        return on


def _small(file: Any, most: int) -> Any:
    if (file.size or 0) > most:
        raise forms.ValidationError(
            _("文件有 %(size).1f MB，最多收 %(most)d MB。请管理员用命令行导入。"),
            "too_large",
            {"size": (file.size or 0) / MEGABYTE, "most": most // MEGABYTE},
        )
    return file


class TakeForm(forms.Form):
    """What to take of a file besides its streets."""

    facilities = forms.BooleanField(
        label=gettext_lazy("取设施"), required=False, initial=True
    )
    homes = forms.BooleanField(
        label=gettext_lazy("取标明是住宅的房屋"), required=False, initial=True
    )
    buildings = forms.BooleanField(
        label=gettext_lazy("也取没有标明用途的房屋"),
        required=False,
        help_text=gettext_lazy("国内的地图大多没有标，取了再把不住人的停用。"),
    )


def columns(sort: str, kinds: Iterable[FacilityKind]) -> list[Column]:
    """Return the columns of a blank table."""
    notes = {
        "lon": _("例如 106.630200"),
        "lat": _("例如 26.647000"),
        "unit": _("本单位或下级的名称或代码；空着就按位置归"),
        "elderly": _("60 岁及以上"),
    }
    own = {
        FACILITIES: ("name", "kind", "lon", "lat", "capacity", "opening_hours", "unit"),
        HOMES: ("name", "lon", "lat", "households", "residents", "elderly", "unit"),
    }[sort]
    offered = tuple(kind.name_zh for kind in kinds)
    return [
        Column(
            title(sort, name),
            notes.get(name, ""),
            needed=name in (*NEEDED[sort], "lon", "lat"),
            # A list in a cell holds 255 characters.
            choices=offered
            if name == "kind" and sum(map(len, offered)) + len(offered) < 255
            else (),
        )
        for name in own
    ]
