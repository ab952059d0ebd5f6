"""wugeyi erase: delete what is past its keep-until date."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from wugeyi.casework.actions import erasing


class Command(BaseCommand):
    """Erase reporters and words whose time is over; stop and repeat it at will."""

    help = "删除过了保存期限的姓名、电话、原文、位置和照片。可以随时停下，再运行一次会接着做。"

    def handle(self, *args: Any, **options: Any) -> None:
        """Erase in batches, each case an act of its own."""
        now = timezone.now()
        today = timezone.localdate(now)
        reporters = erasing.erase_reporters(today=today, at=now)
        words = erasing.erase_words(today=today, at=now)
        self.stdout.write(
            _("删除了 %(reporters)s 位诉求人的联系方式、%(words)s 件诉求的内容。")
            % {"reporters": reporters, "words": words}
        )
