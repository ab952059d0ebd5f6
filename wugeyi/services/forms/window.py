"""What is written down at the window, on one screen."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wugeyi.casework.rules.intake import read_phone
from wugeyi.services.forms.fields import Once, line, refuse_personal
from wugeyi.services.models import Material, Service
from wugeyi.services.rules.materials import Papers, missing
from wugeyi.services.rules.trips import Result


class TicketForm(Once):
    """A number for somebody who came."""

    service = forms.ModelChoiceField(
        label=gettext_lazy("来办什么"),
        queryset=Service.objects.none(),
        required=False,
        empty_label=gettext_lazy("到窗口再说"),
    )
    code = line(
        gettext_lazy("来过的：回执码或编号"),
        40,
        required=False,
        attrs={"autocapitalize": "characters", "spellcheck": "false"},
    )

    def __init__(self, *args: Any, services: QuerySet[Service], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["service"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 (above)
        field.queryset = services


class CodeForm(forms.Form):
    """A receipt's code or a case's number."""

    code = line(
        gettext_lazy("回执码或编号"),
        40,
        help_text=gettext_lazy(
            "回执上的 12 位查询码，或诉求编号，例如 20261122-4711。"
        ),
        attrs={"autocapitalize": "characters", "spellcheck": "false"},
    )


@dataclass(frozen=True, slots=True)
class PaperRow:
    """One material as the page shows it, with its ticks."""

    material: Material
    brought: bool
    not_needed: bool


class PapersForm(Once):
    """What lies on the counter, and how the trip ends: the button that is pressed."""

    brought = forms.TypedMultipleChoiceField(required=False, coerce=int)
    not_needed = forms.TypedMultipleChoiceField(required=False, coerce=int)
    extra = line(
        gettext_lazy("清单之外还缺"),
        80,
        required=False,
        help_text=gettext_lazy(
            "清单上没有、这次还要的，写一样。常要的请管理员补进清单。"
        ),
    )
    lenient = forms.BooleanField(
        label=gettext_lazy("缺的后补，先收下（容缺受理）"), required=False
    )
    answer = line(
        gettext_lazy("当场办好的：怎么办的"),
        200,
        required=False,
        help_text=gettext_lazy("写进答复，可不填。"),
    )
    result = forms.ChoiceField(
        choices=[(each.value, each.value) for each in Result], required=False
    )

    def __init__(
        self,
        *args: Any,
        materials: Sequence[Material],
        hospital: bool,
        ticked: frozenset[int] = frozenset(),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.materials = materials
        self.hospital = hospital
        self.ticked = ticked
        self._choose("brought", materials)
        self._choose("not_needed", [each for each in materials if each.condition])

    def _choose(self, name: str, rows: Sequence[Material]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.TypedMultipleChoiceField)  # noqa: S101 (above)
        field.choices = [(str(each.pk), each.name) for each in rows]

    @property
    def rows(self) -> list[PaperRow]:
        """The materials with their ticks, as sent or as an earlier trip left them."""
        if self.is_bound:
            brought = {str(each) for each in self["brought"].value() or ()}
            unused = {str(each) for each in self["not_needed"].value() or ()}
        else:
            brought, unused = {str(each) for each in self.ticked}, set()
        return [
            PaperRow(each, str(each.pk) in brought, str(each.pk) in unused)
            for each in self.materials
        ]

    @property
    def papers(self) -> Papers:
        """What was read, for the action."""
        values = self.cleaned_data
        return Papers(
            brought=frozenset(values["brought"]),
            not_needed=frozenset(values["not_needed"]),
            extra=values["extra"],
        )

    def clean_extra(self) -> str:
        """Refuse what a desk never writes down."""
        return self._plain("extra")

    def clean_answer(self) -> str:
        """Refuse what a desk never writes down."""
        return self._plain("answer")

    def _plain(self, name: str) -> str:
        text: str = self.cleaned_data[name]
        refuse_personal(text, hospital=self.hospital)
        return text

    def clean(self) -> dict[str, Any] | None:
        """Hold the button against the papers."""
        values = super().clean() or self.cleaned_data
        if self.errors:
            return values
        result = values["result"] or self._meant()
        values["result"] = result
        lacking = self.lacking()
        names = "、".join(lacking)
        if result == Result.DONE and lacking:
            raise forms.ValidationError(
                _("还缺：%(names)s。不能记成当场办好；请勾上带来的，或打印告知单。")
                % {"names": names}
            )
        if result == Result.ACCEPTED and lacking and not values["lenient"]:
            raise forms.ValidationError(
                _("还缺：%(names)s。请打印告知单；要先收下，请勾“缺的后补”。")
                % {"names": names}
            )
        if result == Result.TOLD and not lacking:
            raise forms.ValidationError(_("材料都齐了，不用告知。请收下或当场办好。"))
        return values

    def _meant(self) -> str:
        """Return what Enter in a field means: whatever is missing decides."""
        told = self.lacking() and not self.cleaned_data["lenient"]
        return (Result.TOLD if told else Result.ACCEPTED).value

    def lacking(self) -> list[str]:
        """Return the names of what is still missing."""
        papers = self.papers
        keys = missing(
            (each.pk for each in self.materials), papers.brought, papers.not_needed
        )
        names = [each.name for each in self.materials if each.pk in keys]
        return [*names, papers.extra] if papers.extra else names


class FirstTripForm(PapersForm):
    """A new matter: who only where it is needed."""

    note = line(
        gettext_lazy("补充说明"),
        200,
        required=False,
        help_text=gettext_lazy("事项名称会自动写上，只写它之外的。"),
    )
    name = line(gettext_lazy("怎么称呼"), 40, required=False)
    phone = line(
        gettext_lazy("联系电话"), 30, required=False, attrs={"inputmode": "tel"}
    )

    def clean_note(self) -> str:
        """Refuse what a desk never writes down."""
        return self._plain("note")

    def clean_name(self) -> str:
        """Refuse what a desk never writes down."""
        return self._plain("name")

    def clean_phone(self) -> str:
        """Read a telephone number; blank stays blank."""
        typed: str = self.cleaned_data["phone"]
        phone = read_phone(typed) if typed else ""
        if phone is None:
            raise forms.ValidationError(
                _("这个电话号码看不懂。手机是 11 位，座机请加区号；也可以不填。")
            )
        return phone


class NextTripForm(PapersForm):
    """The same matter again."""

    def clean(self) -> dict[str, Any] | None:
        """Let who only asks go without papers."""
        if self.data.get("result") == Result.ASKED.value and not self.errors:
            self.cleaned_data["result"] = Result.ASKED.value
            return self.cleaned_data
        return super().clean()
