"""Form controls without templates where one is drawn often: the same HTML, sooner.

Django draws every choice of a list by a template of its own. A page of the desk has a
hundred choices, which took a quarter of its time.
"""

import html
from collections.abc import Iterable, Mapping
from typing import Any

from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest
from django.utils.safestring import SafeString

FOLDER = "django/forms/widgets/"
INPUTS = frozenset(
    f"{FOLDER}{name}.html"
    for name in ("input", "text", "hidden", "number", "email", "url", "checkbox")
)
LISTS = frozenset({f"{FOLDER}select.html"})
OPTION = f"{FOLDER}select_option.html"


class Renderer(DjangoTemplates):
    """Django's own renderer, with a short way for inputs and lists."""

    def render(
        self,
        template_name: str,
        context: dict[str, Any],
        request: HttpRequest | None = None,
    ) -> SafeString:
        """Draw a control or a form."""
        if template_name in INPUTS:
            return SafeString(_input(context["widget"]))
        if template_name in LISTS and _plain(context["widget"]):
            return SafeString(_list(context["widget"]))
        return SafeString(super().render(template_name, context, request))


def escape(value: Any) -> str:
    """Escape what is not marked safe, as templates do: 600 times a page of the desk."""
    text = value if isinstance(value, str) else str(value)
    return text if hasattr(text, "__html__") else html.escape(text)


def _plain(widget: Mapping[str, Any]) -> bool:
    """Tell whether no option has a template of somebody's own."""
    return all(
        option["template_name"] == OPTION
        for _name, options, _index in widget["optgroups"]
        for option in options
    )


def attributes(given: Mapping[str, Any]) -> str:
    """Draw attributes: True stands alone, False is left out."""
    return "".join(
        f" {escape(name)}" if value is True else f' {escape(name)}="{escape(value)}"'
        for name, value in given.items()
        if value is not False
    )


def _input(widget: Mapping[str, Any]) -> str:
    value = widget["value"]
    given = "" if value is None else f' value="{escape(value)}"'
    return (
        f'<input type="{escape(widget["type"])}" name="{escape(widget["name"])}"'
        f"{given}{attributes(widget['attrs'])}>"
    )


def _list(widget: Mapping[str, Any]) -> str:
    groups = "".join(_group(name, found) for name, found, _ in widget["optgroups"])
    return (
        f'<select name="{escape(widget["name"])}"{attributes(widget["attrs"])}>'
        f"{groups}\n</select>"
    )


def _group(name: str | None, options: Iterable[Mapping[str, Any]]) -> str:
    drawn = "".join(
        f'\n  <option value="{escape(option["value"])}"'
        f"{attributes(option['attrs'])}>{escape(option['label'])}</option>"
        for option in options
    )
    if not name:
        return drawn
    return f'\n  <optgroup label="{escape(name)}">{drawn}\n  </optgroup>'
