"""Publishing the head of the chain: to the database, a page and a file.

A head proves something only to whoever kept it where this machine's owner cannot
reach: a newspaper, a superior's office, a mailbox. Publishing leaves no event.
"""

import os
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction

from wugeyi.audit import rules
from wugeyi.audit.models import AuditHead, AuditSeal


def heads_file() -> Path:
    """Return the file of published heads in the data folder."""
    return Path(settings.DATA_DIR) / "heads" / "heads.txt"


@transaction.atomic
def publish_head(*, at: datetime) -> AuditHead | None:
    """Publish the chain's present head; None when nothing is sealed yet.

    A head published before is returned as it is: nothing new happened since.
    """
    last = AuditSeal.objects.order_by("-position").first()
    if last is None:
        return None
    head, _ = AuditHead.objects.get_or_create(
        position=last.position,
        defaults={"digest": last.digest, "published_at": at},
    )
    transaction.on_commit(write_heads_file)
    return head


def write_heads_file() -> None:
    """Append the heads the file does not have yet; what stands in it is never touched.

    Each line: position, digest, time in UTC.
    """
    path = heads_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+", encoding="ascii") as file:
        file.seek(0)
        known = {line.split()[0] for line in file if line.strip()}
        for head in AuditHead.objects.order_by("position").iterator():
            if str(head.position) not in known:
                when = rules.moment(head.published_at)
                file.write(f"{head.position} {head.digest} {when}\n")
        file.flush()
        os.fsync(file.fileno())
