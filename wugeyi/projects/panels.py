"""Panels that higher apps show on a project's page; as ``casework.panels`` does for cases.

A higher app registers a function at start-up (in its ``AppConfig.ready``).
"""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from wugeyi.projects.models import Project


class Panel(NamedTuple):
    """A template and what it needs."""

    template: str
    context: dict[str, Any]


Maker = Callable[[HttpRequest, Project], Panel | None]
_makers: list[Maker] = []


def register(maker: Maker) -> Maker:
    """Show what ``maker`` gives on every project's page; twice shows it once."""
    if maker not in _makers:
        _makers.append(maker)
    return maker


def unregister(maker: Maker) -> None:
    """Take a panel away again."""
    if maker in _makers:
        _makers.remove(maker)


def shown(request: HttpRequest, project: Project) -> list[SafeString]:
    """Return the panels of a project, rendered; those that give None are left out."""
    given = (maker(request, project) for maker in _makers)
    return [
        render_to_string(panel.template, {"project": project, **panel.context}, request)
        for panel in given
        if panel is not None
    ]
