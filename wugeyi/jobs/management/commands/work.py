"""wugeyi work: do the long work that waits, where no server does it."""

import os
import threading
import time
from argparse import SUPPRESS, ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from wugeyi.jobs import actions
from wugeyi.jobs.models import Work
from wugeyi.jobs.registry import kind_of
from wugeyi.jobs.tasks import perform


class Command(BaseCommand):
    """Do what waits, one after the other, then end."""

    help = "把排队的计算做完。网站开着的时候会自己做，不用运行。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Allow the worker to name one piece of work, and itself."""
        parser.add_argument("--do", type=int, help=SUPPRESS)
        parser.add_argument("--parent", type=int, help=SUPPRESS)

    def handle(self, *args: Any, **options: Any) -> None:
        """Do one piece of work, or all that wait."""
        if options["parent"]:
            _end_with(options["parent"])
        if options["do"]:
            work = Work.objects.filter(
                pk=options["do"], state=Work.State.RUNNING
            ).first()
            if work is None:
                raise CommandError(_("没有这一项计算，或者已经做完了。"))
            perform(work)
            return
        actions.put_back_lost(at=timezone.now())
        while (work := actions.take(at=timezone.now())) is not None:
            kind = kind_of(work)
            self.stdout.write(str(kind.label if kind else work.kind), ending=" … ")
            self.stdout.flush()
            self.stdout.write(perform(work).get_state_display())


def _end_with(parent: int) -> None:
    """End this process when the worker is gone: it would run beside the next one's."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
