"""Panels that higher apps show on a decision's page."""

from wugeyi.branchwork.models import Decision
from wugeyi.ui.panels import Panel, Panels

__all__ = ["Panel", "register", "shown", "unregister"]

_panels = Panels[Decision]("decision")
register, unregister, shown = _panels.register, _panels.unregister, _panels.shown
