"""The steps people take on a case, as data: words, form, action, where they belong."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wugeyi.accounts.models import User
from wugeyi.casework.actions import closing, combining, handling, publishing
from wugeyi.casework.forms import steps as forms
from wugeyi.casework.models import Case, Exclusion, Pause, Update
from wugeyi.casework.rules.access import Where, may
from wugeyi.casework.rules.states import State, Step, allowed
from wugeyi.organisations.rules import Reach
from wugeyi.uploads.models import Upload


@dataclass(frozen=True, slots=True)
class Sent:
    """What a form brought, ready for an action."""

    case: Case
    values: dict[str, Any]
    by: User
    at: datetime
    photos: list[Upload] = field(default_factory=list)

    @property
    def usual(self) -> dict[str, Any]:
        """Return the arguments every action takes."""
        return {
            "case": self.case,
            "by": self.by,
            "at": self.at,
            "version": self.values.get("version"),
        }


@dataclass(frozen=True, slots=True)
class Facts:
    """What the case page knows beside the case: it decides which steps are offered."""

    pause: Pause | None = None
    exclusion: Exclusion | None = None


@dataclass(frozen=True, slots=True)
class Spec:
    """One step as people see it."""

    slug: str
    steps: tuple[Step, ...]
    title: Promise
    button: Promise
    done: Promise
    form: type[forms.StepForm]
    do: Callable[[Sent], object]
    group: str
    icon: str
    hint: Promise | str = ""
    dangerous: bool = False
    # A step without anything to type is one press on the case page.
    at_once: bool = False
    # A letter that opens it on the case page.
    letter: str = ""
    fits: Callable[[Case, Facts], bool] = lambda case, facts: True

    def offered(self, case: Case, where: Where, reach: Reach, facts: Facts) -> bool:
        """Tell whether this person may take the step now."""
        state = State(case.state)
        return self.fits(case, facts) and any(
            allowed(step, state) and may(step, reach, where) for step in self.steps
        )


def _assign(sent: Sent) -> object:
    values = sent.values
    return handling.assign(to=values["to"], reason=values["reason"], **sent.usual)


def _object(sent: Sent) -> object:
    return handling.object_to(reason=sent.values["reason"], **sent.usual)


def _decide(sent: Sent) -> object:
    values = sent.values
    return handling.decide_objection(
        upheld=values["upheld"],
        to=values["to"] if values["upheld"] else None,
        reason=values["reason"],
        **sent.usual,
    )


def _contact(sent: Sent) -> object:
    return handling.write_update(
        kind=Update.Kind.CONTACT.value, text=sent.values["text"], **sent.usual
    )


def _update(sent: Sent) -> object:
    values = sent.values
    return handling.write_update(
        kind=values["kind"], text=values["text"], photos=sent.photos, **sent.usual
    )


def _pause(sent: Sent) -> object:
    values = sent.values
    return handling.pause(reason=values["reason"], text=values["text"], **sent.usual)


def _ask(sent: Sent) -> object:
    values = sent.values
    return handling.ask(organisation=values["to"], text=values["text"], **sent.usual)


def _answer(sent: Sent) -> object:
    return handling.answer(text=sent.values["text"], photos=sent.photos, **sent.usual)


def _call_back(sent: Sent) -> object:
    values = sent.values
    return closing.call_back(
        method=values["method"],
        result=values["result"],
        satisfaction=values["satisfaction"],
        text=values["text"],
        **sent.usual,
    )


def _refer(sent: Sent) -> object:
    return closing.refer(text=sent.values["text"], **sent.usual)


def _merge(sent: Sent) -> object:
    return combining.merge(into=sent.values["into"], **sent.usual)


def _split(sent: Sent) -> object:
    values = sent.values
    return combining.split(
        client_id=values["client_id"],
        text=values["text"],
        category=values["category"],
        place=values["to"],
        **sent.usual,
    )


def _reclassify(sent: Sent) -> object:
    values = sent.values
    return handling.reclassify(
        category=values["category"],
        urgency=values["urgency"],
        place=values["to"] or sent.case.place,
        reason=values["reason"],
        **sent.usual,
    )


def _exclude(sent: Sent) -> object:
    values = sent.values
    return closing.request_exclusion(
        reason=values["reason"], text=values["text"], **sent.usual
    )


def _publish(sent: Sent) -> object:
    values = sent.values
    return publishing.publish(
        public_text=values["public_text"],
        photos=[int(key) for key in values.get("photos", [])],
        **sent.usual,
    )


def _not_paused(case: Case, facts: Facts) -> bool:
    return facts.pause is None


def _countable(case: Case, facts: Facts) -> bool:
    return not case.excluded and facts.exclusion is None


GROUPS: dict[str, Promise] = {
    "work": _("办理"),
    "call": _("回访与办结"),
    "send": _("派单与协办"),
    "mend": _("更正与合并"),
    "open": _("公开与统计"),
}

SPECS: dict[str, Spec] = {
    spec.slug: spec
    for spec in (
        Spec(
            "accept",
            (Step.ACCEPT,),
            _("签收"),
            _("签收，我来办"),
            _("已签收，由您办理。"),
            forms.PlainForm,
            lambda sent: handling.accept(**sent.usual),
            "work",
            "check",
            _("签收后由您办理，期限不变。"),
            at_once=True,
            letter="a",
        ),
        Spec(
            "contact",
            (Step.CONTACT,),
            _("联系诉求人"),
            _("记下这次联系"),
            _("联系情况已记下。"),
            forms.ContactForm,
            _contact,
            "work",
            "phone",
            _("第一次联系的时间会记为响应时间。"),
            letter="c",
        ),
        Spec(
            "update",
            (Step.UPDATE,),
            _("写进展或备注"),
            _("写下来"),
            _("已写入办理记录。"),
            forms.UpdateForm,
            _update,
            "work",
            "note",
            letter="n",
        ),
        Spec(
            "answer",
            (Step.ANSWER,),
            _("答复"),
            _("提交答复，转回访"),
            _("已答复。接下来由诉求人确认，或回访核实。"),
            forms.AnswerForm,
            _answer,
            "work",
            "reply",
            _("答复不等于办结：诉求人确认，或回访、核查证实以后才算解决。"),
            letter="r",
        ),
        Spec(
            "pause",
            (Step.PAUSE,),
            _("暂停计时"),
            _("暂停计时"),
            _("计时已暂停，原因已记下。"),
            forms.PauseForm,
            _pause,
            "work",
            "pause",
            _("只能因为记下的原因暂停；恢复后期限顺延暂停的时间。"),
            fits=_not_paused,
        ),
        Spec(
            "resume",
            (Step.RESUME,),
            _("恢复计时"),
            _("恢复计时"),
            _("计时已恢复，期限已顺延。"),
            forms.PlainForm,
            lambda sent: handling.resume(**sent.usual),
            "work",
            "clock",
            at_once=True,
            fits=lambda case, facts: facts.pause is not None,
        ),
        Spec(
            "callback",
            (Step.CONFIRM, Step.REOPEN),
            _("回访"),
            _("记下回访结果"),
            _("回访结果已记下。"),
            forms.CallBackForm,
            _call_back,
            "call",
            "phone",
            _("已解决的办结；未解决的重新办理，重新计时；没联系上的再记一次。"),
            letter="h",
        ),
        Spec(
            "give-up",
            (Step.GIVE_UP,),
            _("按“未联系上”办结"),
            _("按“未联系上”办结"),
            _("已按“未联系上”办结，不计为已解决。"),
            forms.PlainForm,
            lambda sent: closing.give_up(**sent.usual),
            "call",
            "phone",
            _("要在不同的两天里至少联系三次。办结后不计为已解决。"),
            dangerous=True,
        ),
        Spec(
            "refer",
            (Step.REFER,),
            _("告知法定途径"),
            _("告知并办结"),
            _("已告知法定途径并办结。"),
            forms.ReferForm,
            _refer,
            "call",
            "link",
            _("应当走诉讼、仲裁、复议等法定途径的，告诉诉求人去哪里办。"),
            dangerous=True,
        ),
        Spec(
            "withdraw",
            (Step.WITHDRAW,),
            _("诉求人撤回"),
            _("按撤回办结"),
            _("已按诉求人撤回办结。"),
            forms.PlainForm,
            lambda sent: closing.withdraw(**sent.usual),
            "call",
            "undo",
            _("只有诉求人自己要求撤回时才用。"),
            dangerous=True,
        ),
        Spec(
            "assign",
            (Step.ASSIGN,),
            _("派单或转办"),
            _("派给这个单位"),
            _("已派出，首接单位仍负责到底。"),
            forms.AssignForm,
            _assign,
            "send",
            "transfer",
            letter="t",
        ),
        Spec(
            "ask",
            (Step.ASK,),
            _("请其他单位协办"),
            _("发出协办请求"),
            _("协办请求已发出，案件仍在本单位。"),
            forms.AskForm,
            _ask,
            "send",
            "people",
        ),
        Spec(
            "object",
            (Step.OBJECT,),
            _("退回：不在我们的职责清单"),
            _("退回，请上一级裁定"),
            _("已退回，等上一级裁定。期限不停。"),
            forms.ObjectForm,
            _object,
            "send",
            "undo",
            _("退回由上一级裁定；同一次派单只能退回一次。裁定前期限照走。"),
        ),
        Spec(
            "decide",
            (Step.UPHOLD, Step.REJECT),
            _("裁定退回"),
            _("作出裁定"),
            _("裁定已作出。"),
            forms.DecideForm,
            _decide,
            "send",
            "shield",
        ),
        Spec(
            "reclassify",
            (Step.RECLASSIFY,),
            _("更正类别、紧急程度、地点"),
            _("更正"),
            _("已更正，期限按新的规则重新计算。"),
            forms.ReclassifyForm,
            _reclassify,
            "mend",
            "settings",
            _("办理单位不变；要换单位请用“派单或转办”。"),
        ),
        Spec(
            "merge",
            (Step.MERGE,),
            _("并入另一件"),
            _("合并"),
            _("已合并；诉求人仍可用自己的查询码跟进。"),
            forms.MergeForm,
            _merge,
            "mend",
            "merge",
            _("同一件事重复反映时使用，以后可以撤销。"),
        ),
        Spec(
            "unmerge",
            (Step.UNMERGE,),
            _("撤销合并"),
            _("撤销合并"),
            _("合并已撤销，这一件单独继续办理。"),
            forms.PlainForm,
            lambda sent: combining.unmerge(**sent.usual),
            "mend",
            "undo",
        ),
        Spec(
            "split",
            (Step.SPLIT,),
            _("分出一件"),
            _("分出"),
            _("已分出一件新的诉求。"),
            forms.SplitForm,
            _split,
            "mend",
            "split",
            _("一件诉求里有几件事时使用。首接单位对两件都负责，期限从当初反映时算起。"),
        ),
        Spec(
            "publish",
            (Step.PUBLISH,),
            _("公开到公示页"),
            _("公开"),
            _("已公开到公示页。"),
            forms.PublishForm,
            _publish,
            "open",
            "eye",
        ),
        Spec(
            "unpublish",
            (Step.PUBLISH,),
            _("从公示页撤下"),
            _("撤下"),
            _("已从公示页撤下。"),
            forms.PlainForm,
            lambda sent: publishing.unpublish(**sent.usual),
            "open",
            "hidden",
            fits=lambda case, facts: case.published_at is not None,
        ),
        Spec(
            "exclude",
            (Step.EXCLUDE,),
            _("申请不计入三率"),
            _("提交申请"),
            _("申请已提交，等督办审批。"),
            forms.ExcludeForm,
            _exclude,
            "open",
            "minus",
            _("不计入要有理由，由督办人员审批，申请人不能审批自己的申请。"),
            fits=_countable,
        ),
    )
}


def offered(
    case: Case, where: Where, reach: Reach, facts: Facts
) -> dict[Promise, list[Spec]]:
    """Return the steps this person may take now, below their headings."""
    now = [spec for spec in SPECS.values() if spec.offered(case, where, reach, facts)]
    return {
        heading: found
        for group, heading in GROUPS.items()
        if (found := [spec for spec in now if spec.group == group])
    }
