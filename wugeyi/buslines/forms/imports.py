"""A file of tables, and from which day it holds; what is said of its rows."""

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wugeyi.buslines.forms.fields import Day
from wugeyi.imports.rules import MAX_WEB_BYTES

MEGABYTE = 1024 * 1024


class TablesForm(forms.Form):
    """A workbook, or CSV tables in a ZIP."""

    file = forms.FileField(
        label=_("表格文件"),
        help_text=_("按空白表格填好的 .xlsx；也收装着 CSV 的 .zip。只有一张表也行。"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.zip,.csv"}),
    )

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


class TakeForm(forms.Form):
    """From when the file holds, and what happens to what it does not have."""

    on = Day(
        label=_("从哪天起按这份表"), help_text=_("表里自己写了起用日期的，按表里的。")
    )
    end_missing = forms.BooleanField(
        label=_("表里没有的就停用"),
        required=False,
        help_text=_("只看这份文件里有的那几张表。"),
    )


FAULTS: dict[str, Promise] = {
    "kind": _("“%(code)s”以前登记的不是这一类地点，不能改种类。"),
    "coordinates": _("“%(code)s”的经度和纬度要么都填，要么都不填。"),
    "no_stop": _("站点“%(code)s”既不在表里，也没有登记过。"),
    "no_market": _("市场“%(code)s”既不在表里，也没有登记过。"),
    "no_depot": _("车场“%(code)s”既不在表里，也没有登记过。"),
    "no_vehicle": _("车“%(code)s”既不在表里，也没有登记过。"),
    "no_place": _("地点“%(code)s”既不在表里，也没有登记过。"),
    "code": _("编号“%(code)s”不能用：最长 20 个字，中间不能有空格。"),
    "twice": _("编号“%(code)s”在表里出现了两次。"),
    "long": _("名称太长，最多 %(most)s 个字。"),
    "number": _("“%(field)s”是 %(number)s，要在 %(least)s 到 %(most)s 之间。"),
    "turned": _("时间前后颠倒：%(first)s 晚于 %(last)s。"),
    "days": _("停用日期要在起用日期之后。"),
    "rule": _("没有名为“%(code)s”的规则。"),
    "nameless": _("驾驶员要写姓名。"),
    "licence": _("请核对初次领证日期：%(day)s。"),
    "absent": _(
        "“%(text)s”看不出是哪天。请写 2026-03-02，连着几天写 2026-03-02..2026-03-04。"
    ),
    "driving": _(
        "驾驶时段“%(text)s”不对：写成 06:00-08:10 08:30-10:00，在上班和下班之间，前后不重叠。"
    ),
    "weekdays": _("星期“%(text)s”不对：写成 1 到 7，1 是星期一，例如 12345。"),
    "long_basis": _("依据太长，最多 %(most)s 个字。"),
    "fare_base": _("票价表里要有“筐数起”是 0 的一行，写不带筐的票价。"),
    "fare_twice": _("“%(baskets)s 筐起”写了两行，只能有一行。"),
    "fare_caps": _("写了几个不同的封顶价，只能有一个。"),
    "fare_cap": _("封顶不能比不带筐的票价还低。"),
    "fare_many": _("分档太多，最多 %(most)s 档。"),
    "fare_days": _("从同一天起只能有一份票价：各行的停用日期要一样。"),
}
RECORDS: dict[str, Promise] = {
    "spot": _("站点、市场、车场"),
    "vehicle": _("车辆"),
    "demand": _("菜农的需求"),
    "driver": _("驾驶员"),
    "regularduty": _("共用车的常规班"),
    "otherduty": _("其他班务"),
    "rule": _("规则"),
    "fares": _("票价"),
    "ways": _("行车时间"),
    "timetable": _("常规车时刻"),
}
