"""Acts on things and their days."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from wugeyi.organisations.views.acts import Act, Sent
from wugeyi.sharing.actions import things
from wugeyi.sharing.forms import staff as forms
from wugeyi.sharing.models import OtherDay, Thing

PLAIN = (
    "title",
    "about",
    "place",
    "conditions",
    "who",
    "accepts_itself",
    "most",
    "ahead_days",
)


def _said(values: dict[str, Any], by: str) -> things.Offer:
    sharing = values["sharing"]
    return things.Offer(
        title=values["title"],
        kind_id=values["kind"].pk,
        by=by,
        who=values["who"],
        most=values["most"],
        sharing_id=sharing.pk if sharing else None,
        about=values["about"],
        place=values["place"],
        conditions=values["conditions"],
        accepts_itself=values["accepts_itself"],
        ahead_days=values["ahead_days"],
    )


def _offer(sent: Sent) -> Thing:
    values = sent.values
    return things.offer_thing(
        partner=sent.row,
        offer=_said(values, values["by"]),
        pieces=values["pieces"],
        week=values["week"],
        since_on=values["since_on"],
        **sent.once,
    )


def _edit(sent: Sent) -> None:
    things.edit_thing(
        thing=sent.row,
        offer=_said(sent.values, sent.row.by),
        pieces=sent.values["pieces"],
        **sent.versioned,
    )


def _hours(sent: Sent) -> None:
    things.set_hours(thing=sent.row, week=sent.values["week"], **sent.versioned)


def _other(sent: Sent) -> None:
    things.set_other_day(
        thing=sent.row,
        on=sent.values["on"],
        span=sent.values["hours"],
        why=sent.values["why"],
        **sent.usual,
    )


def _drop(sent: Sent) -> Thing:
    row: OtherDay = sent.row
    things.drop_other_day(other=row, **sent.usual)
    return row.thing


def _withdraw(sent: Sent) -> None:
    things.withdraw_thing(thing=sent.row, on=sent.values["on"], **sent.versioned)


def _new(row: Any, today: date) -> dict[str, Any]:
    return {
        "since_on": max(today, row.since_on),
        "by": "hour",
        "who": "everybody",
        "pieces": 1,
        "most": 4,
        "ahead_days": 30,
    }


def _known(row: Thing, today: date) -> dict[str, Any]:
    return {
        **{name: getattr(row, name) for name in PLAIN},
        "kind": row.kind_id,
        "sharing": row.sharing_id,
        "pieces": row.pieces.count(),
    }


def _week(row: Thing, today: date) -> dict[str, Any]:
    found: dict[str, list[tuple[int, int]]] = {}
    for each in row.openings.all():
        found.setdefault(f"day{each.weekday}", []).append((each.begin, each.end))
    return found


OF_PARTNER = {
    "thing": Act(
        title=_("登记共享内容"),
        done=_("放进目录了，并留痕。"),
        form=forms.NewThingForm,
        do=_offer,
        initial=_new,
        lead=_("共享都不收费。开放时间按一周写，节假日可以再单独写。"),
    ),
}
OF_THING = {
    "edit": Act(
        title=_("更正共享内容"),
        done=_("已更正，并留痕。"),
        form=forms.ThingForm,
        do=_edit,
        initial=_known,
    ),
    "hours": Act(
        title=_("改开放时间"),
        done=_("开放时间改好了，并留痕。"),
        form=forms.WeekForm,
        do=_hours,
        initial=_week,
        lead=_("已经约好的不受影响。"),
    ),
    "other-day": Act(
        title=_("特别的一天"),
        done=_("记下了，并留痕。"),
        form=forms.OtherDayForm,
        do=_other,
        lead=_(
            "节假日休息，或者这一天开放时间不一样。已经约好的不受影响，请另外告知。"
        ),
    ),
    "withdraw": Act(
        title=_("不再共享"),
        done=_("从目录里撤下了，并留痕。"),
        form=forms.EndForm,
        do=_withdraw,
        initial=lambda row, today: {"on": max(today, row.since_on)},
        lead=_("不再接受新的预约；已经答应的照旧。"),
        button=_("撤下"),
        dangerous=True,
    ),
}
OF_OTHER_DAY = {
    "drop": Act(
        title=_("取消特别的一天"),
        done=_("这一天又和平常一样了。"),
        form=forms.NothingForm,
        do=_drop,
        button=_("取消"),
    ),
}
