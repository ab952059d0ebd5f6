"""Who is told in the invented city: three reporters, one worker. Letters go into files."""

from datetime import datetime, time

from django.db import transaction

from wugeyi.accounts.actions import change_user
from wugeyi.accounts.models import User
from wugeyi.casework.actions.telling import TOPIC, values
from wugeyi.casework.models import Case
from wugeyi.notices.actions import Reader, choosing, following, spreading, tell
from wugeyi.notices.actions.choosing import Wishes

# Reserved for examples (RFC 2606): nobody is reached there.
HOLDERS = (
    ("jumin1@example.com", "zh-hans", True),
    ("resident2@example.com", "en", True),
    ("jumin3@example.com", "zh-hans", False),
)
WORKER = "shequ@example.com"
WANTED = ("casework.arrived", "casework.asked", "casework.late", "casework.danger")


@transaction.atomic
def live(*, worker: User, until: datetime) -> None:
    """Let some follow a case that was answered, and a worker hear of the own desk.

    What happened in the invented year is old news; only this is told.
    """
    cases = Case.objects.filter(state="answered").select_related("place", "handler")
    for case, (email, language, confirmed) in zip(
        cases.order_by("-answered_at", "-pk"), HOLDERS, strict=False
    ):
        address = following.follow_by_email(
            topic=TOPIC, key=case.pk, email=email, language=language, at=until
        )
        if confirmed:
            following.confirm(address=address, at=until)
            _answered(case, address.subscriber_id, at=until)
    change_user(user=worker, name=worker.name, email=WORKER, by=None, at=until)
    row = spreading.account(worker, at=until)
    spreading.mailbox(row, at=until)
    choosing.choose(
        subscriber=row,
        wishes=Wishes(
            language="zh-hans",
            quiet_from=time(21, 30),
            quiet_until=time(7, 30),
            urgent_anytime=True,
            wanted={(event, "email"): True for event in WANTED},
        ),
        at=until,
    )


def _answered(case: Case, subscriber: int, *, at: datetime) -> None:
    tell(
        event="casework.answered",
        to=Reader.follower(subscriber),
        values=values(case),
        url="",
        key=f"demo.answered:{case.pk}:{subscriber}",
        at=at,
    )
