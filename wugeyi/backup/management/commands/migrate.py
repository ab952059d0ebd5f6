"""Django's migrate; afterwards the application's role may use what is new."""

from typing import Any

from django.core.management.base import CommandError
from django.core.management.commands.migrate import Command as Migrate

from wugeyi.backup.errors import Stopped
from wugeyi.backup.gateway import rights
from wugeyi.backup.migrating import adding


class Command(Migrate):
    """Create or upgrade the tables, as their owner where that is another role."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate, then grant."""
        with adding():
            super().handle(*args, **options)
        role = rights.application_role()
        if not role:
            return
        try:
            rights.grant(role)
        except Stopped as error:
            raise CommandError(str(error)) from error
