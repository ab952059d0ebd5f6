"""How a form's field is drawn: which layout, and its widget with the right attributes."""

from django.forms import BoundField, widgets
from django.utils.safestring import SafeString

CONTROLS = (
    widgets.Input,
    widgets.Textarea,
    widgets.Select,
)
GROUPS = (widgets.RadioSelect, widgets.CheckboxSelectMultiple)


def kind(bound: BoundField) -> str:
    """Name the layout: hidden, check, group, file, parts or line."""
    widget_ = bound.field.widget
    if widget_.is_hidden:
        return "hidden"
    if isinstance(widget_, widgets.CheckboxInput):
        return "check"
    if isinstance(widget_, GROUPS):
        return "group"
    if isinstance(widget_, widgets.FileInput):
        return "photo" if is_image(widget_) else "file"
    return "parts" if isinstance(widget_, widgets.MultiWidget) else "line"


def is_image(widget_: widgets.Widget) -> bool:
    """Tell whether a file field asks for photographs only."""
    return str(widget_.attrs.get("accept", "")).startswith("image/")


def widget(bound: BoundField) -> SafeString | str:
    """Render the control, with our class where it is one line or one box.

    Django itself links help and errors (aria-describedby, aria-invalid).
    """
    layout = kind(bound)
    if layout == "group":
        return ""
    attrs: dict[str, str | bool] = {}
    if layout in {"line", "parts"}:
        own = str(bound.field.widget.attrs.get("class", ""))
        attrs["class"] = f"control {own}".strip()
    return bound.as_widget(attrs=attrs)
