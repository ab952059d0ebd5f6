"""wugeyi sweep_uploads: forget pictures nothing refers to."""

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from wugeyi.uploads import actions


class Command(BaseCommand):
    """Run it daily by a timer; running it twice does no harm."""

    help = "清掉没有任何记录用到的照片（没填完的表单留下的）。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare how long a picture may wait for its record."""
        parser.add_argument(
            "--hours", type=int, default=24, help="至少放了多少小时（默认 24）"
        )

    def handle(self, *args: Any, hours: int, **options: Any) -> None:
        """Sweep and say how many."""
        now = timezone.now()
        count = actions.sweep(before=now - timedelta(hours=hours), at=now)
        self.stdout.write(_("清掉了 %(count)d 张。") % {"count": count})
