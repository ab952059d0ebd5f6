"""Fields of books: yuan, days, an account or item that is typed."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from wugeyi.books.rules.accountnames import Choice
from wugeyi.books.rules.money import NoAmount, Wrong, typed_fen
from wugeyi.projects.rules.money import write_yuan

EARLIEST, LATEST = date(1990, 1, 1), date(2099, 12, 31)
MOST_NAMED = 4

AMOUNTS: Mapping[Wrong, Promise] = {
    Wrong.TEXT: _("这不是金额。请写成 1200 或 1200.50 这样的数。"),
    Wrong.DECIMALS: _("金额最多写到分，小数点后最多两位。"),
    Wrong.NEGATIVE: _("金额不能是负数。请记到另一方；更正已记账的凭证用冲销。"),
    Wrong.LARGE: _("金额太大了，请核对。"),
}


def not_far(day: date) -> None:
    """Refuse days nobody means.

    Raises
    ------
    ValidationError
        Before 1990 or after 2099.
    """
    if not EARLIEST <= day <= LATEST:
        raise forms.ValidationError(_t("这个日期太远了，请核对年份。"), "far")


class Day(forms.DateField):
    """A day."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        super().__init__(**{"widget": widget, "validators": [not_far], **kwargs})


class Yuan(forms.CharField):
    """Yuan as they are typed; gives fen, and 0 (or None if asked for) for nothing."""

    def __init__(self, *, nothing: int | None = 0, **kwargs: Any) -> None:
        self.nothing = nothing
        attrs = {"inputmode": "decimal", "autocomplete": "off"}
        widget = forms.TextInput(attrs=attrs)
        super().__init__(
            **{"max_length": 40, "required": False, "widget": widget, **kwargs}
        )

    def clean(self, value: Any) -> Any:
        """Return fen."""
        text = str(super().clean(value))
        if not text.strip():
            return self.nothing
        try:
            return typed_fen(text)
        except NoAmount as error:
            sentence = str(AMOUNTS[error.wrong])
            raise forms.ValidationError(sentence, error.wrong.value) from error

    def prepare_value(self, value: Any) -> Any:
        """Show fen as yuan; nothing for 0."""
        if isinstance(value, int):
            return write_yuan(value) if value else ""
        return value


Finder = Callable[[str], list[Choice]]


class Named(forms.CharField):
    """An account or item as it is typed; gives its code.

    ``find`` returns what a text may mean and is set by the form, which knows the book.
    """

    find: Finder | None = None

    def __init__(self, *, what: Any, **kwargs: Any) -> None:
        self.what = what
        super().__init__(**{"max_length": 120, "required": False, **kwargs})

    def clean(self, value: Any) -> Any:
        """Return the code that is meant."""
        text = str(super().clean(value)).strip()
        if not text or self.find is None:
            return ""
        found = self.find(text)
        if len(found) == 1:
            return found[0].code
        if not found:
            raise forms.ValidationError(
                _t("没有找到“%(text)s”。请写代码、名称或拼音首字母，从列出的里面选。")
                % {"text": text[:40]},
                "unknown",
            )
        some = "、".join(each.typed for each in found[:MOST_NAMED])
        more = "…" if len(found) > MOST_NAMED else ""
        raise forms.ValidationError(
            _t("“%(text)s”可能是：%(some)s。请写清楚是哪一个。")
            % {"text": text[:40], "some": some + more},
            "several",
        )
