"""``wugeyi register import FILE… | load-guiyang``: fill the register."""

import resource
import sys
import time
from argparse import ArgumentParser
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeElapsedColumn

from wugeyi.imports.messages import explain
from wugeyi.imports.models import Batch, BatchFinding
from wugeyi.organisations.actions.guiyang import load_guiyang
from wugeyi.organisations.actions.register import (
    File,
    accept_register,
    plan_for,
    preview_register,
    read_files,
)
from wugeyi.organisations.actions.tree import lock_tree
from wugeyi.organisations.messages import SENTENCES
from wugeyi.organisations.models import Organisation, RegisterEdition
from wugeyi.organisations.rules.register import Plan

SHOWN = 20
"""Findings printed of each severity; the rest stand on the batch's page."""


class Command(BaseCommand):
    """Reads register files from disk, whatever their size."""

    help = "导入组织名册（CSV、CSV.GZ、XLSX），或载入随软件提供的贵阳市名册"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the two doors."""
        doors = parser.add_subparsers(dest="door", required=True)
        given = doors.add_parser(
            "import", help="导入一个或几个文件，上级在前在后都可以"
        )
        given.add_argument("files", nargs="+", type=Path, metavar="FILE")
        given.add_argument("--accept", action="store_true", help="检查后直接导入")
        given.add_argument("--source", default="", help="来源，记在每个单位上")
        given.add_argument("--on", type=date.fromisoformat, help="生效日期 YYYY-MM-DD")
        given.add_argument("--root", default="", help="只导入这个代码以下的单位")
        given.add_argument(
            "--complete",
            action="store_true",
            help="这是完整名册：名册里没有的单位视为已撤销",
        )
        given.add_argument("--skip-errors", action="store_true", help="跳过有错的行")
        doors.add_parser(
            "load-guiyang", help="载入贵阳市名册（10 县、146 乡镇、1629 村居）"
        )

    def handle(self, **options: Any) -> None:
        """Run one door; problems are sentences, not tracebacks."""
        started = time.perf_counter()
        try:
            if options["door"] == "load-guiyang":
                edition = load_guiyang(by=None, at=timezone.now())
                self._report(edition)
            else:
                self._import(options)
        except ValidationError as problem:
            raise CommandError(" ".join(problem.messages)) from problem
        except OSError as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(
            _(
                "用时 %(seconds).1f 秒（处理器 %(cpu).1f 秒），内存最高 %(megabytes)d MB。"
            )
            % {
                "seconds": time.perf_counter() - started,
                "cpu": time.process_time(),
                "megabytes": peak_megabytes(),
            }
        )

    @transaction.atomic
    def _import(self, options: dict[str, Any]) -> None:
        lock_tree()
        root = self._root(options["root"])
        files = [File(path.name, path.read_bytes()) for path in options["files"]]
        reading = read_files(files)
        plan = plan_for(reading, root, complete=options["complete"])
        batch = preview_register(
            files=[File(file.name, b"") for file in files],
            source=options["source"],
            on=options["on"],
            complete=options["complete"],
            root=root,
            by=None,
            at=timezone.now(),
            keep=False,
            reading=reading,
            plan=plan,
        )
        self._show(batch)
        if options["accept"]:
            edition = self._accept(batch, plan, skip=options["skip_errors"])
            self._report(edition)
        else:
            self._report(batch.register_edition)
            self.stdout.write(_("还没有写入。加上 --accept 才会导入。"))

    def _root(self, code: str) -> Organisation | None:
        if not code:
            return None
        root = Organisation.objects.filter(code=code, valid_to=None).first()
        if root is None:
            raise CommandError(_("名册里没有代码 %(code)s。") % {"code": code})
        return root

    def _accept(self, batch: Batch, plan: Plan, *, skip: bool) -> RegisterEdition:
        console = Console(stderr=True)
        columns = (BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        with Progress(*columns, console=console) as bar:
            # Every unit is written twice: itself, and where it stands.
            task = bar.add_task("", total=2 * batch.register_edition.added)
            return accept_register(
                batch=batch,
                by=None,
                at=timezone.now(),
                skip_errors=skip,
                plan=plan,
                progress=lambda done: bar.advance(task, done),
            )

    def _show(self, batch: Batch) -> None:
        for severity in ("error", "warning", "info"):
            found = batch.findings.filter(severity=severity)
            self._print(found.order_by("id")[:SHOWN])
            rest = found.count() - SHOWN
            if rest > 0:
                self.stdout.write(_("……还有 %(rest)d 条。") % {"rest": rest})

    def _print(self, findings: Iterable[BatchFinding]) -> None:
        for finding in findings:
            said, advice = explain(finding, SENTENCES)
            where = (
                _("第 %(line)d 行：") % {"line": finding.line} if finding.line else ""
            )
            self.stdout.write(
                f"[{finding.get_severity_display()}] {where}{said}{advice}"
            )

    def _report(self, edition: RegisterEdition) -> None:
        self.stdout.write(
            _(
                "新增 %(added)d，改名 %(renamed)d，移动 %(moved)d，改类型 %(retyped)d，"
                "合并 %(merged)d，撤销 %(abolished)d，不变 %(unchanged)d，错误 %(errors)d。"
            )
            % {
                name: getattr(edition, name)
                for name in (
                    "added",
                    "renamed",
                    "moved",
                    "retyped",
                    "merged",
                    "abolished",
                    "unchanged",
                    "errors",
                )
            }
        )


def peak_megabytes() -> float:
    """Return the most memory this process has held so far."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)
