"""Panels that higher apps show on a lower app's page: the one inversion of the layers.

The lower app keeps a ``Panels`` for its page; a higher app registers a function with it
at start-up (in its ``AppConfig.ready``), and is called without being known.
"""

from collections.abc import Callable
from typing import Any, Generic, NamedTuple, TypeVar

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

Row = TypeVar("Row")


class Panel(NamedTuple):
    """A template and what it needs."""

    template: str
    context: dict[str, Any]


class Panels(Generic[Row]):
    """What is shown on the page of one kind of row, in the order of registering.

    Parameters
    ----------
    name
        What templates call the row.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self._makers: list[Callable[[HttpRequest, Row], Panel | None]] = []

    def register(
        self, maker: Callable[[HttpRequest, Row], Panel | None]
    ) -> Callable[[HttpRequest, Row], Panel | None]:
        """Show what ``maker`` gives on every such page; twice shows it once."""
        if maker not in self._makers:
            self._makers.append(maker)
        return maker

    def unregister(self, maker: Callable[[HttpRequest, Row], Panel | None]) -> None:
        """Take a panel away again."""
        if maker in self._makers:
            self._makers.remove(maker)

    def shown(self, request: HttpRequest, row: Row) -> list[SafeString]:
        """Return the panels of a row, rendered; those that give None are left out."""
        given = (maker(request, row) for maker in self._makers)
        return [
            render_to_string(panel.template, {self.name: row, **panel.context}, request)
            for panel in given
            if panel is not None
        ]
