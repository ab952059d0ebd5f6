"""Where data came from, in one line."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from wugeyi.organisations.queries import installation


def provenance(base: str, *, at: datetime) -> str:
    """Say whose data it is, from where, when it was taken, and whether it is invented."""
    found = installation()
    line = _("%(name)s · %(site)s · 取于 %(at)s") % {
        "name": found.name if found is not None else "",
        "site": base,
        "at": timezone.localtime(at).isoformat(timespec="minutes"),
    }
    if found is not None and found.demo:
        line = _("演示数据(虚构)") + " · " + line
    return line
