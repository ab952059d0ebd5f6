"""wugeyi audit: seal, publish, verify, rebase."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from wugeyi.audit import actions, queries, rules
from wugeyi.audit.actions.heads import heads_file
from wugeyi.audit.models import AuditSeal
from wugeyi.audit.phrases import explain
from wugeyi.ui.terminal import bar

INTERRUPTED = 130


class Command(BaseCommand):
    """One door for everything about the audit chain."""

    # They load every page and take longer than the command itself.
    requires_system_checks = ()
    help = "审计链：seal 封存，publish 公布链头，verify 核验，rebase 恢复备份后接续。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the four subcommands."""
        doors = parser.add_subparsers(dest="door", required=True)
        doors.add_parser("seal", help="封存还没封存的事件")
        doors.add_parser("publish", help="先封存，再公布链头")
        doors.add_parser("rebase", help="用别的工具恢复过数据库之后，接续审计链")
        verify = doors.add_parser("verify", help="核验整条链；发现问题时退出码为 1")
        verify.add_argument(
            "--head",
            action="append",
            default=[],
            metavar="POSITION:DIGEST",
            help="您另外保存的链头，可以写多个",
        )
        verify.add_argument(
            "--heads-file",
            action="append",
            default=[],
            type=Path,
            metavar="FILE",
            help="您另外保存的链头文件，可以写多个",
        )
        verify.add_argument("--json", action="store_true", help="输出 JSON")

    def handle(self, *args: Any, door: str, **options: Any) -> None:
        """Run one subcommand; Ctrl-C stops between batches and loses nothing."""
        try:
            getattr(self, door)(**options)
        except KeyboardInterrupt:
            self.stderr.write(_("已停下。做完的部分已保存，再运行一次会接着做。"))
            sys.exit(INTERRUPTED)

    def seal(self, **options: Any) -> None:
        """Seal what waits."""
        with bar(_("封存"), queries.unsealed_count()) as progress:
            count = actions.seal(progress=progress)
        self.stdout.write(_("封存了 %(count)d 条事件。") % {"count": count})

    def publish(self, **options: Any) -> None:
        """Seal, then publish the head."""
        self.seal()
        head = actions.publish_head(at=timezone.now())
        if head is None:
            self.stdout.write(_("还没有任何事件，没有链头可公布。"))
            return
        self.stdout.write(_("链头：%(head)s") % {"head": head})
        self.stdout.write(
            _("请把这一行存到本机以外的地方（上级单位、邮箱、公告栏）。文件：%(file)s")
            % {"file": heads_file()}
        )

    def rebase(self, **options: Any) -> None:
        """Go on with the chain after a restore by other tools."""
        count = actions.rebase()
        self.stdout.write(
            _("审计链已接续，补封了 %(count)d 条事件。") % {"count": count}
        )

    def verify(self, **options: Any) -> None:
        """Verify, say what was found, exit 1 if anything was."""
        heads = list(self.given_heads(options["head"], options["heads_file"]))
        total = AuditSeal.objects.count()
        with bar(_("核验"), total) as progress:
            report = queries.verify(heads=heads, progress=progress)
        if options["json"]:
            self.stdout.write(json.dumps(as_json(report), ensure_ascii=False, indent=2))
        else:
            self.tell(report)
        if report.finding_count:
            sys.exit(1)

    def given_heads(self, texts: list[str], files: list[Path]) -> Iterator[rules.Head]:
        """Read the heads given as arguments and files, and the data folder's file."""
        for text in texts:
            try:
                yield rules.parse_head(text)
            except ValueError as error:
                raise CommandError(
                    _("链头要写成“位置：摘要”，例如 1200:ab12…（64 位）：%(text)s")
                    % {"text": text}
                ) from error
        own = heads_file()
        for path in [*files, *([own] if own.exists() else [])]:
            try:
                yield from rules.read_heads(
                    path.read_text(encoding="utf-8-sig").splitlines()
                )
            except (OSError, ValueError) as error:
                raise CommandError(
                    _("链头文件 %(file)s 读不了：%(error)s")
                    % {"file": path, "error": error}
                ) from error

    def tell(self, report: queries.Report) -> None:
        """Write the report for people."""
        self.stdout.write(
            _("已封存 %(sealed)d 条，链头 %(head)s；对照了 %(heads)d 个公布过的链头。")
            % {"sealed": report.sealed, "head": report.head, "heads": report.heads}
        )
        self.stdout.write(
            _("还没封存 %(count)d 条（这些还不受保护）。") % {"count": report.unsealed}
        )
        for finding in report.findings:
            self.stdout.write(self.style.ERROR(explain(finding)))
        if report.finding_count > len(report.findings):
            self.stdout.write(
                _("……一共 %(count)d 处问题。") % {"count": report.finding_count}
            )
        if report.finding_count:
            self.stdout.write(
                _("请保留现在的数据库文件作为证据，再从备份恢复另一份来比对。")
            )
        else:
            self.stdout.write(self.style.SUCCESS(_("没有发现改动或缺失。")))


def as_json(report: queries.Report) -> dict[str, object]:
    """Return the report as plain data; names are stable."""
    return {
        "ok": not report.finding_count,
        "sealed": report.sealed,
        "unsealed": report.unsealed,
        "head": str(report.head),
        "heads_compared": report.heads,
        "finding_count": report.finding_count,
        "findings": [
            {
                "kind": finding.kind.value,
                "position": finding.position,
                "last_position": finding.last_position,
                "event_id": finding.event_id,
                "expected": finding.expected,
                "found": finding.found,
                "text": explain(finding),
            }
            for finding in report.findings
        ],
    }
