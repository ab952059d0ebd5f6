"""A map, a regular timetable, and the day of operation that is taken of it."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wugeyi.buslines.forms.fields import Day
from wugeyi.buslines.rules.files import MOST_FEED_BYTES, MOST_MAP_BYTES

MEGABYTE = 1024 * 1024


def _small(file: Any, most: int) -> Any:
    if (file.size or 0) > most:
        raise forms.ValidationError(
            _("文件有 %(size).1f MB，最多收 %(most)d MB。请先裁小一些。"),
            "too_large",
            {"size": (file.size or 0) / MEGABYTE, "most": most // MEGABYTE},
        )
    return file


class MapForm(forms.Form):
    """A file of OpenStreetMap."""

    file = forms.FileField(
        label=_("OSM 地图文件"),
        help_text=_("这一带的 .osm.pbf 或 .osm，不超过 100 MB。"),
        widget=forms.FileInput(attrs={"accept": ".pbf,.osm,.xml,.gz,.bz2"}),
    )

    def clean_file(self) -> Any:
        """Refuse what is too large for a page."""
        return _small(self.cleaned_data["file"], MOST_MAP_BYTES)


class FeedForm(forms.Form):
    """A regular timetable."""

    file = forms.FileField(
        label=_("GTFS 时刻表文件"),
        help_text=_("公交公司给的 .zip，不超过 30 MB。"),
        widget=forms.FileInput(attrs={"accept": ".zip"}),
    )

    def clean_file(self) -> Any:
        """Refuse what is too large for a page."""
        return _small(self.cleaned_data["file"], MOST_FEED_BYTES)


class DayOfFeedForm(forms.Form):
    """Which day's buses count, how near a stop has to be, from when."""

    service_on = Day(
        label=_("取哪天的班次"), help_text=_("选一个和惠农专线同样开行的日子。")
    )
    within_metres = forms.IntegerField(
        label=_("多近算同一站（米）"), min_value=1, max_value=1000, initial=60
    )
    on = Day(label=_("从哪天起按它错开"))

    def clean_on(self) -> date:
        """Refuse days nobody means."""
        on: date = self.cleaned_data["on"]
        if not date(2000, 1, 1) <= on <= date(2099, 12, 31):
            raise forms.ValidationError(_("这个日期太远了，请核对年份。"), "far")
        return on
