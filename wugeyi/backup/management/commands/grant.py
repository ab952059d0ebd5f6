"""wugeyi grant: what the application's role may do on PostgreSQL."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from wugeyi.backup.errors import Stopped
from wugeyi.backup.gateway import TROUBLE, rights


class Command(BaseCommand):
    """Gives every right the application needs, and none by which guards go."""

    help = "授权：让网页用的数据库角色只有它需要的权利（PostgreSQL）。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the role."""
        parser.add_argument(
            "role", nargs="?", help="角色；不写则是 WUGEYI_DATABASE_URL 里的用户"
        )

    def handle(self, *args: Any, role: str | None, **options: Any) -> None:
        """Grant, and show every statement."""
        name = role or rights.application_role()
        if not name:
            raise CommandError(
                _("请写出角色，或者设置 WUGEYI_OWNER_URL（见 docs/install.md）。")
            )
        try:
            done = rights.grant(name)
        except Stopped as error:
            raise CommandError(str(error)) from error
        except TROUBLE as error:
            raise CommandError(_("授权没有做成：%s") % error) from error
        for statement in done:
            self.stdout.write(f"{statement};")
