"""What casework tells by message: the reporter of the case, staff of their desk."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wugeyi.accounts.models import User
from wugeyi.audit.rules import Actor
from wugeyi.casework.models import Callback, Case
from wugeyi.casework.rules.closing import REOPEN_WITHIN
from wugeyi.casework.rules.escalation import Stage
from wugeyi.notices import registry
from wugeyi.notices.actions import Reader, tell
from wugeyi.notices.registry import Event

TOPIC = "casework.case"
# What a holder of the receipt hears after which act.
NEWS = {
    "assign": "casework.routed",
    "uphold": "casework.routed",
    "answer": "casework.answered",
    "refer": "casework.referred",
}
CALLED_BACK = {
    Callback.Result.RESOLVED.value: "casework.resolved",
    Callback.Result.UNRESOLVED.value: "casework.reopened",
}
EVENTS = (
    Event(
        "casework.received",
        _("收到了"),
        _("诉求 %(number)s：以后有进展就告诉您"),
        _(
            "您在 %(day)s 反映的事，我们收到了，现在由%(handler)s办。以后有进展就这样告诉您。"
        ),
        default=True,
        public=True,
    ),
    Event(
        "casework.routed",
        _("转给了别的单位"),
        _("诉求 %(number)s 转给了%(handler)s"),
        _("您反映的事现在由%(handler)s办。"),
        default=True,
        public=True,
    ),
    Event(
        "casework.answered",
        _("有答复了"),
        _("诉求 %(number)s 有答复了，解决了吗？"),
        _("%(handler)s答复了。请看一看，告诉我们解决了没有；您说了才算。"),
        default=True,
        public=True,
    ),
    Event(
        "casework.referred",
        _("要走别的法定途径"),
        _("诉求 %(number)s 要走别的途径"),
        _("这件事要走别的法定途径办，该找谁、怎么找，写在办理经过里。"),
        default=True,
        public=True,
    ),
    Event(
        "casework.reopened",
        _("重新办理"),
        _("诉求 %(number)s 重新办理"),
        _("没有解决，已经退回%(handler)s重新办理。"),
        default=True,
        public=True,
    ),
    Event(
        "casework.resolved",
        _("办结了"),
        _("诉求 %(number)s 办结了"),
        _("记为“已解决”。%(days)s 天内又出现，可以要求重新办理。"),
        default=True,
        public=True,
    ),
    Event(
        "casework.danger",
        _("有人报告危险，到了我的单位"),
        _("危险：%(place)s有人报告，编号 %(number)s"),
        _(
            "%(place)s有人报告危及人身安全的事，编号 %(number)s，交给了%(handler)s。请马上看。"
        ),
        default=True,
        urgent=True,
        always=True,
    ),
    Event(
        "casework.arrived",
        _("新的诉求到了我的单位"),
        _("新诉求 %(number)s，%(place)s"),
        _("%(handler)s有一件新诉求，编号 %(number)s，地点%(place)s。"),
    ),
    Event(
        "casework.asked",
        _("有单位请我的单位协办"),
        _("请协办：诉求 %(number)s"),
        _("%(handler)s请您的单位协办诉求 %(number)s。"),
    ),
    Event(
        "casework.soon",
        _("快到期了"),
        _("诉求 %(number)s 快到期了"),
        _("%(handler)s办的诉求 %(number)s 快到期了，还没有答复。"),
    ),
    Event(
        "casework.late",
        _("超期了，提醒到了我的单位"),
        _("诉求 %(number)s 超期了"),
        _("%(handler)s办的诉求 %(number)s 超期了，还没有答复。"),
        urgent=True,
    ),
)


def register() -> None:
    """Register what is told here."""
    for event in EVENTS:
        registry.register(event)


def values(case: Case) -> dict[str, str]:
    """Return what goes into the sentences: never the words or the name of who asked."""
    return {
        "number": case.number,
        "day": case.registered_on.isoformat(),
        "place": str(case.place),
        "handler": str(case.handler),
        "days": str(REOPEN_WITHIN.days),
    }


def received(reader: Reader, key: int, at: datetime) -> None:
    """Tell somebody who follows a case from now on that we have it."""
    case = Case.objects.select_related("place", "handler").get(pk=key)
    tell(
        event="casework.received",
        to=reader,
        values=values(case),
        url="",
        key=f"casework.received:{case.pk}:{reader.subscriber}",
        at=at,
    )


def tell_desk(
    case: Case, event: str, organisation: int, *, mark: str, at: datetime
) -> None:
    """Tell those who work at an organisation of a case; never the party reported."""
    if organisation == case.reported_party_id:
        return
    tell(
        event=event,
        to=Reader.at_desk(organisation),
        values=values(case),
        url=reverse("desk:case", args=[case.pk]),
        key=f"{event}:{case.pk}:{mark}",
        at=at,
    )


def registered(case: Case, *, at: datetime) -> None:
    """Tell the desk that a case came; of a danger also at night."""
    event = "casework.danger" if case.danger else "casework.arrived"
    if case.merged_into_id is None or case.danger:
        tell_desk(case, event, case.handler_id, mark="1", at=at)


def acted(
    case: Case, action: str, result: object, *, by: User | Actor | None, at: datetime
) -> None:
    """Tell of an act, after the case was written: who holds a receipt, and a new desk.

    What somebody says with the receipt itself they need not be told.
    """
    event = NEWS.get(action) or CALLED_BACK.get(str(result))
    if event is not None and isinstance(by, User):
        tell(
            event=event,
            to=Reader.holder(TOPIC, case.pk),
            values=values(case),
            url="",
            # The version counts every write: the same act is never told twice.
            key=f"{event}:{case.pk}:{case.version}",
            at=at,
        )
    if event == "casework.routed":
        mark = str(case.version)
        tell_desk(case, "casework.arrived", case.handler_id, mark=mark, at=at)


def escalated(case: Case, reached: Stage, organisation: int, *, at: datetime) -> None:
    """Tell the desk that was reminded."""
    event = "casework.soon" if reached is Stage.SOON else "casework.late"
    mark = f"{reached.value}:{case.due_at:%Y%m%d%H%M%S}"
    tell_desk(case, event, organisation, mark=mark, at=at)
