"""What is past its use is deleted; called by ``tick``."""

from datetime import datetime, timedelta

from django.contrib.sessions.models import Session
from django.db import transaction
from django_otp.plugins.otp_totp.models import TOTPDevice

from wugeyi.accounts import throttle

UNCONFIRMED_FOR = timedelta(days=1)


@transaction.atomic
def purge(*, at: datetime) -> int:
    """Delete ended rate windows and sessions and codes never confirmed; return how many.

    Nothing of this is a record of an act, so nothing is written to the audit.
    """
    sessions, _by_model = Session.objects.filter(expire_date__lt=at).delete()
    devices, _by_model = TOTPDevice.objects.filter(
        confirmed=False, created_at__lt=at - UNCONFIRMED_FOR
    ).delete()
    total: int = throttle.purge(at=at) + sessions + devices
    return total
