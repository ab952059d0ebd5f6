"""wugeyi tick: everything that happens by the clock; run it every few minutes."""

import sys
import traceback
from argparse import ArgumentParser
from datetime import datetime, timedelta
from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from wugeyi.accounts import throttle
from wugeyi.jobs.registry import ALWAYS, DAILY, Task

DAY = timedelta(days=1)


class Command(BaseCommand):
    """Run each task by itself: one that fails does not stop the others."""

    help = "按时要做的事：封存审计、超期上报、到期删除、清理计数。每几分钟运行一次。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Allow the tasks of the day at any time."""
        parser.add_argument("--all", action="store_true", help="连每天一次的事也现在做")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run what is due, say how much was done, and fail at the end if one failed."""
        now = timezone.now()
        failed = []
        said = []
        for name, task in self._due(now, every=bool(options["all"])).items():
            try:
                said.append(f"{name} {task(now)}")
            except Exception:  # one failing task must not stop the others
                # A broken connection must not reach the next one.
                if not connection.in_atomic_block:
                    connection.close()
                throttle.forget(_key(name))
                failed.append(name)
                self.stderr.write(traceback.format_exc())
        self.stdout.write(" · ".join(said))
        if failed:
            self.stderr.write(_("没有做完：%(names)s") % {"names": "、".join(failed)})
            sys.exit(1)

    def _due(self, now: datetime, *, every: bool) -> dict[str, Task]:
        daily = {
            name: task
            for name, task in DAILY.items()
            if every or throttle.allow(_key(name), limit=1, per=DAY, at=now)
        }
        return ALWAYS | daily


def _key(name: str) -> str:
    return f"tick:{name}"
