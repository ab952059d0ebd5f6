"""Which procedure a decision takes, its meetings in numbers, the minutes of one of them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wugeyi.branchwork.forms.records import PastDay, number_field, text_field
from wugeyi.branchwork.models import Decision
from wugeyi.branchwork.models.decisions import BODY_NAMES, Course, Origin
from wugeyi.branchwork.rules.approvals import may_decide
from wugeyi.branchwork.rules.matters import matters
from wugeyi.branchwork.rules.meetings import (
    BODIES,
    PUBLICATIONS,
    Body,
    Stage,
    Track,
    stages,
)
from wugeyi.branchwork.wording import matter_name, refused_because
from wugeyi.casework.forms.fields import CleanLine
from wugeyi.casework.forms.photos import PhotosField

NUMBERS = ("due", "attended", "in_favour")
MOST_HOUSEHOLDS = 20_000


class ProcedureForm(forms.Form):
    """Who decides: villagers, members of the collective, or one after the other."""

    track = forms.ChoiceField(
        label=_("走什么程序"),
        choices=[(each.value, each.label) for each in Course if each.value],
        widget=forms.RadioSelect,
        help_text=_(
            "村里的事由村民决定；集体经济组织的事由成员决定。两种会人不同、门槛不同，"
            "一张票不能当两张用。"
        ),
    )
    collective_matter = forms.ChoiceField(
        label=_("属于集体经济组织的哪类事项"),
        required=False,
        help_text=_("集体经济组织的事才选。五类事项和接纳非成员只能由成员大会决定。"),
    )
    origin = forms.ChoiceField(
        label=_("动议事由"),
        required=False,
        choices=[("", "—"), *((e.value, e.label) for e in Origin)],
    )

    def __init__(self, *args: Any, decision: Decision, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.decision = decision
        field = self.fields["collective_matter"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (declared above)
        field.choices = [
            ("", "—"),
            *(
                (code, f"{matter_name(each)}（{each.where}）")
                for code, each in matters().items()
            ),
        ]

    def clean(self) -> dict[str, Any] | None:
        """Ask for the kind of matter where members decide, and only there."""
        values = super().clean() or self.cleaned_data
        track = Track(values.get("track") or "")
        if track.collective and not values.get("collective_matter"):
            self.add_error(
                "collective_matter",
                _("请选是哪类事项：由谁决定、要多少人同意，看它是哪一类。"),
            )
        if not track.collective:
            values["collective_matter"] = ""
        return values


class MeetingsForm(forms.Form):
    """All steps of a procedure on one screen; whatever is not known stays empty."""

    def __init__(self, *args: Any, decision: Decision, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.steps = stages(Track(decision.track))
        self.matter = decision.collective_kind
        for stage in self.steps:
            self.fields[f"{stage}-held_on"] = PastDay(label=_("日期"), required=False)
            if stage in BODIES:
                self._add_ballot(stage)

    def _add_ballot(self, stage: Stage) -> None:
        bodies = BODIES[stage]
        if len(bodies) > 1:
            self.fields[f"{stage}-body"] = forms.ChoiceField(
                label=_("什么会"),
                required=False,
                choices=[("", "—"), *((b.value, BODY_NAMES[b]) for b in bodies)],
            )
        if stage is Stage.ASSEMBLY:
            self.fields[f"{stage}-notice_on"] = PastDay(
                label=_("哪天通知全体成员"), required=False
            )
            self.fields[f"{stage}-households"] = number_field(
                _("共有几户"),
                required=False,
                most=MOST_HOUSEHOLDS,
                help_text=_("成员代表大会才要：一般每 5 至 15 户选一名代表。"),
            )
        due = _("应到") if stage is Stage.REVIEW else _("组成人员（全体）")
        for name, label in zip(NUMBERS, (due, _("实到"), _("同意")), strict=True):
            self.fields[f"{stage}-{name}"] = number_field(label, required=False)

    def clean(self) -> dict[str, Any] | None:
        """Numbers may be missing; they may not contradict each other."""
        values = super().clean() or self.cleaned_data
        for stage in self.steps:
            if stage not in BODIES:
                continue
            self._compare(stage, values)
            counted = any(values.get(f"{stage}-{name}") is not None for name in NUMBERS)
            if counted and len(BODIES[stage]) > 1 and not values.get(f"{stage}-body"):
                self.add_error(f"{stage}-body", _("请选是什么会：几种会的门槛不一样。"))
        self._refuse_reserved(values)
        return values

    def _compare(self, stage: Stage, values: dict[str, Any]) -> None:
        due, attended, favour = (values.get(f"{stage}-{name}") for name in NUMBERS)
        if due is not None and attended is not None and attended > due:
            self.add_error(f"{stage}-attended", _("实到比应到还多，请核对。"))
        most = attended if attended is not None else due
        if favour is not None and most is not None and favour > most:
            self.add_error(f"{stage}-in_favour", _("同意的比到会的还多，请核对。"))
        held, told = (
            values.get(f"{stage}-held_on"),
            values.get(f"{stage}-notice_on"),
        )
        if held is not None and told is not None and told > held:
            self.add_error(f"{stage}-notice_on", _("通知比开会还晚，请核对。"))

    def _refuse_reserved(self, values: dict[str, Any]) -> None:
        """Name the article by which delegates may not decide this matter."""
        body = values.get(f"{Stage.ASSEMBLY}-body")
        if not body or may_decide(Body(body), self.matter) or self.matter is None:
            return
        self.add_error(
            f"{Stage.ASSEMBLY}-body", refused_because(self.matter, Body(body))
        )

    def meetings(self) -> dict[Stage, dict[str, object]]:
        """Return by stage what was said; call it when the form is valid."""
        found: dict[Stage, dict[str, object]] = {}
        for stage in self.steps:
            names = ("held_on", "notice_on", "households", *NUMBERS)
            said = {name: self.cleaned_data.get(f"{stage}-{name}") for name in names}
            body = self.cleaned_data.get(f"{stage}-body") or ""
            if len(BODIES.get(stage, ())) == 1:
                body = BODIES[stage][0].value
            if any(value is not None for value in said.values()):
                found[stage] = {"body": body, **said}
        return found

    def by_stage(self) -> list[tuple[Stage, list[forms.BoundField]]]:
        """Return the fields by stage, for the page."""
        return [
            (
                stage,
                [self[name] for name in self.fields if name.startswith(f"{stage}-")],
            )
            for stage in self.steps
        ]


class MinutesForm(forms.Form):
    """What was said in a step, who signed, who came, pictures."""

    minutes = text_field(
        _("会议内容"),
        rows=6,
        most=4000,
        required=False,
        help_text=_(
            "议了什么、怎么定的、不同意见是什么。不要写个人的病情、账号和电话。"
        ),
    )
    signed = number_field(_("签字人数"), required=False)
    township = CleanLine(
        label=_("乡镇参会人"),
        max_length=120,
        required=False,
        help_text=_("单位、职务和姓名。没有就空着。"),
    )
    supervision = CleanLine(
        label=_("监督意见"),
        max_length=500,
        required=False,
        help_text=_("村务监督委员会怎么说。"),
    )
    photos = PhotosField(
        label=_("照片"),
        help_text=_("会场、签字页、公开栏。拍签字页之前遮住身份证号和电话。"),
    )

    def __init__(self, *args: Any, stage: Stage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if stage in PUBLICATIONS:
            del self.fields["signed"], self.fields["township"]
            self.fields["minutes"].label = _("公开的内容")
        else:
            del self.fields["supervision"]

    def values(self) -> dict[str, object]:
        """Return the columns of the step; call it when the form is valid."""
        return {
            name: value for name, value in self.cleaned_data.items() if name != "photos"
        }
