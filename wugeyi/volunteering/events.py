"""What people can hear of from here, and who follows what without an account."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wugeyi.casework.rules.receipts import display, normalise
from wugeyi.notices import registry
from wugeyi.notices.registry import Event, Topic
from wugeyi.notices.rules import Reader
from wugeyi.volunteering.actions.telling import ASKED, MINE
from wugeyi.volunteering.models import Help
from wugeyi.volunteering.views import who

EVENTS = (
    Event(
        "volunteering.emergency",
        gettext_lazy("有人闪报紧急情况"),
        gettext_lazy("紧急：%(place)s 有人闪报"),
        gettext_lazy("%(place)s 有人报告紧急情况，地点：%(spot)s。请马上打开看。"),
        default=True,
        urgent=True,
        always=True,
    ),
    *(
        Event(
            f"volunteering.result{ending}",
            gettext_lazy("我报的事有了结果"),
            gettext_lazy("您报的事有了结果"),
            gettext_lazy("您报的 %(number)s 已经有了结果，点开看看。"),
            default=True,
            personal=not ending,
            public=bool(ending),
        )
        for ending in ("", "-link")
    ),
    *(
        Event(
            f"volunteering.recalled{ending}",
            gettext_lazy("社区收回了我接下的求助"),
            gettext_lazy("您接下的求助社区收回了"),
            gettext_lazy(
                "您接下的求助（%(kind)s）社区收回了，请不要再去。点开看原因。"
            ),
            default=True,
            personal=not ending,
            public=bool(ending),
        )
        for ending in ("", "-link")
    ),
    Event(
        "volunteering.help-free",
        gettext_lazy("接我求助的人来不了了"),
        gettext_lazy("您的求助又在等人接"),
        gettext_lazy(
            "接下您求助（%(kind)s）的志愿者来不了了，别人还可以接。急事请打社区电话。"
        ),
        default=True,
        public=True,
    ),
    Event(
        "volunteering.help-taken",
        gettext_lazy("有人来帮我了"),
        gettext_lazy("有人来帮您了"),
        gettext_lazy("您请人帮的忙（%(kind)s）有志愿者接下了。"),
        default=True,
        public=True,
    ),
    Event(
        "volunteering.help-done",
        gettext_lazy("志愿者说帮好了"),
        gettext_lazy("请您确认：帮好了吗"),
        gettext_lazy("志愿者说您请的忙（%(kind)s）帮好了，请点开确认一下。"),
        default=True,
        public=True,
    ),
    Event(
        "volunteering.help-declined",
        gettext_lazy("社区没有公布我的求助"),
        gettext_lazy("您的求助没有公布"),
        gettext_lazy("您请人帮的忙（%(kind)s）社区没有公布，点开看原因。"),
        default=True,
        public=True,
    ),
    Event(
        "volunteering.help-expired",
        gettext_lazy("我的求助过了时间"),
        gettext_lazy("您的求助过了时间"),
        gettext_lazy(
            "您请人帮的忙（%(kind)s）没有人接，已经过了时间。可以打社区电话。"
        ),
        default=True,
        public=True,
    ),
)


def _asked_label(key: int) -> str:
    row = Help.objects.filter(pk=key).only("kind").first()
    kind = row.get_kind_display() if row is not None else ""
    return _("我请人帮的忙：%(kind)s") % {"kind": kind}


def _asked_may(request: HttpRequest, key: int) -> bool:
    code = Help.objects.filter(pk=key).values_list("code", flat=True).first()
    return code is not None and normalise(request.POST.get("code", "")) == code


def _asked_show(_request: HttpRequest, key: int) -> HttpResponse:
    code = Help.objects.values_list("code", flat=True).get(pk=key)
    return redirect("volunteering:asked", code=display(code))


def _mine_label(_key: int) -> str:
    return _("我的志愿服务")


def _mine_may(request: HttpRequest, key: int) -> bool:
    own = who.volunteer_of(request)
    return own is not None and own.pk == key


def _mine_show(_request: HttpRequest, _key: int) -> HttpResponse:
    return redirect("volunteering:mine")


def _nothing_yet(_reader: Reader, _key: int, _at: datetime) -> None:
    """Tell nothing at first: the page one comes from says it all."""


def _kind(code: str) -> str:
    """Say what help is asked for; a row told before codes were is a word already."""
    return str(dict(Help.Kind.choices).get(code, code))


def _spot(text: str) -> str:
    return text or _("没有说")


def register() -> None:
    """Hand these to the notices."""
    registry.say("volunteering", kind=_kind, spot=_spot)
    for event in EVENTS:
        registry.register(event)
    registry.register_topic(
        Topic(ASKED, _asked_label, _asked_may, _asked_show, _nothing_yet)
    )
    registry.register_topic(
        Topic(MINE, _mine_label, _mine_may, _mine_show, _nothing_yet)
    )
