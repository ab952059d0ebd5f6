"""wugeyi restore: back to a backup."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from wugeyi.audit.phrases import explain
from wugeyi.backup import actions
from wugeyi.backup.errors import Stopped
from wugeyi.backup.gateway import TROUBLE
from wugeyi.backup.terminal import bar
from wugeyi.books.forms.breaks import explain as explain_break


class Command(BaseCommand):
    """Checks the whole file, replaces, checks again; keeps what was there aside."""

    # They load every page and take longer than the command itself.
    requires_system_checks = ()
    help = "恢复：先核对整个备份文件，再换上；原来的数据留在一边。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the file and the target."""
        parser.add_argument("file", type=Path, help="wugeyi backup 写的文件")
        parser.add_argument(
            "--into",
            type=Path,
            metavar="FOLDER",
            help="恢复到另一个数据目录（SQLite 的数据库也在里面），不动现在的",
        )
        parser.add_argument(
            "--force", action="store_true", help="目标里已有数据时也换上"
        )

    def handle(
        self, *args: Any, file: Path, into: Path | None, force: bool, **options: Any
    ) -> None:
        """Restore and say what was found."""
        try:
            with bar(_("恢复")) as progress:
                done = actions.restore(
                    path=file,
                    at=timezone.now(),
                    into=into.resolve() if into else None,
                    force=force,
                    progress=progress,
                )
        except Stopped as error:
            raise CommandError(str(error)) from error
        except TROUBLE as error:
            raise CommandError(
                _("恢复没有做成：%(error)s。原来的数据没有变。") % {"error": error}
            ) from error
        self.tell(done)
        if done.audit.finding_count or done.books.break_count:
            sys.exit(1)

    def tell(self, done: actions.Restored) -> None:
        """Write what came back, what is kept, and what is left to do."""
        manifest = done.manifest
        self.stdout.write(
            self.style.SUCCESS(
                _(
                    "恢复好了：%(made)s 的备份，%(rows)d 行，%(files)d 个文件，核对无误。"
                )
                % {
                    "made": manifest.made_at,
                    "rows": sum(manifest.rows.values()),
                    "files": len(manifest.files),
                }
            )
        )
        self.stdout.write(
            _("审计链：已封存 %(sealed)d 条，%(findings)d 处问题。")
            % {"sealed": done.audit.sealed, "findings": done.audit.finding_count}
        )
        for finding in done.audit.findings:
            self.stdout.write(self.style.ERROR(explain(finding)))
        if done.books.books or done.books.break_count:
            self.stdout.write(
                _(
                    "村账：核验了 %(books)d 套账 %(vouchers)d 张凭证，%(breaks)d 处问题。"
                )
                % {
                    "books": done.books.books,
                    "vouchers": done.books.vouchers,
                    "breaks": done.books.break_count,
                }
            )
        for each in done.books.breaks[:1]:
            self.stdout.write(self.style.ERROR(explain_break(each)))
        for place in done.kept:
            self.stdout.write(
                _("原来的数据留在 %(place)s，确认无误后请自行删除。") % {"place": place}
            )
        if manifest.missing:
            self.stdout.write(
                _("备份时就缺 %(count)d 个照片文件。")
                % {"count": len(manifest.missing)}
            )
        if done.steps:
            self.stdout.write(
                _("备份来自较早的版本，请运行 wugeyi migrate（还差 %(count)d 步）。")
                % {"count": done.steps}
            )
        if not done.same_key:
            self.stdout.write(
                self.style.WARNING(
                    _(
                        "现在的 WUGEYI_SECRET_KEY 与备份时不同："
                        "登录要重新做，原来发出的凭证也会失效。请换回原来的密钥。"
                    )
                )
            )
