"""A list to choose from for pages that have several long ones."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.forms import Select
from django.forms.renderers import BaseRenderer
from django.utils.choices import BaseChoiceIterator
from django.utils.safestring import SafeString

from wugeyi.ui.renderers import attributes, escape


class Ready(BaseChoiceIterator):
    """Choices as they are: pairs, or a heading with a list of pairs; nothing to unfold."""

    def __init__(self, choices: Sequence[tuple[Any, Any]]) -> None:
        self.choices = choices

    def __iter__(self) -> Iterator[tuple[Any, Any]]:
        return iter(self.choices)


class PlainSelect(Select):
    """The same HTML as Django's list, without a dictionary for each choice.

    Choices have no attributes of their own, and one value is chosen.
    """

    def render(
        self,
        name: str,
        value: Any,
        attrs: Mapping[str, Any] | None = None,
        renderer: BaseRenderer | None = None,
    ) -> SafeString:
        """Draw the list."""
        chosen = "" if value is None else str(value)
        given = attributes(self.build_attrs(self.attrs, dict(attrs or {})))
        options = "".join(_drawn(self.choices, chosen))
        return SafeString(f'<select name="{escape(name)}"{given}>{options}\n</select>')


def _drawn(choices: Iterable[Any], chosen: str) -> Iterable[str]:
    for value, label in choices:
        if isinstance(label, list | tuple):
            yield f'\n  <optgroup label="{escape(value)}">'
            yield from _drawn(label, chosen)
            yield "\n  </optgroup>"
        else:
            mark = " selected" if str(value) == chosen else ""
            yield f'\n  <option value="{escape(value)}"{mark}>{escape(label)}</option>'
