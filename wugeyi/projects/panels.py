"""Panels that higher apps show on a project's page."""

from wugeyi.projects.models import Project
from wugeyi.ui.panels import Panel, Panels

__all__ = ["Panel", "register", "shown", "unregister"]

_panels = Panels[Project]("project")
register, unregister, shown = _panels.register, _panels.unregister, _panels.shown
