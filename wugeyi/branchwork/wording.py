"""Approvals in words: what a ballot needs, what a decision still lacks, which article."""

from collections.abc import Callable

from django.utils.functional import Promise
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _later

from wugeyi.branchwork.models.decisions import BODY_NAMES, STAGE_NAMES
from wugeyi.branchwork.rules.approvals import Lack, Lacking
from wugeyi.branchwork.rules.matters import Matter
from wugeyi.branchwork.rules.meetings import (
    THRESHOLDS,
    Body,
    Check,
    Condition,
    Result,
    Stage,
)
from wugeyi.ui import phrases

PEOPLE: dict[Condition, Promise] = {
    Condition.DUE: _later("组成人数"),
    Condition.ATTENDED: _later("到会"),
    Condition.IN_FAVOUR: _later("同意"),
}
LACKS: dict[Lacking, Promise] = {
    Lacking.WITHDRAWN: _later("这次议事已经撤回。"),
    Lacking.NO_PROCEDURE: _later("还没有登记走什么程序。"),
    Lacking.NO_MATTER: _later("还没有选属于集体经济组织的哪类事项。"),
    Lacking.NOT_RECORDED: _later("%(stage)s：没有登记日期。"),
    Lacking.NO_BODY: _later("%(stage)s：没有选是什么会。"),
    Lacking.OTHERS_BALLOT: _later("%(stage)s：这种会不能在这一步表决。"),
    Lacking.ORDER: _later("%(stage)s的日期早于前一步，请核对。"),
}


def matter_name(matter: Matter) -> str:
    """Return what a matter is called in the reader's language."""
    return matter.name_en if get_language() == "en" else matter.name_zh


def refused_because(matter: Matter, body: Body) -> str:
    """Say why a body may not decide a matter, with the article."""
    told = {
        "body": BODY_NAMES[body],
        "matter": matter_name(matter),
        "where": matter.where,
        "source": THRESHOLDS[body].source,
    }
    if matter.item:
        return (
            _(
                "%(body)s不能决定“%(matter)s”：%(source)s第四款把本法%(where)s留给了"
                "成员大会。请召开成员大会。"
            )
            % told
        )
    return (
        _(
            "%(body)s不能决定“%(matter)s”：农村集体经济组织法%(where)s要成员大会全体"
            "成员四分之三以上同意。请召开成员大会。"
        )
        % told
    )


def lack_words(lack: Lack) -> str:
    """Say what a decision still lacks."""
    stage = STAGE_NAMES[lack.stage] if lack.stage else ""
    if lack.what is Lacking.CHECK and lack.check is not None:
        told = {"stage": stage, "what": check_words(lack.check)}
        return _("%(stage)s：%(what)s。") % told
    if lack.what is Lacking.RESERVED and lack.matter is not None:
        return refused_because(lack.matter, Body.COLLECTIVE_REPRESENTATIVES)
    return str(LACKS[lack.what]) % {"stage": stage}


def check_words(check: Check) -> str:
    """Say what a condition needs and whether it is fulfilled."""
    special: dict[Condition, Callable[[Check], str]] = {
        Condition.NOTICE: _notice,
        Condition.HOUSEHOLDS: _households,
        Condition.SIZE: _size,
    }
    if check.condition in special:
        return special[check.condition](check)
    values = {
        "name": PEOPLE[check.condition],
        "needed": phrases.number(check.needed or 0),
        "have": phrases.number(check.have or 0),
        "short": check.short_by,
    }
    if check.result is Result.FULFILLED:
        said = _("%(name)s够了：要 %(needed)s 人，有 %(have)s 人")
    elif check.result is Result.SHORT:
        said = ngettext(
            "%(name)s还差 %(short)s 人：要 %(needed)s 人，有 %(have)s 人",
            "%(name)s还差 %(short)s 人：要 %(needed)s 人，有 %(have)s 人",
            check.short_by,
        )
    elif check.needed is None:
        said = _("%(name)s：人数没有记全，不能核对")
    else:
        said = _("%(name)s：要 %(needed)s 人，实际没有记")
    return said % values


def _notice(check: Check) -> str:
    told = {"needed": check.needed, "have": check.have}
    if check.result is Result.FULFILLED:
        return _("提前 %(have)s 天通知，够了：要提前 %(needed)s 天") % told
    if check.result is Result.SHORT:
        return _("只提前 %(have)s 天通知：要提前 %(needed)s 天") % told
    return _("哪天通知的没有记：要提前 %(needed)s 天") % told


def _households(check: Check) -> str:
    told = {"have": check.have}
    if check.result is Result.FULFILLED:
        return _("平均 %(have)s 户一名代表，合适：一般每 5 至 15 户一名") % told
    if check.result is Result.SHORT:
        return _("平均 %(have)s 户一名代表：一般每 5 至 15 户一名") % told
    return _("共有几户没有记：一般每 5 至 15 户选一名代表")


def _size(check: Check) -> str:
    told = {"have": check.have}
    if check.result is Result.FULFILLED:
        return _("理事 %(have)s 人，合适：一般 3 至 7 人，单数") % told
    return _("理事 %(have)s 人：一般 3 至 7 人，单数") % told


def stage_name(stage: Stage) -> str:
    """Return what a step is called."""
    return str(STAGE_NAMES[stage])
