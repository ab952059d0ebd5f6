"""Writes of long work: asked for, taken, told, ended."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F

from wugeyi.accounts.models import User
from wugeyi.audit.actions import record
from wugeyi.jobs.models import Work

# What has not been heard of for so long has died with its process.
LOST_AFTER = timedelta(seconds=30)
MOST_ATTEMPTS = 2
State = Work.State


def ask(
    *,
    kind: str,
    subject: str | int,
    organisation_id: int | None = None,
    by: User | None,
    at: datetime,
) -> Work:
    """Ask for long work; asking while it waits or runs gives the same piece of work.

    Call it in the transaction that writes the row ``subject`` names, so that neither
    stands without the other.
    """
    found = _unfinished(kind, str(subject))
    if found is not None:
        return found
    try:
        with transaction.atomic():
            row = Work.objects.create(
                kind=kind,
                subject=str(subject),
                organisation_id=organisation_id,
                asked_by=by,
                asked_at=at,
            )
            record(
                action="jobs.ask",
                subject=row,
                by=by,
                at=at,
                organisation_id=organisation_id,
                after={"kind": kind, "subject": row.subject},
            )
            return row
    except IntegrityError:
        # Somebody else asked at this very moment.
        found = _unfinished(kind, str(subject))
        if found is None:
            raise
        return found


def _unfinished(kind: str, subject: str) -> Work | None:
    return Work.objects.filter(
        kind=kind, subject=subject, state__in=[State.QUEUED, State.RUNNING]
    ).first()


@transaction.atomic
def cancel(*, work: Work, by: User | None, at: datetime) -> bool:
    """Stop a piece of work: at once if it waits, soon if it runs; False if it ended."""
    row = Work.objects.select_for_update(of=("self",)).get(pk=work.pk)
    if not row.unfinished:
        return False
    before = row.state
    row.cancel_asked = True
    if row.state == State.QUEUED:
        row.state, row.ended_at = State.CANCELLED, at
    row.save(update_fields=["cancel_asked", "state", "ended_at"])
    record(
        action="jobs.cancel",
        subject=row,
        by=by,
        at=at,
        organisation_id=row.organisation_id,
        before={"state": before},
        after={"state": row.state},
    )
    return True


def take(*, at: datetime) -> Work | None:
    """Take the oldest waiting piece of work; two workers never take the same.

    Taking and the signs of life after it are no acts: nobody decided anything.
    """
    for work in Work.objects.filter(state=State.QUEUED).order_by("pk")[:5]:
        if take_this(work=work, at=at):
            return work
    return None


def take_this(*, work: Work, at: datetime) -> bool:
    """Take one piece of work if it still waits; False: somebody was quicker."""
    won = Work.objects.filter(pk=work.pk, state=State.QUEUED).update(
        state=State.RUNNING,
        attempts=F("attempts") + 1,
        started_at=at,
        heartbeat_at=at,
    )
    work.refresh_from_db()
    return bool(won)


def beat(*, work: Work, at: datetime) -> bool:
    """Say that its process lives; False when somebody wants it stopped."""
    Work.objects.filter(pk=work.pk, state=State.RUNNING).update(heartbeat_at=at)
    return not Work.objects.filter(pk=work.pk, cancel_asked=True).exists()


def tell(
    *, work: Work, done: int, of: int, message: str, value: str, at: datetime
) -> bool:
    """Write how far it is; False when somebody wants it stopped."""
    Work.objects.filter(pk=work.pk, state=State.RUNNING).update(
        done_parts=max(0, min(done, of) if of else done),
        all_parts=max(0, of),
        message=message[:40],
        value=value[:200],
        heartbeat_at=at,
    )
    return not Work.objects.filter(pk=work.pk, cancel_asked=True).exists()


@transaction.atomic
def end(
    *, work: Work, state: str, message: str = "", value: str = "", at: datetime
) -> bool:
    """Write how it ended; False if that stands already."""
    row = Work.objects.select_for_update(of=("self",)).get(pk=work.pk)
    if not row.unfinished:
        return False
    row.state, row.ended_at = state, at
    row.message, row.value = message[:40], value[:200]
    if state == State.DONE:
        row.done_parts = row.all_parts
    row.save()
    record(
        action="jobs.end",
        subject=row,
        by=None,
        at=at,
        organisation_id=row.organisation_id,
        after={"state": state, "message": message, "attempts": row.attempts},
    )
    return True


def put_back(*, work: Work, at: datetime, counted: bool = True) -> None:
    """Let work whose process is gone be begun again, once; then say that it failed.

    ``counted=False``: the server was stopped on purpose, which is no attempt.
    """
    row = Work.objects.get(pk=work.pk)
    if row.state != State.RUNNING:
        return
    if row.cancel_asked:
        end(work=row, state=State.CANCELLED, at=at)
    elif counted and row.attempts >= MOST_ATTEMPTS:
        end(work=row, state=State.FAILED, message="lost", at=at)
    else:
        Work.objects.filter(pk=row.pk, state=State.RUNNING).update(
            state=State.QUEUED,
            attempts=row.attempts if counted else F("attempts") - 1,
            heartbeat_at=None,
        )


def put_back_lost(*, at: datetime) -> int:
    """Put back every piece of work that has not been heard of for long; how many."""
    lost = list(
        Work.objects.filter(state=State.RUNNING, heartbeat_at__lt=at - LOST_AFTER)[:20]
    )
    for work in lost:
        put_back(work=work, at=at)
    return len(lost)
