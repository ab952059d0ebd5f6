"""wugeyi backup: everything in one file, while people work."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext as _

from wugeyi.backup import actions
from wugeyi.backup.errors import Stopped
from wugeyi.backup.gateway import TROUBLE
from wugeyi.backup.terminal import bar


class Command(BaseCommand):
    """Writes the database, the uploads and the published heads into one tar file."""

    # They load every page and take longer than the command itself.
    requires_system_checks = ()
    help = "备份：数据库、照片和审计链头写进一个文件，不用停服务。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the file."""
        parser.add_argument(
            "file",
            nargs="?",
            type=Path,
            help="写到哪个文件；不写则放在数据目录的 backups 里，按时间命名",
        )

    def handle(self, *args: Any, file: Path | None, **options: Any) -> None:
        """Make a backup and say what is in it."""
        now = timezone.now()
        name = f"wugeyi-{timezone.localtime(now):%Y%m%d-%H%M%S}.tar"
        path = file or Path(settings.DATA_DIR) / "backups" / name
        try:
            with bar(_("备份")) as progress:
                manifest = actions.make(path=path, at=now, progress=progress)
        except Stopped as error:
            raise CommandError(str(error)) from error
        except TROUBLE as error:
            raise CommandError(
                _("备份没有写成：%(error)s。没有留下不完整的文件。") % {"error": error}
            ) from error
        self.stdout.write(
            _("备份好了：%(file)s（%(size)s，%(rows)d 行，%(files)d 个文件）。")
            % {
                "file": path,
                "size": filesizeformat(path.stat().st_size),
                "rows": sum(manifest.rows.values()),
                "files": len(manifest.files),
            }
        )
        if manifest.missing:
            self.stderr.write(
                _("有 %(count)d 个照片文件不在了，清单里已注明，例如 %(name)s。")
                % {"count": len(manifest.missing), "name": manifest.missing[0]}
            )
        self.stdout.write(
            _(
                "里面有全部个人信息，只有您能读；WUGEYI_SECRET_KEY 不在里面，请另外保管。"
            )
        )
