"""A field that means one organisation."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wugeyi.organisations.models import Organisation
from wugeyi.organisations.queries import search

MOST = 8


class UnitField(forms.CharField):
    """Take a name, pinyin initials or a code; ask back when several units are meant.

    ``roots`` (paths) bound where it may lie; set them on the form's field.
    """

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault(
            "help_text", gettext_lazy("填代码最准；也可以填名称或拼音首字母。")
        )
        super().__init__(max_length=60, **kwargs)
        self.roots: Iterable[str] | None = None
        self.widget.attrs.setdefault("autocomplete", "off")

    def clean(self, value: Any) -> Any:
        """Return the organisation that is meant, None for nothing."""
        text = str(super().clean(value)).strip()
        if not text:
            return None
        roots = None if self.roots is None else list(self.roots)
        exact = Organisation.objects.filter(code=text, valid_to=None).first()
        if exact is not None and self._allowed(exact, roots):
            return exact
        found = search(text, roots=roots, limit=MOST + 1)
        named = [each for each in found if each.organisation.name == text]
        chosen = named if len(named) == 1 else found
        if len(chosen) == 1:
            return chosen[0].organisation
        if not chosen:
            raise ValidationError(
                _("在您管理的范围里没有找到“%(text)s”。"), "nobody", {"text": text}
            )
        listed = ";".join(
            "{} {}".format(
                " › ".join(o.name for o in [*each.lineage, each.organisation]),
                each.organisation.code,
            )
            for each in chosen[:MOST]
        )
        raise ValidationError(
            _("有几个单位都叫这个名字，请改填代码：%(listed)s"),
            "several",
            {"listed": listed},
        )

    def _allowed(self, unit: Organisation, roots: list[str] | None) -> bool:
        return roots is None or any(unit.path.startswith(root) for root in roots)
