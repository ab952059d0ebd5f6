"""Where a case stands, in words for the person who asked and for everybody."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from wugeyi.casework.models import Case
from wugeyi.casework.rules.states import Outcome, State
from wugeyi.ui import phrases


@dataclass(frozen=True, slots=True)
class Standing:
    """A tone of the interface's state mark, and its words."""

    tone: str
    words: str


def standing(case: Case) -> Standing:
    """Say where a case stands; a merged one stands where the other does."""
    if case.state == State.MERGED and case.merged_into is not None:
        return standing(case.merged_into)
    if case.state == State.CLOSED:
        return _ended(Outcome(case.outcome))
    words = {
        State.NEW: ("new", _("已收到，正在确定由谁办")),
        State.ASSIGNED: ("new", _("已派出，等签收")),
        State.OBJECTED: ("waiting", _("正在确定由谁办")),
        State.WORKING: ("working", _("办理中")),
        State.ANSWERED: ("answered", _("已答复，等确认")),
        State.MERGED: ("closed", _("已合并")),
    }
    return Standing(*words[State(case.state)])


def _ended(outcome: Outcome) -> Standing:
    words = {
        Outcome.RESOLVED: ("resolved", _("已解决")),
        Outcome.UNREACHED: ("closed", _("已结束，没有联系上")),
        Outcome.REFERRED: ("closed", _("已告知法定途径")),
        Outcome.WITHDRAWN: ("closed", _("诉求人已撤回")),
    }
    return Standing(*words[outcome])


def by_when(at: datetime | None) -> str:
    """Say a deadline as people do: midnight is the end of the day before; "" for None."""
    if at is None:
        return ""
    if timezone.localtime(at).time() == datetime.min.time():
        last = timezone.localdate(at - timedelta(seconds=1))
        return _("%(day)s结束前") % {"day": phrases.day(last)}
    return _("%(moment)s 前") % {"moment": phrases.moment(at)}
