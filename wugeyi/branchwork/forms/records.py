"""One screen per thing; nothing is asked that can be derived."""

from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar
from uuid import UUID, uuid4

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wugeyi.branchwork.models import (
    Decision,
    DutyItem,
    DutyRecord,
    Headcount,
    HeadcountKind,
    Recorded,
    SecretaryTerm,
    Suggestion,
    Topic,
    Training,
    VanguardPost,
)
from wugeyi.branchwork.models.decisions import Adopted
from wugeyi.branchwork.models.suggestions import From
from wugeyi.branchwork.models.team import Leads
from wugeyi.casework.forms.fields import CleanLine, CleanText
from wugeyi.organisations.models import Organisation
from wugeyi.ui import phrases

EARLIEST = date(1949, 1, 1)
MOST_PEOPLE = 100_000
MOST_DAYS = 366


class PastDay(forms.DateField):
    """A day that has come; empty means today where it need not be given."""

    widget = forms.DateInput

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(
            attrs={"type": "date", "class": "short"}, format="%Y-%m-%d"
        )
        super().__init__(widget=widget, **kwargs)

    def validate(self, value: Any) -> None:
        """Refuse days to come and days before there was anything to record."""
        super().validate(value)
        if value is None:
            return
        if value > timezone.localdate():
            raise forms.ValidationError(
                _("这一天还没有到。事情办了再记，日期填办的那一天。"), "future"
            )
        if value < EARLIEST:
            raise forms.ValidationError(_("请检查年份。"), "too_early")


def text_field(
    label: Any, *, rows: int = 3, most: int = 1000, **more: Any
) -> CleanText:
    """Return a field for a few sentences that counts what is left."""
    attrs = {"rows": rows, "data-count": "", **more.pop("attrs", {})}
    return CleanText(
        label=label, max_length=most, widget=forms.Textarea(attrs=attrs), **more
    )


def number_field(label: Any, *, most: int = MOST_PEOPLE, **more: Any) -> Any:
    """Return a field for a whole number, easy to type on a phone."""
    return forms.IntegerField(
        label=label,
        min_value=more.pop("least", 0),
        max_value=most,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "class": "short"}),
        **more,
    )


