"""Choosing an organisation by name, pinyin or code, with or without JavaScript."""

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wugeyi.organisations.models import Organisation
from wugeyi.organisations.queries import Found, search

MOST = 12


def described(unit: Organisation, lineage: Sequence[Organisation]) -> str:
    """Name a unit with the two above it: names repeat."""
    return " / ".join([*(each.name for each in lineage[-2:]), unit.name])


def typed_name(found: Found) -> str:
    """Return what, typed again, means exactly this unit."""
    return f"{found.organisation.name} {found.organisation.code}"


class Unforced(forms.TextInput):
    """A text box the browser lets pass empty: the choice may be made beside it."""

    def use_required_attribute(self, initial: Any) -> bool:
        """Return False."""
        return False


class UnforcedRadio(forms.RadioSelect):
    """The same for a few to pick from."""

    def use_required_attribute(self, initial: Any) -> bool:
        """Return False."""
        return False


class PickText(forms.CharField):
    """Shown as needed; whether anything was chosen is decided by the whole form."""

    def validate(self, value: Any) -> None:
        """Let empty text pass."""


class PickRadio(forms.ChoiceField):
    """Shown as needed; empty passes, a choice that was not offered does not."""

    def validate(self, value: Any) -> None:
        """Check only what was picked."""
        if value:
            super().validate(value)


class Picked(forms.Form):
    """A form with one organisation to choose: type it, or pick one of a few.

    ``suggested`` are offered at once. A name that several units carry is asked back
    with their paths; what else was typed stays.
    """

    pick_name: ClassVar[str] = "to"
    pick_label: ClassVar[Any] = _("单位")
    pick_required: ClassVar[bool] = True
    pick_help: ClassVar[Any] = _("输入名称、拼音首字母或代码，例如：金元、jysq。")

    def __init__(
        self,
        *args: Any,
        suggested: Iterable[tuple[Organisation, str]] = (),
        roots: Iterable[str] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.roots = None if roots is None else list(roots)
        self.fields[self.radio] = PickRadio(
            label=_("常用的（没有就在下面输入）"),
            required=self.pick_required,
            widget=UnforcedRadio,
        )
        self.fields[self.pick_name] = PickText(
            label=self.pick_label,
            required=self.pick_required,
            max_length=60,
            help_text=self.pick_help,
            widget=Unforced(
                attrs={
                    "autocomplete": "off",
                    "data-suggest": reverse("desk:organisations"),
                }
            ),
        )
        self.order_fields(self.field_order)
        offered = [(str(unit.pk), label) for unit, label in suggested]
        self._offer(offered or self._sent())

    @property
    def radio(self) -> str:
        """The name of the field with the few."""
        return f"{self.pick_name}_pick"

    def _sent(self) -> list[tuple[str, str]]:
        """Accept a pick from an earlier answer of ours; it is looked up in clean."""
        sent = str(self.data.get(self.add_prefix(self.radio), ""))
        return [(sent, sent)] if sent.isascii() and sent.isdigit() else []

    def _offer(self, choices: list[tuple[str, str]]) -> None:
        field = self.fields[self.radio]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (set above)
        sent = [each for each in self._sent() if each[0] not in dict(choices)]
        field.choices = [*choices, *sent]
        if not choices and not sent:
            field.widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any] | None:
        """Find the one organisation that is meant."""
        values = super().clean() or self.cleaned_data
        values[self.pick_name] = self._meant(
            str(values.get(self.pick_name) or "").strip(),
            str(values.get(self.radio) or ""),
        )
        return values

    def _meant(self, typed: str, picked: str) -> Organisation | None:
        if not typed:
            unit = self._by_key(picked)
            if unit is None and self.pick_required:
                self.add_error(self.pick_name, _("请选一个单位，或输入名称。"))
            return unit
        found = search(typed, roots=self.roots, limit=MOST)
        exact = [
            each
            for each in found
            if typed in {each.organisation.name, each.organisation.code}
        ]
        if len(found) == 1 or len(exact) == 1:
            return (exact or found)[0].organisation
        chosen = [each for each in found if str(each.organisation.pk) == picked]
        if chosen:
            return chosen[0].organisation
        self._ask_back(found)
        return None

    def _by_key(self, picked: str) -> Organisation | None:
        if not picked.isdigit():
            return None
        unit = Organisation.objects.filter(pk=int(picked), valid_to=None).first()
        if unit is None or not self._inside(unit):
            return None
        return unit

    def _inside(self, unit: Organisation) -> bool:
        return self.roots is None or any(
            unit.path.startswith(root) for root in self.roots
        )

    def _ask_back(self, found: list[Found]) -> None:
        if not found:
            self.add_error(
                self.pick_name,
                _("没有找到这个单位。请换个写法，或只输入名称里的两三个字。"),
            )
            return
        field = self.fields[self.radio]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (set above)
        field.widget = UnforcedRadio()
        field.label = _("是哪一个？")
        field.choices = [
            (str(each.organisation.pk), described(each.organisation, each.lineage))
            for each in found
        ]
        self.add_error(self.pick_name, _("有几个单位符合，请在下面选一个。"))
