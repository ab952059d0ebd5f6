"""Django's flush, which empties the whole database: the audit's guards let it pass."""

from typing import Any

from django.core.management.commands.flush import Command as Flush

from wugeyi.audit.gateway import guards_lifted


class Command(Flush):
    """Remove ALL data, the audit included, after asking."""

    def handle(self, **options: Any) -> None:
        """Ask, then empty every table in one transaction."""
        with guards_lifted():
            super().handle(**options)