class RecordForm(forms.Form):
    """Whose record it is (asked only if there is a choice) and the id that makes it one."""

    MODEL: ClassVar[type[Recorded]]

    organisation = forms.ChoiceField(label=_("哪个支部或单位"))
    client_id = forms.CharField(widget=forms.HiddenInput, required=False)
    # Only when something is put right.
    why = CleanLine(
        label=_("为什么更正"),
        max_length=200,
        help_text=_("原来写的会留着，和这句话放在一起。"),
    )
    version = forms.IntegerField(
        required=False, min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput
    )

    def __init__(
        self,
        *args: Any,
        units: Sequence[Organisation],
        row: Recorded | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.units = {str(unit.pk): unit for unit in units}
        self.row = row
        self._choose_unit(list(units))
        if row is None:
            del self.fields["why"], self.fields["version"]
        self.prepare(list(units))
        head = ["organisation"] if len(units) > 1 else []
        self.order_fields([*head, *self.MODEL.VALUES, "why"])

    def _choose_unit(self, units: list[Organisation]) -> None:
        field = self.fields["organisation"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (declared above)
        field.choices = [(str(unit.pk), unit.name) for unit in units]
        if len(units) == 1:
            field.widget = forms.HiddenInput()
            field.initial = str(units[0].pk)

    def prepare(self, units: list[Organisation]) -> None:
        """Fill in what depends on who writes."""

    def clean_organisation(self) -> Organisation:
        """Return the unit itself."""
        return self.units[self.cleaned_data["organisation"]]

    def clean_client_id(self) -> UUID:
        """Read the id under which it is recorded once; a bad one gets a new one."""
        try:
            return UUID(self.cleaned_data["client_id"])
        except ValueError:
            return uuid4()

    def values(self) -> dict[str, object]:
        """Return the columns of the record; call it when the form is valid."""
        return {name: self.cleaned_data[name] for name in self.MODEL.VALUES}


def initial_of(row: Recorded) -> dict[str, object]:
    """Return what a form begins with when a record is put right."""
    found: dict[str, object] = {"version": row.version}
    for name in row.VALUES:
        value = getattr(row, name)
        found[name] = value.pk if hasattr(value, "pk") else value
    return found | {"organisation": str(row.organisation_id)}


class DecisionForm(RecordForm):
    """A matter, the branch's opinion, and whether it was adopted."""

    MODEL = Decision

    topic = forms.ModelChoiceField(
        label=_("议题"),
        queryset=Topic.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
    )
    matter = text_field(
        _("议什么事"),
        rows=2,
        attrs={"autofocus": True},
        help_text=_("一两句话。不写患者、群众的姓名和电话。"),
    )
    opinion = text_field(_("支部的意见"), required=False)
    adopted = forms.ChoiceField(
        label=_("意见采纳了吗"),
        choices=Adopted.choices,
        widget=forms.RadioSelect,
        initial=Adopted.PENDING.value,
    )
    held_on = PastDay(label=_("哪天议的"))

    def clean_held_on(self) -> date:
        """Come before the outcome that was told already."""
        held: date = self.cleaned_data["held_on"]
        told = self.row.outcome_on if isinstance(self.row, Decision) else None
        if told is not None and held > told:
            raise forms.ValidationError(
                _("已记 %(told)s 有了结果，议事的日子不能比它晚。"),
                "order",
                {"told": phrases.day(told)},
            )
        return held

    def prepare(self, units: list[Organisation]) -> None:
        """Offer the topics that suit these kinds of organisation."""
        kinds = {unit.kind for unit in units}
        topics = [
            topic
            for topic in Topic.objects.filter(active=True)
            if any(topic.suits(kind) for kind in kinds)
        ]
        keys = {topic.pk for topic in topics}
        if isinstance(self.row, Decision):
            keys.add(self.row.topic_id)
        field = self.fields["topic"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 (declared above)
        field.queryset = Topic.objects.filter(pk__in=keys)


class SuggestionForm(RecordForm):
    """Who suggested what, as a kind of people."""

    MODEL = Suggestion

    text = text_field(
        _("建议"),
        attrs={"autofocus": True},
        help_text=_("照原意写。不写提建议的人的姓名。"),
    )
    kind = forms.ChoiceField(
        label=_("谁提的"), choices=From.choices, widget=forms.RadioSelect
    )
    made_on = PastDay(label=_("哪天提的"))
    decision = forms.IntegerField(
        required=False, min_value=1, max_value=2**62, widget=forms.HiddenInput
    )
    case = forms.IntegerField(
        required=False, min_value=1, max_value=2**62, widget=forms.HiddenInput
    )

    def clean_made_on(self) -> date:
        """Come before what was told of it already."""
        made: date = self.cleaned_data["made_on"]
        told = self.row.decided_on if isinstance(self.row, Suggestion) else None
        if told is not None and made > told:
            raise forms.ValidationError(
                _("已记 %(told)s 有了说法，提出的日子不能比它晚。"),
                "order",
                {"told": phrases.day(told)},
            )
        return made

    def values(self) -> dict[str, object]:
        """Leave the links to the view: it knows what may be read."""
        return {name: self.cleaned_data[name] for name in ("kind", "text", "made_on")}


class DutyRecordForm(RecordForm):
    """A regular duty was done."""

    MODEL = DutyRecord

    item = forms.ModelChoiceField(
        label=_("哪一件"),
        queryset=DutyItem.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
    )
    held_on = PastDay(label=_("哪天办的"))
    attendance = number_field(_("到了几个人"), required=False)
    note = text_field(_("做了什么"), required=False, rows=2)

    def prepare(self, units: list[Organisation]) -> None:
        """Offer the items that are in force, and the one the record has."""
        today = timezone.localdate()
        keys = {
            item.pk
            for item in DutyItem.objects.all()
            if item.valid_from <= today
            and (item.valid_to is None or item.valid_to > today)
        }
        if isinstance(self.row, DutyRecord):
            keys.add(self.row.item_id)
        field = self.fields["item"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 (declared above)
        field.queryset = DutyItem.objects.filter(pk__in=keys)


class Dated(RecordForm):
    """Something that stands from a day on; its end is told later."""

    def clean_valid_from(self) -> date:
        """Begin before the end that was told already."""
        first: date = self.cleaned_data["valid_from"]
        last = getattr(self.row, "valid_to", None)
        if last is not None and first >= last:
            raise forms.ValidationError(
                _("已记到 %(last)s 为止，开始的日子要早于它。"),
                "order",
                {"last": phrases.day(last)},
            )
        return first


class TermForm(Dated):
    """A secretary's term."""

    MODEL = SecretaryTerm

    person = CleanLine(
        label=_("书记姓名"),
        max_length=40,
        help_text=_("对外公开的写法。其他党员的姓名不记在这里。"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autofocus": True}),
    )
    valid_from = PastDay(label=_("从哪天起任书记"))
    role = CleanLine(
        label=_("业务职务或职称"),
        max_length=80,
        required=False,
        help_text=_("例如：神经内科主任、主任医师。"),
    )
    backbone = forms.BooleanField(
        label=_("是业务骨干"),
        required=False,
        help_text=_("“双带头人”：党建带头人也是业务带头人。"),
    )
    leads_unit = forms.ChoiceField(
        label=_("支部所在"), choices=Leads.choices, widget=forms.RadioSelect
    )


class TrainingForm(RecordForm):
    """A training, in person-times."""

    MODEL = Training

    topic = CleanLine(
        label=_("学什么"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autofocus": True}),
    )
    on = PastDay(label=_("哪天开始"))
    days = number_field(_("几天"), most=MOST_DAYS, least=1, initial=1)
    outside = forms.BooleanField(label=_("外出培训"), required=False)
    secretaries = number_field(_("书记去了几人次"), initial=0)
    others = number_field(_("其他人去了几人次"), initial=0)

    def clean(self) -> dict[str, Any] | None:
        """Somebody went."""
        values = super().clean() or self.cleaned_data
        if not self.errors and not values["secretaries"] + values["others"]:
            self.add_error("secretaries", _("请填去了几人次，书记或其他人至少填一个。"))
        return values


class PostForm(Dated):
    """A vanguard or demonstration post."""

    MODEL = VanguardPost

    kind = forms.ChoiceField(
        label=_("哪一种"),
        choices=VanguardPost.Kind.choices,
        widget=forms.RadioSelect,
        initial=VanguardPost.Kind.VANGUARD.value,
    )
    name = CleanLine(
        label=_("岗位或地点"),
        max_length=80,
        help_text=_("例如：门诊导诊台。不写人名。"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autofocus": True}),
    )
    valid_from = PastDay(label=_("从哪天起"))


class HeadcountForm(RecordForm):
    """So many people, never who."""

    MODEL = Headcount

    kind = forms.ModelChoiceField(
        label=_("哪一种"),
        queryset=HeadcountKind.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
    )
    on = PastDay(label=_("哪天"))
    people = number_field(_("几人"), least=1)

    def prepare(self, units: list[Organisation]) -> None:
        """Offer the kinds in use."""
        keys = set(
            HeadcountKind.objects.filter(active=True).values_list("pk", flat=True)
        )
        if isinstance(self.row, Headcount):
            keys.add(self.row.kind_id)
        field = self.fields["kind"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 (declared above)
        field.queryset = HeadcountKind.objects.filter(pk__in=keys)
