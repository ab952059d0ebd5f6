"""Panels that higher apps show on a case's page."""

from wugeyi.casework.models import Case
from wugeyi.ui.panels import Panel, Panels

__all__ = ["Panel", "register", "shown", "unregister"]

_panels = Panels[Case]("case")
register, unregister, shown = _panels.register, _panels.unregister, _panels.shown
