"""What the gallery of parts (/design) shows: invented things, one of every kind."""

from datetime import datetime, timedelta

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

URGENCIES = [
    ("now", gettext_lazy("现在就有危险")),
    ("day", gettext_lazy("一两天内要办")),
    ("later", gettext_lazy("不急")),
]
CATEGORIES = [
    ("", gettext_lazy("请选择")),
    ("light", gettext_lazy("路灯")),
    ("water", gettext_lazy("供水")),
    ("road", gettext_lazy("道路")),
]


class GalleryForm(forms.Form):
    """Every kind of field."""

    text = forms.CharField(
        label=gettext_lazy("出了什么事"),
        help_text=gettext_lazy("一句话就够，例如“单元门口的路灯坏了三天”。"),
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": 1000, "data-count": ""}),
    )
    category = forms.ChoiceField(label=gettext_lazy("类别"), choices=CATEGORIES)
    urgency = forms.ChoiceField(
        label=gettext_lazy("急不急"),
        choices=URGENCIES,
        widget=forms.RadioSelect,
    )
    phone = forms.CharField(
        label=gettext_lazy("电话"),
        required=False,
        help_text=gettext_lazy("只有回访的人看得到，办结三个月后删除。"),
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
    )
    photos = forms.FileField(
        label=gettext_lazy("照片"),
        required=False,
        help_text=gettext_lazy("发送前会缩小，并去掉拍摄地点等信息。"),
        widget=forms.FileInput(attrs={"accept": "image/*"}),
    )
    follow = forms.BooleanField(
        label=gettext_lazy("办好后请给我打电话"), required=False
    )


def form(*, wrong: bool) -> GalleryForm:
    """Give the form with values, or with an error on every field that can have one."""
    if not wrong:
        return GalleryForm(
            initial={"text": _("单元门口的路灯坏了三天"), "urgency": "day"}
        )
    bound = GalleryForm({"phone": "1"}, auto_id="wrong_%s")
    bound.is_valid()
    bound.add_error("phone", _("电话号码太短。手机是 11 位，座机请加区号。"))
    return bound


def context(now: datetime, hour: timedelta) -> dict[str, object]:
    """Give everything the gallery's template asks for.

    Parameters
    ----------
    now : datetime
        Aware; deadlines and history are told from it.
    hour : timedelta
        The grain of the shown spans.
    """
    return {
        "now": now,
        "nav": navigation(),
        "states": states(),
        "deadlines": [
            now + 6 * 24 * hour,
            now + 5 * hour,
            now + hour / 3,
            now - 3 * hour,
            now - 9 * 24 * hour,
        ],
        "form": form(wrong=False),
        "wrong": form(wrong=True),
        "rows": rows(now, hour),
        "history": history(now, hour),
        "facts": facts(),
        "path": [
            {"name": _("贵阳市"), "url": "#"},
            {"name": _("云岩区"), "url": "#"},
            {"name": _("示范街道"), "url": "#"},
            {"name": _("金元社区"), "url": "#", "current": True},
        ],
        "tabs": [
            {"label": _("今天到期"), "url": "#", "count": 4, "current": True},
            {"label": _("办理中"), "url": "#", "count": 37},
            {"label": _("待回访"), "url": "#", "count": 1208},
            {"label": _("全部"), "url": "#", "count": None},
        ],
        "points": points(),
    }


def navigation() -> list[dict[str, object]]:
    """Give a desk's navigation, long enough to need 更多 on a phone."""
    items = (
        (_("工作台"), "home", None, True),
        (_("办件"), "list", 37, False),
        (_("代录"), "report", None, False),
        (_("地图"), "map", None, False),
        (_("督办"), "bell", 4, False),
        (_("数据"), "chart", None, False),
        (_("名册"), "tree", None, False),
    )
    return [
        {"label": label, "url": "#", "icon": icon, "count": count, "current": current}
        for label, icon, count, current in items
    ]


def states() -> list[tuple[str, str]]:
    """Every tone with a word it would carry."""
    return [
        ("new", _("待受理")),
        ("working", _("办理中")),
        ("waiting", _("等待补充")),
        ("answered", _("已答复")),
        ("resolved", _("已解决")),
        ("closed", _("已关闭")),
        ("urgent", _("紧急")),
    ]


def rows(now: datetime, hour: timedelta) -> list[dict[str, object]]:
    """Invent some cases."""
    cases = (
        (_("单元门口路灯坏了三天，老人晚上不敢出门"), "working", 5, 3),
        (_("菜市场后门排水沟堵塞"), "new", 30, 12),
        (_("三号楼半夜有人装修"), "answered", 80, 1),
        (_("人行道地砖松动，孩子绊倒过"), "urgent", -3, 2),
    )
    names = dict(states())
    return [
        {
            "code": f"26-{4107 + place}",
            "title": title,
            "tone": tone,
            "state": names[tone],
            "due": now + hours * hour,
            "same": same,
            "unit": _("金元社区"),
        }
        for place, (title, tone, hours, same) in enumerate(cases)
    ]


def history(now: datetime, hour: timedelta) -> list[dict[str, object]]:
    """Invent a case's history, newest first."""
    return [
        {
            "what": _("已答复"),
            "who": _("路灯管理所"),
            "at": now - hour,
            "text": _("灯泡和线路都已更换，今晚会亮。请您看一眼再告诉我们。"),
        },
        {
            "what": _("转派到路灯管理所"),
            "who": _("金元社区"),
            "at": now - 20 * hour,
            "text": _("按职责清单第三版，路灯由路灯管理所负责。"),
        },
        {
            "what": _("超过期限，已告知街道"),
            "who": "",
            "at": now - 26 * hour,
            "text": "",
            "tone": "urgent",
        },
        {
            "what": _("收到反映"),
            "who": _("居民"),
            "at": now - 400 * 24 * hour,
            "text": _("单元门口的路灯坏了三天。"),
            "tone": "closed",
        },
    ]


def facts() -> list[tuple[str, str | None]]:
    """Names and values, one of them unknown."""
    return [
        (_("编号"), "26-4107"),
        (_("地点"), _("金元社区三号楼一单元门口")),
        (
            _("派到这里的理由"),
            _("地点在金元社区范围内；“路灯”按职责清单第三版由路灯管理所负责。"),
        ),
        (_("项目"), None),
    ]


def points() -> dict[str, object]:
    """Points round an invented centre, enough of them near together to be grouped."""
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "geometry": {
                    "type": "Point",
                    "coordinates": [
                        106.70 + 0.004 * (place % 5),
                        26.58 + 0.003 * (place // 5),
                    ],
                },
                "properties": {
                    "title": _("第 %(n)s 件") % {"n": place + 1},
                    "text": _("路灯"),
                    "url": "#",
                },
            }
            for place in range(20)
        ],
    }
