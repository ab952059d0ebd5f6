"""What the kinds of records have in common, as a table: names, lines, facts, filters."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from wugeyi.branchwork.forms import records as forms
from wugeyi.branchwork.models import (
    Decision,
    DutyRecord,
    Headcount,
    Recorded,
    SecretaryTerm,
    Suggestion,
    Training,
    VanguardPost,
)
from wugeyi.branchwork.rules.suggestions import State
from wugeyi.ui import phrases

Row = TypeVar("Row", bound=Recorded)
Text = str | Promise
STATE_TONES = {
    State.OPEN: "new",
    State.ADOPTED: "working",
    State.DECLINED: "closed",
    State.DONE: "resolved",
}
ADOPTED_TONES = {"no": "closed", "pending": "waiting"}


@dataclass(frozen=True, slots=True)
class Choice:
    """A filter of a list: its name in the address, what it may be, the condition."""

    name: str
    label: Text
    choices: tuple[tuple[str, Text], ...]
    condition: Callable[[str], Q]


@dataclass(frozen=True, slots=True)
class Spec(Generic[Row]):
    """One kind of record as pages show it."""

    slug: str
    model: type[Row]
    form: type[forms.RecordForm]
    plural: Text
    new: Text
    empty: Text
    line: Callable[[Row], list[str]]
    facts: Callable[[Row], list[tuple[str, object]]]
    state: Callable[[Row], tuple[str, str] | None] = lambda row: None
    words: tuple[str, ...] = ()
    filters: tuple[Choice, ...] = ()

    def narrowed(self, rows: QuerySet[Row], query: QueryDict) -> QuerySet[Row]:
        """Return the rows that the filters of an address let through."""
        for each in self.filters:
            value = query.get(each.name, "")
            if value in dict(each.choices):
                rows = rows.filter(each.condition(value))
        return rows


def people(number: int) -> str:
    """Say how many people."""
    said = ngettext("%(n)s 人", "%(n)s 人", number)
    return said % {"n": phrases.number(number)}


def visits(number: int) -> str:
    """Say how many person-times."""
    said = ngettext("%(n)s 人次", "%(n)s 人次", number)
    return said % {"n": phrases.number(number)}


def length(number: int) -> str:
    """Say how many days."""
    return ngettext("%(n)s 天", "%(n)s 天", number) % {"n": number}


def since(row: SecretaryTerm | VanguardPost) -> str:
    """Say from when to when something stands."""
    first = phrases.day(row.valid_from)
    if row.valid_to is None:
        return _("%(first)s 起") % {"first": first}
    return _("%(first)s 起，到 %(last)s 止") % {
        "first": first,
        "last": phrases.day(row.valid_to),
    }


def _decision_line(row: Decision) -> list[str]:
    said = [str(row.topic), phrases.day(row.held_on)]
    if row.adopted in {"yes", "partly"} and not row.outcome:
        said.append(_("结果还没有记"))
    return said


def _decision_facts(row: Decision) -> list[tuple[str, object]]:
    return [
        (_("议题"), row.topic),
        (_("哪天议的"), phrases.day(row.held_on)),
        (_("单位"), row.organisation.name),
    ]


def _suggestion_line(row: Suggestion) -> list[str]:
    return [row.get_kind_display(), phrases.day(row.made_on)]


def _suggestion_facts(row: Suggestion) -> list[tuple[str, object]]:
    return [
        (_("谁提的"), row.get_kind_display()),
        (_("哪天提的"), phrases.day(row.made_on)),
        (_("单位"), row.organisation.name),
        (_("采纳或不采纳"), phrases.day(row.decided_on) if row.decided_on else None),
        (_("有结果"), phrases.day(row.ended_on) if row.ended_on else None),
    ]


def _duty_line(row: DutyRecord) -> list[str]:
    said = [phrases.day(row.held_on)]
    if row.attendance is not None:
        said.append(people(row.attendance))
    return said


def _duty_facts(row: DutyRecord) -> list[tuple[str, object]]:
    return [
        (_("哪天办的"), phrases.day(row.held_on)),
        (_("单位"), row.organisation.name),
        (_("到了几个人"), None if row.attendance is None else people(row.attendance)),
        (_("做了什么"), row.note),
    ]


def _term_line(row: SecretaryTerm) -> list[str]:
    said = [since(row), row.get_leads_unit_display()]
    if row.backbone:
        said.append(_("业务骨干"))
    return [row.role, *said] if row.role else said


def _term_facts(row: SecretaryTerm) -> list[tuple[str, object]]:
    return [
        (_("单位"), row.organisation.name),
        (_("任期"), since(row)),
        (_("业务职务或职称"), row.role),
        (_("支部所在"), row.get_leads_unit_display()),
        (_("业务骨干"), _("是") if row.backbone else _("否")),
    ]


def _training_line(row: Training) -> list[str]:
    return [
        phrases.day(row.on),
        length(row.days),
        _("外出") if row.outside else _("本地"),
        _("书记 %(n)s") % {"n": visits(row.secretaries)},
        _("其他 %(n)s") % {"n": visits(row.others)},
    ]


def _training_facts(row: Training) -> list[tuple[str, object]]:
    return [
        (_("单位"), row.organisation.name),
        (_("哪天开始"), phrases.day(row.on)),
        (_("几天"), length(row.days)),
        (_("外出培训"), _("是") if row.outside else _("否")),
        (_("书记"), visits(row.secretaries)),
        (_("其他人"), visits(row.others)),
    ]


def _post_line(row: VanguardPost) -> list[str]:
    return [row.get_kind_display(), since(row)]


def _post_facts(row: VanguardPost) -> list[tuple[str, object]]:
    return [
        (_("哪一种"), row.get_kind_display()),
        (_("单位"), row.organisation.name),
        (_("日期"), since(row)),
    ]


def _headcount_line(row: Headcount) -> list[str]:
    return [people(row.people), phrases.day(row.on)]


def _headcount_facts(row: Headcount) -> list[tuple[str, object]]:
    return [
        (_("几人"), people(row.people)),
        (_("哪天"), phrases.day(row.on)),
        (_("单位"), row.organisation.name),
    ]


def _decision_state(row: Decision) -> tuple[str, str]:
    # Only what came to something is filled, as with cases.
    taken = "resolved" if row.outcome else "answered"
    return ADOPTED_TONES.get(row.adopted, taken), row.get_adopted_display()


def _suggestion_state(row: Suggestion) -> tuple[str, str]:
    return STATE_TONES[State(row.state)], row.get_state_display()


def _stands(value: str) -> Q:
    gone = Q(valid_to__lte=timezone.localdate())
    return gone if value == "ended" else ~gone | Q(valid_to=None)


STANDING = Choice(
    "standing",
    gettext_lazy("现在"),
    (("now", gettext_lazy("现在是的")), ("ended", gettext_lazy("已经结束的"))),
    _stands,
)
_choice = Decision._meta.get_field("adopted").choices or ()
_state = Suggestion._meta.get_field("state").choices or ()
_from = Suggestion._meta.get_field("kind").choices or ()
_post = VanguardPost._meta.get_field("kind").choices or ()


def _waits(value: str) -> Q:
    told = Q(adopted__in=("yes", "partly"), outcome="")
    return told if value == "waiting" else ~Q(outcome="")


SPECS: tuple[Spec[Any], ...] = (
    Spec(
        slug="decisions",
        model=Decision,
        form=forms.DecisionForm,
        plural=gettext_lazy("议事"),
        new=gettext_lazy("记一次议事"),
        empty=gettext_lazy(
            "支部参与决定的每一件大事记在这里：议题、意见、采纳没有、后来怎样。"
        ),
        line=_decision_line,
        facts=_decision_facts,
        state=_decision_state,
        words=("matter", "opinion", "outcome"),
        filters=(
            Choice(
                "adopted",
                gettext_lazy("采纳情况"),
                tuple(_choice),  # type: ignore[arg-type]
                lambda value: Q(adopted=value),
            ),
            Choice(
                "outcome",
                gettext_lazy("结果"),
                (
                    ("waiting", gettext_lazy("等结果的")),
                    ("told", gettext_lazy("有结果的")),
                ),
                _waits,
            ),
        ),
    ),
    Spec(
        slug="suggestions",
        model=Suggestion,
        form=forms.SuggestionForm,
        plural=gettext_lazy("建议"),
        new=gettext_lazy("记一条建议"),
        empty=gettext_lazy("党员、职工、群众提的建议记在这里，一直跟到有结果。"),
        line=_suggestion_line,
        facts=_suggestion_facts,
        state=_suggestion_state,
        words=("text", "result"),
        filters=(
            Choice(
                "state",
                gettext_lazy("状态"),
                tuple(_state),  # type: ignore[arg-type]
                lambda value: Q(state=value),
            ),
            Choice(
                "from",
                gettext_lazy("谁提的"),
                tuple(_from),  # type: ignore[arg-type]
                lambda value: Q(kind=value),
            ),
        ),
    ),
    Spec(
        slug="duty-records",
        model=DutyRecord,
        form=forms.DutyRecordForm,
        plural=gettext_lazy("经常性工作"),
        new=gettext_lazy("记一件经常性工作"),
        empty=gettext_lazy("按月、按季要办的事，办了记在这里。"),
        line=_duty_line,
        facts=_duty_facts,
        words=("note",),
    ),
    Spec(
        slug="terms",
        model=SecretaryTerm,
        form=forms.TermForm,
        plural=gettext_lazy("书记"),
        new=gettext_lazy("记一任书记"),
        empty=gettext_lazy("谁从哪天起任书记，是不是业务骨干，记在这里。"),
        line=_term_line,
        facts=_term_facts,
        words=("person", "role"),
        filters=(STANDING,),
    ),
    Spec(
        slug="trainings",
        model=Training,
        form=forms.TrainingForm,
        plural=gettext_lazy("培训"),
        new=gettext_lazy("记一次培训"),
        empty=gettext_lazy("去学了什么、几天、几人次，记在这里。"),
        line=_training_line,
        facts=_training_facts,
        words=("topic",),
        filters=(
            Choice(
                "outside",
                gettext_lazy("外出"),
                (("yes", gettext_lazy("外出的")), ("no", gettext_lazy("本地的"))),
                lambda value: Q(outside=value == "yes"),
            ),
        ),
    ),
    Spec(
        slug="posts",
        model=VanguardPost,
        form=forms.PostForm,
        plural=gettext_lazy("先锋岗"),
        new=gettext_lazy("记一个先锋岗"),
        empty=gettext_lazy("党员先锋岗、示范岗记在这里：在哪里，从哪天起。"),
        line=_post_line,
        facts=_post_facts,
        words=("name",),
        filters=(
            Choice(
                "kind",
                gettext_lazy("哪一种"),
                tuple(_post),  # type: ignore[arg-type]
                lambda value: Q(kind=value),
            ),
            STANDING,
        ),
    ),
    Spec(
        slug="headcounts",
        model=Headcount,
        form=forms.HeadcountForm,
        plural=gettext_lazy("人数"),
        new=gettext_lazy("记一个人数"),
        empty=gettext_lazy("发展党员几人、提拔几人，只记人数和日期，不记是谁。"),
        line=_headcount_line,
        facts=_headcount_facts,
    ),
)
BY_SLUG = {spec.slug: spec for spec in SPECS}
BY_MODEL = {spec.model: spec for spec in SPECS}
